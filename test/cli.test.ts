/** The command: what it prints where, and the exit code for each kind of end. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, test } from "vitest";
import { temporaryFolder } from "./temp.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const fixtures = join(root, "test/fixtures");
let folder = "";

const wskit = (...args: string[]) => {
  const main = join(root, "cli/main.ts");
  const tsx = join(root, "node_modules/tsx/dist/esm/index.mjs");
  const env = { ...process.env, NO_COLOR: "1" };
  const options = { cwd: folder, encoding: "utf8", env } as const;
  return spawnSync(process.execPath, ["--import", tsx, main, ...args], options);
};

beforeEach(() => {
  folder = temporaryFolder();
});

describe("usage", () => {
  test("help and version are data, and no mistake", () => {
    expect(wskit("--help")).toMatchObject({ status: 0, stderr: "" });
    expect(wskit("generate", "--help").stdout).toContain("--check");
    expect(wskit("--version").stdout).toBe("0.1.0\n");
  });

  test.each([
    [["generate", "--chek"], "Did you mean --check?"],
    [["generat"], "Did you mean generate?"],
    [["generate", "--out"], "argument missing"],
    [[], "Usage: wskit"],
  ])("%j is exit code 2, with the reason on stderr", (args, reason) => {
    const run = wskit(...args);
    expect(run).toMatchObject({ status: 2, stdout: "" });
    expect(run.stderr).toContain(reason);
  });
});

describe("generate", () => {
  test("from a folder that is not there is exit code 3", () => {
    const run = wskit("generate");
    expect(run).toMatchObject({ status: 3, stdout: "" });
    expect(run.stderr).toContain("there is no schema folder schema; name one with --schema");
    expect(existsSync(join(folder, "generated"))).toBe(false);
  });

  test("with nothing in it is exit code 3, without a line to show", () => {
    mkdirSync(join(folder, "schema"));
    const run = wskit("generate");
    expect(run).toMatchObject({ status: 3, stdout: "" });
    expect(run.stderr).toBe(
      "schema: error: nothing is defined in schema of which something could be made [schema-empty]\n" +
        "  hint: Export a call, struct, layout, table, or set of constants or codes from a file there.\n\n" +
        "1 error; nothing was written.\n",
    );
  });

  test("counts what it adds, changes and removes; warnings go to stderr", () => {
    cpSync(join(fixtures, "new-call/schema"), join(folder, "schema"), { recursive: true });
    expect(wskit("generate").stdout).toMatch(/^generated: (\d+) files, \1 added\n$/);
    expect(wskit("generate").stdout).toMatch(/^generated: \d+ files, all up to date\n$/);
    cpSync(join(fixtures, "diagnostics/replaced/calls"), join(folder, "schema"), {
      recursive: true,
    });
    const more = wskit("generate");
    expect(more.status).toBe(0);
    expect(more.stdout).toMatch(/^generated: \d+ files, \d+ added, \d+ changed\n$/);
    expect(more.stderr).toContain("schema/replaced.ts:6:9: warning: LONG replaces the one of");
    expect(more.stderr).toMatch(/\n1 warning\.\n$/);
    rmSync(join(folder, "schema/replaced.ts"));
    expect(wskit("generate").stdout).toMatch(/ files, \d+ changed, \d+ removed\n$/);
  });

  test("a schema with mistakes is exit code 3; the old output stays", () => {
    cpSync(join(fixtures, "new-call/schema"), join(folder, "schema"), { recursive: true });
    expect(wskit("generate")).toMatchObject({ status: 0, stderr: "" });
    const before = readFileSync(join(folder, "generated/tape-play.ts"), "utf8");
    const call = join(folder, "schema/calls/tape-play.ts");
    writeFileSync(
      call,
      readFileSync(call, "utf8").replace('flags: "TAPE_SPEEDS"', 'flags: "TAPE_SPEED"'),
    );
    const run = wskit("generate");
    expect(run).toMatchObject({ status: 3, stdout: "" });
    expect(run.stderr).toMatch(
      /^schema\/calls\/tape-play\.ts:\d+:\d+: error: there is no constant or set TAPE_SPEED; did you mean TAPE_SPEEDS\?/,
    );
    expect(run.stderr).toContain("1 error; nothing was written.");
    expect(readFileSync(join(folder, "generated/tape-play.ts"), "utf8")).toBe(before);
  });

  test("a changed word of the schema shows in types, checks, rules and pages after one command", () => {
    cpSync(join(fixtures, "new-call/schema"), join(folder, "schema"), { recursive: true });
    const call = join(folder, "schema/calls/tape-play.ts");
    const text = readFileSync(call, "utf8");
    writeFileSync(call, text.replaceAll("Speed", "Pace").replaceAll("How fast.", "How slowly."));
    expect(wskit("generate").status).toBe(0);
    const made = (path: string): string => readFileSync(join(folder, "generated", path), "utf8");
    expect(made("tape-play.ts")).toContain("* How slowly.");
    expect(made("tape-play.ts")).toContain("Pace: TAPE_SPEEDS;");
    expect(made("judges/tape-play.ts")).toContain("contract.paceFlags");
    expect(made("contract/tape-play.ts")).toContain('id: "TapePlay/Pace.flags"');
    expect(made("docs/tape-play.md")).toContain("How slowly.");
    expect(made("zod/tape-play.ts")).toContain("Pace: param<TAPE_SPEEDS>");
    expect(made("schema.json")).toContain("How slowly.");
  });

  test("into a folder with somebody's files is exit code 4", () => {
    cpSync(join(fixtures, "new-call/schema"), join(folder, "schema"), { recursive: true });
    mkdirSync(join(folder, "generated"));
    writeFileSync(join(folder, "generated/mine.txt"), "mine");
    const run = wskit("generate");
    expect(run).toMatchObject({ status: 4, stdout: "" });
    expect(run.stderr).toContain("holds files that wskit has not written (mine.txt)");
    for (const out of ["/", ".", "..", "schema", "schema/generated"]) {
      expect(wskit("generate", "--out", out)).toMatchObject({ status: 4 });
    }
  });

  test("--check writes nothing, also where there is nothing yet", () => {
    cpSync(join(fixtures, "new-call/schema"), join(folder, "schema"), { recursive: true });
    const run = wskit("generate", "--check");
    expect(run.status).toBe(1);
    expect(run.stdout).toContain("missing: generated/tape-play.ts");
    expect(run.stderr).toContain('Run "wskit generate".');
    expect(existsSync(join(folder, "generated"))).toBe(false);
  });
});

test("demo sends through every call, and says that it is right", () => {
  const run = wskit("demo");
  expect(run).toMatchObject({ status: 0, stderr: "" });
  for (const word of [
    "WskSend ",
    "WskSendEx",
    "WskSendTo",
    "WSPSend",
    "STATUS_SUCCESS",
    "STATUS_PENDING",
    "WSA_IO_PENDING",
    "WSK_BUF/length-in-chain",
    "STATUS_CONNECTION_RESET",
  ]) {
    expect(run.stdout.replaceAll(/\s*│[^\n]*\n[^\n]*│\s*/g, " ") + run.stdout).toContain(word);
  }
  expect(run.stdout).toMatch(/\d+ rows, every one as the contract has it/);
  expect(run.stdout).not.toContain("✗");
});
