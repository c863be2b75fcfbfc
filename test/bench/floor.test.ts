/** The floor of the bench checks the contract that the generated checks do: no less, no more. */
import { expect, test } from "vitest";
import { BATTERY, TRAPPED } from "../../bench/battery.js";
import type { Checker } from "../../bench/floor.js";
import { isWskSend, isWskSendEx, isWskSendTo, isWSPSend } from "../../bench/floor.js";
import type { CallName } from "../../bench/scenarios.js";
import * as generated from "../../generated/index.js";

const PAIRS: Readonly<Record<CallName, readonly [ours: Checker, floor: Checker]>> = {
  WSPSend: [generated.isWSPSendArgs, isWSPSend],
  WskSend: [generated.isWskSendArgs, isWskSend],
  WskSendTo: [generated.isWskSendToArgs, isWskSendTo],
  WskSendEx: [generated.isWskSendExArgs, isWskSendEx],
};

test.each([...BATTERY, ...TRAPPED])("$name", ({ call, args, valid }) => {
  const [ours, floor] = PAIRS[call];
  expect({ ours: ours(args), floor: floor(args) }).toEqual({ ours: valid, floor: valid });
});
