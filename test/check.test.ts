/** `wskit check` as a command: what it writes, where, and with which exit code. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { formatEvent } from "../trace/write.js";
import { done, on, returned, send, WORLD } from "./monitor/events.js";
import { temporaryFolder } from "./temp.js";

const main = fileURLToPath(new URL("../cli/main.ts", import.meta.url));
const tsx = fileURLToPath(new URL("../node_modules/tsx/dist/esm/index.mjs", import.meta.url));
const lines = (events: Parameters<typeof formatEvent>[0][]): string =>
  events.map((event) => `${formatEvent(event)}\n`).join("");

const RIGHT = lines([
  ...WORLD,
  send(1),
  returned(1, "STATUS_PENDING"),
  done(),
  on("free", "irp:1"),
]);
const WRONG = lines([
  ...WORLD,
  send(1),
  returned(1, "STATUS_PENDING"),
  on("unlock", "mdl:1"),
  done(),
]);

let folder = "";
beforeAll(() => {
  folder = temporaryFolder();
  writeFileSync(join(folder, "right.ndjson"), RIGHT);
  writeFileSync(join(folder, "wrong.ndjson"), WRONG);
  writeFileSync(join(folder, "wrong.ndjson.gz"), gzipSync(WRONG));
  mkdirSync(join(folder, "folder"));
});

const check = (args: readonly string[], input = "") =>
  spawnSync(process.execPath, ["--import", tsx, main, "check", ...args], {
    cwd: folder,
    encoding: "utf8",
    input,
    env: { ...process.env, NO_COLOR: "1" },
  });

describe("exit codes", () => {
  test.each([
    [0, ["right.ndjson"]],
    [1, ["wrong.ndjson"]],
    [1, ["wrong.ndjson.gz"]],
    [1, ["-"]],
    [0, ["wrong.ndjson", "--ignore", "mdl-stays-locked"]],
    [0, ["wrong.ndjson", "--rules", "WskSend/irp-of-one-send"]],
    [2, ["wrong.ndjson", "--rules", "mdl-stays-lockd"]],
    [2, ["wrong.ndjson", "--format", "sarife"]],
    [2, ["wrong.ndjson", "--profile", "stricter"]],
    [2, ["wrong.ndjson", "--what"]],
    [2, []],
    [3, ["nothing.ndjson"]],
    [3, ["folder"]],
    [4, ["wrong.ndjson", "-o", "missing/out.txt"]],
  ] as const)("%i: %j", (status, args) => {
    const run = check(args, WRONG);
    expect(run.status, run.stderr).toBe(status);
    if (status > 1) expect(run.stderr).toMatch(/^wskit: |error: /);
  });
});

test("a breach in full, as people read it", () => {
  expect(check(["wrong.ndjson"])).toMatchObject({
    stderr: "",
    stdout: `wrong.ndjson:6: error: Buffer.Mdl (mdl:1): expected an MDL chain that stays locked until the IRP is completed, received that it was unlocked [WskSend/mdl-stays-locked]
    call: WskSend 1, line 4
    earlier: mdl:1 was passed to WskSend (call 1), line 4
    advice: Unlock and free the MDLs in the completion routine, not behind the call.
wrong.ndjson: 7 lines, 1 call, profile each call's first: 1 error, 0 warnings, 0 notes, 0 suppressed
`,
  });
});

test("stdin has its own name", () => {
  expect(check(["-"], WRONG).stdout).toContain("<stdin>:6: error:");
});

test.each([
  [
    "not JSON",
    '{"event":',
    "bad.ndjson:2:10: expected an event in JSON, a line each, received the end of the line",
  ],
  [
    "a comma too many",
    '{"event":"free",}',
    'bad.ndjson:2:17: expected an event in JSON, a line each, received "}"',
  ],
  ["no event", "[1]", "bad.ndjson:2:1: expected one event, a JSON object, received an array of 1"],
  [
    "a misspelt event",
    '{"event":"fre","ref":"a"}',
    'bad.ndjson:2:2: event: expected the name of an event (perhaps free), received "fre"',
  ],
  [
    "a field left out",
    '{"event":"free"}',
    "bad.ndjson:2:1: ref: expected the ref of an object: a text or a whole number, received nothing",
  ],
  [
    "a status that is none",
    '{"event":"call","id":1,"function":"WskSend","args":{}}\n{"event":"return","id":1,"status":"pending"}',
    'bad.ndjson:3: status: expected the name of a code, or its number, received "pending"',
  ],
])("bad input, %s: where, what was expected, what was received", (_, line, says) => {
  writeFileSync(join(folder, "bad.ndjson"), `{"event":"note","text":"first"}\n${line}\n`);
  const run = check(["bad.ndjson", "-o", "out.txt"]);
  expect(run).toMatchObject({ status: 3, stderr: `wskit: ${says}\n` });
  expect(existsSync(join(folder, "out.txt"))).toBe(false);
  expect(readdirSync(folder).filter((name) => name.includes("part"))).toEqual([]);
});

test("a first line that is no JSON points to wskit convert, and nothing is no trace", () => {
  expect(check(["-"], "12:00 sendto(3)\n").stderr).toContain(
    "wskit convert makes traces of strace",
  );
  expect(check(["-"], "")).toMatchObject({
    status: 3,
    stderr: "wskit: stdin: expected a trace, received nothing\n",
  });
});

test.each([
  [["wrong.ndjson", "-o", "wrong.ndjson"], "--out: wrong.ndjson is the input as well"],
  [["wrong.ndjson", "--html", "./wrong.ndjson"], "--html: ./wrong.ndjson is the input as well"],
  [["wrong.ndjson", "-o", "x", "--html", "x"], "--html: x is the file of --out as well"],
])("%j would overwrite something", (args, says) => {
  expect(check(args)).toMatchObject({ status: 2, stderr: `wskit: ${says}\n` });
  expect(readFileSync(join(folder, "wrong.ndjson"), "utf8")).toBe(WRONG);
});

test("what could not be judged is said", () => {
  const typos = [
    '{"event":"object","ref":"sock:1","type":"WSK_SOCKET","state":{"conected":true}}',
    '{"event":"suppress","rule":"mdl-stays-lockd","reason":"none"}',
    '{"event":"call","id":1,"function":"WskSendd","args":{}}',
    '{"event":"call","id":2,"function":"WskSend","args":{"Flag":0}}',
    '{"event":"return","id":9,"status":"STATUS_TOO_LATE"}',
  ];
  const run = check(["-", "--ignore", "connected"], typos.join("\n"));
  for (const says of [
    "connected, because of --ignore",
    "line 1: nobody knows conected of WSK_SOCKET; did you mean connected?",
    "line 2: nobody knows the rule mdl-stays-lockd; did you mean mdl-stays-locked?",
    "line 3: nobody knows the function WskSendd; did you mean WskSend?",
    "line 4: nobody knows the argument Flag of WskSend; did you mean Flags?",
    "line 5: nobody knows the code STATUS_TOO_LATE",
    "returns whose calls are not in the trace",
    "WskSend (call 2), line 4, has not returned",
  ])
    expect(run.stdout).toContain(`  not judged: ${says}\n`);
});

test("of what could not be judged, twenty are told as they are written, the rest is counted", () => {
  const args = Object.fromEntries(Array.from({ length: 24 }, (_, i) => [`$&${i}`, 0]));
  const calls = [1, 2].map((id) => ({ event: "call", id, function: "WskSend", args }));
  const { stdout } = check(["-"], calls.map((call) => JSON.stringify(call)).join("\n"));
  expect(stdout).toContain("  not judged: line 1: nobody knows the argument $&19 of WskSend");
  expect(stdout).not.toContain("$&20");
  expect(stdout.match(/nobody knows/g)).toHaveLength(20);
  expect(stdout).toMatch(/ {2}not judged: and \d+ more\n/);
});

test("empty lines are passed by, and the last needs no end", () => {
  const run = check(["-"], `\n${RIGHT.trimEnd()}`);
  expect(run).toMatchObject({ status: 0, stderr: "" });
});

test.each(["json", "ndjson", "sarif", "junit", "github", "perfetto"])("as %s", (format) => {
  const run = check(["wrong.ndjson", "--format", format]);
  expect(run).toMatchObject({ status: 1, stderr: "" });
  expect(run.stdout).toContain("mdl-stays-locked");
});

test("a page besides the text, and a file instead of stdout", () => {
  const run = check(["wrong.ndjson", "--html", "page.html", "-o", "out.txt"]);
  expect(run).toMatchObject({ status: 1, stdout: "", stderr: "" });
  expect(readFileSync(join(folder, "page.html"), "utf8")).toContain("<!doctype html>");
  expect(readFileSync(join(folder, "out.txt"), "utf8")).toContain("1 error");
});

test("the trace says by which profile, and the command overrules it", () => {
  const trace = `{"event":"trace","version":1,"profile":"header"}\n${WRONG.replace('"Flags":0', '"Flags":1')}`;
  expect(check(["-"], trace).stdout).toMatch(/warning: Flags:.*\n[\s\S]*profile header/);
  expect(check(["-", "--profile", "strict"], trace).stdout).toMatch(/error: Flags:/);
});

test("what the trace excuses counts for nothing, and is shown with its reason", () => {
  const excuse =
    '{"event":"suppress","rule":"mdl-stays-locked","ref":"mdl:1","reason":"pool memory"}';
  const run = check(["-"], `${excuse}\n${WRONG}`);
  expect(run.status).toBe(0);
  expect(run.stdout).toContain("pool memory");
  expect(run.stdout).toContain("0 errors, 0 warnings, 0 notes, 1 suppressed");
});
