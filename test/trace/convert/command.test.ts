/** `wskit convert` and `wskit frida` as commands: input, output, exit codes. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { beforeEach, describe, expect, test } from "vitest";
import { temporaryFolder } from "../../temp.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const fixture = (name: string): string => join(root, "test/fixtures/traces", name);
const main = join(root, "cli/main.ts");
const tsx = join(root, "node_modules/tsx/dist/esm/index.mjs");
let folder = "";

const wskit = (args: readonly string[], input = "") =>
  spawnSync(process.execPath, ["--import", tsx, main, ...args], {
    cwd: folder,
    encoding: "utf8",
    input,
  });

beforeEach(() => {
  folder = temporaryFolder();
});

const EXPECTED = readFileSync(fixture("strace.txt.ndjson"), "utf8");

describe("convert", () => {
  test("from a file, from a file packed by gzip, from stdin, into a file", () => {
    expect(wskit(["convert", fixture("strace.txt")])).toMatchObject({
      status: 0,
      stdout: EXPECTED,
      stderr: "",
    });
    const text = readFileSync(fixture("strace.txt"), "utf8");
    writeFileSync(join(folder, "it.gz"), gzipSync(text));
    expect(wskit(["convert", "it.gz"]).stdout).toBe(EXPECTED);
    expect(wskit(["convert", "-"], text).stdout).toBe(EXPECTED);
    expect(wskit(["convert", "-", "--from", "strace", "-o", "out.ndjson"], text)).toMatchObject({
      status: 0,
      stdout: "",
    });
    expect(readFileSync(join(folder, "out.ndjson"), "utf8")).toBe(EXPECTED);
  });

  test("a bad line is exit code 3, and leaves no file; --lenient counts it", () => {
    const text = "close(3) = 0\nnonsense\n";
    const strict = wskit(["convert", "-", "-o", "out.ndjson"], text);
    expect(strict).toMatchObject({ status: 3, stdout: "" });
    expect(strict.stderr).toBe(
      "wskit: stdin:2: expected a call, a signal or an exit, as strace writes them, " +
        'received "nonsense"\n',
    );
    expect(readdirSync(folder)).toEqual([]);
    const lenient = wskit(["convert", "-", "--lenient"], text);
    expect(lenient).toMatchObject({ status: 0, stderr: "wskit: stdin: 1 line was skipped\n" });
    expect(lenient.stdout.split("\n")).toHaveLength(2);
  });

  test.each([
    [["--from", "etl"], "", 2, "--from: expected one of strace, afd-xml, afd-csv, wine"],
    [[], "no recording\n", 3, "stdin: not recognised as any of: the text of strace"],
    [[], "", 3, "not recognised"],
    [[], '{"event":"note","text":""}\n', 3, "it is a trace already"],
    [["-o", "no/such/folder"], "close(3) = 0\n", 4, "no such file or directory"],
  ])("%j with %j is exit code %i", (args, text, status, message) => {
    const run = wskit(["convert", "-", ...args], text);
    expect(run.status).toBe(status);
    expect(run.stderr).toContain(message);
  });

  test("a binary trace is refused with the command that converts it", () => {
    writeFileSync(join(folder, "a.etl"), Buffer.alloc(200));
    const run = wskit(["convert", "a.etl"]);
    expect(run).toMatchObject({ status: 3, stdout: "" });
    expect(run.stderr).toContain("tracerpt a.etl -o a.xml -of XML -y");
  });

  test("nobody reading any more is no mistake", () => {
    const text = readFileSync(fixture("strace.txt"), "utf8").repeat(200);
    const file = join(folder, "long.txt");
    writeFileSync(file, text);
    const node = `"${process.execPath}" --import "${tsx}" "${main}"`;
    const script = `${node} convert long.txt | head -n 1; echo "\${PIPESTATUS[0]}"`;
    const run = spawnSync("bash", ["-c", script], { cwd: folder, encoding: "utf8" });
    expect(run.stdout).toMatch(/^\{"event":"trace".*\n0\n$/);
    expect(run.stderr).toBe("");
  });
});

describe("frida", () => {
  test("a script, and a usage error for what cannot be hooked", () => {
    const run = wskit(["frida", "--functions", "WSASend"]);
    expect(run).toMatchObject({ status: 0, stderr: "" });
    expect(run.stdout).toContain('const FUNCTIONS = [\n  "WSASend"\n];');
    const wrong = wskit(["frida", "--functions", "WSASendx"]);
    expect(wrong).toMatchObject({ status: 2, stdout: "" });
    expect(wrong.stderr).toContain('received "WSASendx" (perhaps WSASend)');
  });
});
