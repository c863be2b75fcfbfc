/** The arguments that readers make are values of the contract, written as schema.json writes them. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checkWSPSend, checkWSPSendTo } from "../../../index.js";
import { isRecord } from "../../../support/index.js";
import { isTraceEvent } from "../../../trace/check-event.js";
import { materialize } from "../../vectors.js";

test.each(["strace.txt", "afd.xml", "afd.csv"])("%s", (name) => {
  const file = new URL(`../../fixtures/traces/${name}.ndjson`, import.meta.url);
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  let judged = 0;
  for (const line of lines) {
    const event: unknown = JSON.parse(line);
    if (!isTraceEvent(event) || event.event !== "call") continue;
    const args = materialize(event.args);
    if (!isRecord(args)) throw new Error(line);
    // A trace has the ref of a socket where a call has its descriptor.
    const passed = { ...args, s: 0x104 };
    const check = event.function === "WSPSend" ? checkWSPSend : checkWSPSendTo;
    const issues = check(passed, {}, { profile: "spi" });
    expect(
      issues.map(({ message }) => message),
      line,
    ).toEqual([]);
    judged++;
  }
  expect(judged).toBeGreaterThan(5);
});
