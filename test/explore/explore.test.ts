/** Wrong clients are caught with the rule, right ones pass. */
import { describe, expect, test } from "vitest";
import { explore } from "wskit/explore";
import { TRACED } from "../../generated/traced/index.js";
import * as right from "./right.js";
import { WRONG } from "./wrong.js";

describe("a wrong client is caught", () => {
  for (const { what, by, program, options } of WRONG) {
    test(what, () => {
      const { counterexample } = explore(program, options);
      expect(counterexample?.breaches[0]?.rule ?? counterexample?.failure?.kind).toBe(by);
    });
  }
});

describe("a right client passes", () => {
  const {
    waitFor: _,
    waitIfPending: __,
    EVERY_CALL: ___,
    ...programs
  } = { ...right, asynchronous: right.asynchronous(2) };
  for (const [name, program] of Object.entries(programs)) {
    test(name, () => {
      const { counterexample, exhaustive } = explore(program, { faults: 2 });
      expect(counterexample?.timeline).toBe(undefined);
      expect(exhaustive).toBe(true);
    });
  }
});

test("every call of the schema is explored, and each of its outcomes seen", () => {
  expect(Object.keys(right.EVERY_CALL).sort()).toEqual(
    TRACED.map(({ watched }) => watched.name).sort(),
  );
  for (const [name, program] of Object.entries(right.EVERY_CALL)) {
    const { coverage, exhaustive, counterexample } = explore(program);
    expect(counterexample?.timeline, name).toBe(undefined);
    expect(exhaustive, name).toBe(true);
    expect(coverage.outcomes.seen, name).toBe(coverage.outcomes.possible);
  }
});
