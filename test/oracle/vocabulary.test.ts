/** The language of the oracle: steps, answers of its programs, names of numbers. */
import { expect, test } from "vitest";
import { CASES } from "../../oracle/cases/index.js";
import {
  formatObservation, nameAnswer, parseObservation, UNTOUCHED,
} from "../../oracle/names.js"; // prettier-ignore
import {
  formatStep, numberOf, parseAnswer, parseStep, withOption,
} from "../../oracle/vocabulary.js"; // prettier-ignore
import { missingTools } from "../../oracle/wine.js";

test("each step of each case is a command, and comes back as it was", () => {
  for (const step of CASES.flatMap(({ steps }) => steps))
    expect(formatStep(parseStep(step))).toBe(step);
});

test("what is no step is refused", () => {
  for (const text of ["", "Send", "send bufs", "send bufs=", "send a=1 a=2", "send  bufs=1"])
    expect(() => parseStep(text), text).toThrow("not a");
});

test("numbers are decimal or of 0x, and nothing else", () => {
  const command = parseStep("send flags=0x80000000 bufs=5,6");
  expect(numberOf(command, "flags", 0)).toBe(0x80000000);
  expect(numberOf(command, "op", 7)).toBe(7);
  expect(() => numberOf(command, "bufs", 0)).toThrow("not a number");
  expect(formatStep(withOption(command, "port", "80"))).toMatch(/ port=80$/);
});

test("an answer is numbers by key", () => {
  expect(parseAnswer("returned=0x0ffffffff error=0x000002746")).toEqual({
    returned: 0xffff_ffff,
    error: 10054,
  });
  for (const line of ["", "returned", "returned=5", "returned=0x5 x"])
    expect(() => parseAnswer(line), line).toThrow("not an answer");
});

test("numbers are named by what they are", () => {
  const answer = { returned: 0xffff_ffff, error: 10054, sent: UNTOUCHED, Internal: 0xc000020d };
  expect(nameAnswer("winsock", answer)).toEqual({
    returned: "SOCKET_ERROR",
    error: "WSAECONNRESET",
    sent: "untouched",
    Internal: "failed",
  });
  expect(nameAnswer("wsk", { returned: 0x103, Status: 0xc000020d, Information: 0 })).toEqual({
    returned: "STATUS_PENDING",
    Status: "STATUS_CONNECTION_RESET",
    Information: "0",
  });
});

test("how much of a failed send had left is not told", () => {
  const failed = { Internal: 0xc000020d, InternalHigh: 3_919_467 };
  expect(nameAnswer("winsock", failed)["InternalHigh"]).toBe("some");
  expect(nameAnswer("winsock", { ...failed, InternalHigh: 0 })["InternalHigh"]).toBe("0");
  expect(nameAnswer("winsock", { ok: 0, error: 995, bytes: 9 })["bytes"]).toBe("some");
  expect(nameAnswer("winsock", { ok: 1, bytes: 9 })["bytes"]).toBe("9");
});

test("an observation comes back as it was", () => {
  const observation = { returned: "0", datagrams: "3+4" };
  expect(parseObservation(formatObservation(observation))).toEqual(observation);
  expect(parseObservation("")).toEqual({});
  expect(() => parseObservation("returned")).toThrow("not an observation");
});

test("tools that are not there are named", () => {
  expect(missingTools("/nowhere")).toContain("wine");
});
