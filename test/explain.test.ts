/** `wskit explain`: what people ask, and what they are told. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { ownContract } from "../cli/explain/contract.js";
import { nearest, subjectsOf } from "../cli/explain/find.js";
import { textOf } from "../cli/explain/text.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const contract = ownContract();
const subjects = subjectsOf(contract);

function told(name: string): string {
  const subject = subjects.get(name);
  return subject === undefined ? "" : textOf(subject, contract);
}

const run = (...args: string[]): { status: number | null; stdout: string; stderr: string } =>
  spawnSync(process.execPath, ["--import", "tsx", "cli/main.ts", "explain", ...args], {
    cwd: root,
    encoding: "utf8",
  });

test("everything that can be asked about has an answer of lines that fit", () => {
  expect(subjects.size).toBeGreaterThan(1000);
  for (const name of subjects.keys()) {
    const text = told(name);
    expect(text.length, name).toBeGreaterThan(10);
    expect(text, name).not.toMatch(/undefined|\[object/);
  }
});

test("a call is told with prototype, parameters, outcomes and rules", () => {
  const text = told("WskSendTo");
  expect(text).toContain("_In_reads_bytes_opt_(ControlInfoLength) PCMSGHDR ControlInfo,");
  expect(text).toContain("STATUS_FILE_FORCED_CLOSED  anytime  failure");
  expect(text).toContain("WskSendTo/control-info-stays-valid");
  expect(text).toContain("MDL/locked");
});

test("a parameter is told with each of its rules, and those of what it points to", () => {
  const text = told("WskSendTo.Buffer");
  expect(text).toMatch(
    /WskSendTo\/mdl-stays-locked\n[^]*Breaks it +return STATUS_PENDING > unlock/,
  );
  expect(text).toContain("Rules of what it points to");
  expect(text).toContain("WSK_BUF/length-in-chain");
});

test("a call without a source page says what it is described from", () => {
  expect(told("WSPSendDisconnect")).toContain("no source page; described from its signature");
});

test("a rule is told with strength, source, and an example of each side", () => {
  const text = told("WskSendTo/control-info-stays-valid");
  expect(text).toMatch(/Strength +must/);
  expect(text).toContain("Remarks, sentence 2");
  expect(text).toContain("return STATUS_PENDING > completion > free ControlInfo");
  expect(text).toContain("return STATUS_PENDING > free ControlInfo > completion");
  expect(told("WskSend/no-delivery-promise")).toMatch(/Not checked +what a program concludes/);
  expect(told("WskSend/Flags.undocumented")).toContain(
    "must (documented), should (header), must (strict)",
  );
});

test("a struct is told with a picture for each architecture", () => {
  expect(told("WSK_BUF")).toContain(`On x64 and arm64: 24 bytes, aligned to 8
  at  size
   0     8  Mdl        PMDL
   8     4  Offset     ULONG
  12     4  (padding)
  16     8  Length     SIZE_T

On x86: 12 bytes, aligned to 4
  at  size
   0     4  Mdl     PMDL
   4     4  Offset  ULONG
   8     4  Length  SIZE_T
`);
});

describe("the command", () => {
  test("takes a name in any case, and answers with JSON where it is asked", () => {
    const { status, stdout } = run("wsksendto.controlinfo", "--json");
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ kind: "parameter", param: { name: "ControlInfo" } });
  });

  test("suggests the nearest names, and exits with 2", () => {
    const { status, stdout, stderr } = run("WskSenTo");
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain('nothing called "WskSenTo"; did you mean WskSendTo');
    expect(nearest("STATUS_PENDNG", subjects.keys())[0]).toBe("STATUS_PENDING");
  });

  test("explains a schema of one's own", () => {
    const schema = "test/fixtures/new-call/schema";
    expect(run("REEL", "--schema", schema).stdout).toContain("A reel, and the reel behind it.");
    const broken = run("WskRule", "--schema", "test/fixtures/diagnostics/rules");
    expect([broken.status, broken.stdout]).toEqual([3, ""]);
    expect(broken.stderr).toContain("rules/calls/wsk-rule.ts:");
    expect(run("X", "--schema", "nowhere").status).toBe(3);
  });
});
