/** A watch takes events as a tracer has them: with and without objects, codes of either sign. */
import { expect, test } from "vitest";
import type { Happened } from "../../support/index.js";
import {
  checkWskSendOperation,
  STATUS_PENDING,
  STATUS_SUCCESS,
  watchWskSend,
} from "../../generated/index.js";
import { baseArgs, schema } from "../vectors.js";

const wskSend = schema.calls.find(({ name }) => name === "WskSend");
const pending: Happened = { happening: "return", code: STATUS_PENDING };
const freed: Happened = { happening: "free", object: "Buffer.Mdl" };

/** The rules that some events break, what is owed at the end included. */
function broken(...events: readonly Happened[]): string[] {
  const watch = watchWskSend();
  const issues = [...events.flatMap((event) => watch.see(event)), ...watch.end()];
  return [...new Set(issues.map((issue) => issue.rule))];
}

test("a completion ends what lasts until it, whichever object it names", () => {
  for (const object of [{}, { object: "Irp" }, { object: "Socket" }]) {
    expect(broken(pending, { happening: "completion", ...object }, freed)).toEqual([]);
  }
  expect(broken(pending, freed, { happening: "completion" })).toEqual(["WskSend/mdl-stays-locked"]);
});

test("the first call is the watched one, a second one with the same IRP is not", () => {
  const completion: Happened = { happening: "completion" };
  const call: Happened = { happening: "call", object: "Irp" };
  expect(broken(call, pending, completion)).toEqual([]);
  expect(broken(call, pending, call, completion).length).toBeGreaterThan(0);
});

test("a code is the same whether its 32 bits are read signed or unsigned", () => {
  const failed = 0xc000_0001;
  const completion: Happened = { happening: "completion" };
  expect(broken({ happening: "return", code: failed }, completion)).toEqual(
    broken({ happening: "return", code: failed | 0 }, completion),
  );
});

test("a fact of the wrong kind is an issue, and not a wrong verdict", () => {
  const args = wskSend && baseArgs(wskSend);
  const of = (facts: object): string[] =>
    checkWskSendOperation(args, facts).map((issue) => `${issue.rule} ${issue.expected}`);
  const success = { returned: STATUS_SUCCESS };
  const code = "a signed number of 32 bits, as C reads a code (here perhaps -1073741823),";
  expect(of({ ...success, "completion.status": 0xc000_0001 })).toContain(
    `WskSend/facts ${code} for the fact completion.status`,
  );
  expect(of({ "irp.passed-down": 1 })).toContain(
    "WskSend/facts true or false for the fact irp.passed-down",
  );
  expect(of({ returned: true })).toContain("WskSend/facts a whole number for the fact returned");
});
