/** A watch takes events as a tracer has them: with and without objects, codes of either sign. */
import { expect, test } from "vitest";
import { FACT_NAMES } from "../../generated/facts.js";
import { HAPPENINGS as OF_SCHEMA } from "../../schema/vocabulary.js";
import type { Happened } from "../../support/index.js";
import { HAPPENINGS } from "../../support/index.js";
import {
  checkWskSend,
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

test("a fact that is misspelt is an issue, with the name that is near", () => {
  const args = wskSend && baseArgs(wskSend);
  const of = (facts: object): string[] => checkWskSend(args, facts).map(({ message }) => message);
  expect(of({ "socket.conected": true })).toEqual([
    'WskSend: expected the name of a fact (perhaps socket.connected), received "socket.conected" [WskSend/facts]',
  ]);
  expect(of({ toString: undefined, quite: 1 })).toEqual([
    'WskSend: expected the name of a fact, received "toString" [WskSend/facts]',
    'WskSend: expected the name of a fact, received "quite" [WskSend/facts]',
  ]);
  expect(of({ "socket.connected": true, "socket.conected": false })).toHaveLength(1);
  const misspelt: object = { return: 0 };
  expect(checkWskSendOperation(args, misspelt).map(({ message }) => message)).toEqual([
    'WskSend: expected the name of a fact (perhaps returned), received "return" [WskSend/facts]',
  ]);
});

test("a fact that only another call asks for is none", () => {
  const args = wskSend && baseArgs(wskSend);
  for (const name of FACT_NAMES) {
    const issues = checkWskSend(args, { [name]: undefined });
    expect(issues.map((issue) => issue.rule)).toEqual([]);
  }
});

test("a happening that is misspelt is an issue, and changes nothing", () => {
  const watch = watchWskSend();
  watch.see(pending);
  const see = (happening: unknown) => watch.see({ happening } as Happened).map((i) => i.message);
  expect(see("completed")).toEqual([
    'WskSend: expected one of the happenings (perhaps completion), received "completed" [WskSend/events]',
  ]);
  expect(see(7)).toEqual(["WskSend: expected one of the happenings, received 7 [WskSend/events]"]);
  expect(watch.see(freed).map((issue) => issue.rule)).toEqual(["WskSend/mdl-stays-locked"]);
  expect(watch.see({ happening: "completion" })).toEqual([]);
});

test("a watch knows the happenings of the schema", () => {
  expect([...HAPPENINGS]).toEqual([...OF_SCHEMA]);
});

test("what lies in an object is seen where the schema names it", () => {
  const free = (object: string): Happened => ({ happening: "free", object });
  const write = (object: string): Happened => ({ happening: "write", object });
  const completion: Happened = { happening: "completion" };
  expect(broken(pending, free("Buffer.Mdl.MappedSystemVa"), completion)).toEqual([
    "WskSend/mdl-stays-locked",
  ]);
  expect(broken(pending, free("Buffer.Mdl.Next.MappedSystemVa"), completion)).toEqual([
    "WskSend/mdl-stays-locked",
  ]);
  expect(broken(write("Buffer.Length"), pending, completion)).toEqual([
    "WskSend/description-lasts-the-call",
  ]);
  expect(broken(pending, write("Buffer.Length"), completion)).toEqual([]);
});

test("only what happens to its own object begins a stretch", () => {
  const done: Happened = { happening: "completion" };
  const read: Happened = { happening: "read", object: "Irp" };
  expect(broken(pending, done, { happening: "free", object: "Buffer" }, read)).toEqual([]);
  expect(broken(pending, done, { happening: "free", object: "Irp" }, read)).toEqual([
    "WskSend/irp-gone-after-free",
  ]);
});
