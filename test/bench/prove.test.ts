/** A subject that checks less than the contract is not measured, nor one with a stale excuse. */
import { expect, test } from "vitest";
import { isWskSend, isWskSendEx, isWskSendTo, isWSPSend } from "../../bench/floor.js";
import type { Subject } from "../../bench/peers/subject.js";
import { faultsOf, prove } from "../../bench/prove.js";

const honest: Subject = {
  name: "honest",
  note: "",
  calls: {
    WSPSend: { is: isWSPSend },
    WskSend: { is: isWskSend },
    WskSendTo: { is: isWskSendTo },
    WskSendEx: { is: isWskSendEx },
  },
  differs: {},
};

test("the floor may be measured", () => {
  expect(faultsOf(honest)).toEqual([]);
});

test("a rule left out stops the bench", () => {
  const is = (args: unknown): boolean => isWSPSend({ ...Object(args), dwFlags: 0 });
  const careless = { ...honest, name: "careless", calls: { ...honest.calls, WSPSend: { is } } };
  const wanted = "careless: WSPSend dwFlags = 1 (1) is false, but it says true";
  expect(faultsOf(careless)).toContain(wanted);
  expect(() => prove([honest, careless])).toThrow(wanted);
});

test("a difference that is listed but not there stops it as well", () => {
  const excused = { ...honest, differs: { "sparse array": "it skips holes" } };
  expect(faultsOf(excused)).toEqual(['honest: sees through "sparse array", though listed']);
});

test("a refusal without an issue is none", () => {
  const WSPSend = { is: isWSPSend, issues: () => [] };
  const silent = { ...honest, calls: { ...honest.calls, WSPSend } };
  expect(faultsOf(silent)[0]).toMatch(/^honest: WSPSend, first wrong \(0\) is refused without/);
});
