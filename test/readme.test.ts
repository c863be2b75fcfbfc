/** The README as a stranger has it: its blocks compile and run against the package as it is packed. */
import { execFileSync, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { temporaryFolder } from "./temp.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const modules = join(root, "node_modules");
const readme = readFileSync(join(root, "README.md"), "utf8");
const guide = ["runtime", "validate", "layouts", "notation", "check", "explore"]
  .filter((page) => existsSync(join(root, `docs/guide/${page}.md`)))
  .map((page) => readFileSync(join(root, `docs/guide/${page}.md`), "utf8"))
  .join("\n");

const blocks = (language: string): Map<string, string> =>
  new Map(
    [
      ...`${readme}\n${guide}`.matchAll(
        new RegExp(`^\`\`\`${language} (\\S+)\\n([\\s\\S]*?)^\`\`\`$`, "gm"),
      ),
    ].map(([, name = "", text = ""]) => [name, text]),
  );

const programs = blocks("ts");
const traces = blocks("ndjson");
const texts = blocks("text");
const outputs = new Map([...texts].filter(([name]) => programs.has(name)));
let folder = "";
const node = (...args: string[]) =>
  spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });

/** A project that has wskit installed from its tarball, and nothing else of ours. */
beforeAll(() => {
  folder = temporaryFolder();
  const npm = { cwd: root, encoding: "utf8", stdio: "pipe" } as const;
  execFileSync("npm", ["run", "--silent", "build"], npm);
  const [packed] = JSON.parse(
    execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], npm),
  ) as { filename: string }[];
  const target = join(folder, "node_modules", "wskit");
  mkdirSync(target, { recursive: true });
  execFileSync("tar", [
    "-xzf",
    join(folder, packed?.filename ?? ""),
    "-C",
    target,
    "--strip-components=1",
  ]);
  for (const name of readdirSync(modules)) {
    if (!name.startsWith(".")) symlinkSync(join(modules, name), join(folder, "node_modules", name));
  }
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  for (const [name, text] of programs) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
});

test("there are three examples of about fifteen lines", () => {
  const [first, second, third] = programs.keys();
  expect([first, second, third]).toEqual(["types.ts", "validate.ts", "schema/wsk-echo.ts"]);
  for (const [name, text] of [...programs].slice(0, 3))
    expect(text.trim().split("\n").length, name).toBeLessThanOrEqual(18);
});

test("they compile with the strictest options", () => {
  const options = {
    target: "ES2022",
    module: "NodeNext",
    strict: true,
    noEmit: true,
    types: ["node"],
    exactOptionalPropertyTypes: true,
  };
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ compilerOptions: options, include: ["*.ts", "schema", "tape"] }),
  );
  expect(node(join(modules, "typescript/bin/tsc")).stdout).toBe("");
});

test.each([...outputs])("%s prints what the README shows", (name, output) => {
  expect(node("--import", "tsx", name)).toMatchObject({ status: 0, stdout: output, stderr: "" });
});

test.each([...traces])("%s is judged as the guide shows", (name, text) => {
  writeFileSync(join(folder, name), text);
  const bin = join(folder, "node_modules/wskit/dist/cli/main.js");
  expect(node(bin, "check", name)).toMatchObject({ status: 1, stdout: texts.get(name) });
});

test("the command of the package generates, and finds what was edited by hand", () => {
  const bin = join(folder, "node_modules/wskit/dist/cli/main.js");
  expect(node(bin, "generate")).toMatchObject({
    status: 0,
    stdout: expect.stringContaining("added"),
  });
  expect(node(bin, "generate", "--check").status).toBe(0);
  const made = join(folder, "generated/wsk-echo.ts");
  writeFileSync(made, readFileSync(made, "utf8").replace("Flags !== 0", "Flags === 0"));
  const check = node(bin, "generate", "--check");
  expect(check.status).toBe(1);
  expect(check.stdout).toContain(
    "-    if (Flags === 0) return false;\n+    if (Flags !== 0) return false;",
  );
  expect(node(bin, "generate").status).toBe(0);
  expect(node(bin, "generate", "--check").status).toBe(0);
  writeFileSync(
    join(folder, "use.ts"),
    'import { checkWskEcho } from "./generated/index.js";\nconsole.log(checkWskEcho({ Flags: 1 })[0]?.message);\n',
  );
  expect(node("--import", "tsx", "use.ts").stdout).toBe(
    "Flags: expected 0, received 1 [WskEcho/Flags.must-be]\n",
  );
  expect(node(join(modules, "typescript/bin/tsc")).stdout).toBe("");
});

test("the schema of the notation generates types, codes and facts of its own", () => {
  const bin = join(folder, "node_modules/wskit/dist/cli/main.js");
  const run = node(bin, "generate", "--schema", "tape", "--out", "tape-made");
  expect(run).toMatchObject({ status: 0, stderr: "" });
  const made = (path: string): string => readFileSync(join(folder, "tape-made", path), "utf8");
  expect(made("facts.ts")).toContain('readonly "player.on"?: boolean | undefined;');
  expect(made("tape-play.ts")).toContain("Tape: PTAPE | null;");
  expect(made("codes/tape-status.ts")).toContain("export const TAPE_JAM: TAPE_STATUS = 0x1;");
});

test("importing a check loads neither zod nor the generator", () => {
  writeFileSync(
    join(folder, "light.mjs"),
    'import "wskit";\nconst seen = [...process.moduleLoadList].join();\nconsole.log(/zod|ts-morph|prettier|jiti/.test(seen));\n',
  );
  const loaded = node(
    "--experimental-loader",
    "data:text/javascript,export function load(u,c,n){process._rawDebug(u);return n(u,c)}",
    "light.mjs",
  );
  expect(loaded.stderr).toContain("wskit/dist/index.js");
  expect(loaded.stderr).not.toMatch(/zod|ts-morph|prettier|jiti/);
});

test("exploring needs no fast-check", () => {
  writeFileSync(join(folder, "explore.mjs"), 'import "wskit/explore";\n');
  const load = "export function load(u,c,n){process._rawDebug(u);return n(u,c)}";
  const { stderr } = node("--experimental-loader", `data:text/javascript,${load}`, "explore.mjs");
  expect(stderr).toContain("wskit/dist/explore/index.js");
  expect(stderr).not.toMatch(/fast-check|zod|ts-morph/);
});

test("an entry has the very functions and classes that another has", () => {
  const text = `
    import * as checks from "wskit/checks";
    import * as all from "wskit";
    import { ContractError } from "wskit/support";
    import { WskSendArgsSchema } from "wskit/zod";
    const open = Object.keys(checks).filter((name) => !name.startsWith("$"));
    const of = Object.keys(all).filter((name) => /^(?:is\\w+Args|(?:check|assert)ws[kp]\\w+)$/i.test(name));
    const booleans = Object.keys(await import("wskit/is")).join() === of.filter((name) => name.startsWith("is")).join();
    const missing = of.filter((name) => !name.endsWith("Operation") && !open.includes(name));
    const send = all.createWskSend(() => 0);
    let isOne = false;
    try { send(); } catch (error) { isOne = error instanceof ContractError && error instanceof checks.ContractError; }
    console.log(open.filter((name) => checks[name] !== all[name]), missing, of.length, isOne, booleans, typeof WskSendArgsSchema);`;
  writeFileSync(join(folder, "same.mjs"), text);
  expect(node("same.mjs")).toMatchObject({
    status: 0,
    stdout: "[] [] 28 true true object\n",
    stderr: "",
  });
  const load = "export function load(u,c,n){process._rawDebug(u);return n(u,c)}";
  writeFileSync(join(folder, "quick.mjs"), 'import "wskit/checks";\n');
  const { stderr } = node("--experimental-loader", `data:text/javascript,${load}`, "quick.mjs");
  expect([...stderr.matchAll(/\/wskit\/dist\/\S+/g)].map(String)).toEqual([
    "/wskit/dist/checks.js",
  ]);
});

test("no code is made from text: checks and schemas run where eval is forbidden", () => {
  const text = `
    import { checkWskSendTo, isWskSendToArgs, formatIssues } from "wskit";
    import { WskSendToArgsStandard } from "wskit/standard";
    import { WskSendToArgsSchema } from "wskit/zod";
    let isForbidden = false;
    try { new Function(""); } catch { isForbidden = true; }
    const args = { Flags: 2 };
    console.log(isForbidden, isWskSendToArgs(args), formatIssues(checkWskSendTo(args)).length > 0,
      WskSendToArgsStandard["~standard"].validate(args).issues.length > 0,
      WskSendToArgsSchema.safeParse(args).success);`;
  writeFileSync(join(folder, "strings.mjs"), text);
  const run = node("--disallow-code-generation-from-strings", "strings.mjs");
  expect(run).toMatchObject({ status: 0, stdout: "true false true true false\n", stderr: "" });

  const built = join(folder, "node_modules/wskit/dist");
  const files = readdirSync(built, { recursive: true, encoding: "utf8" }).filter((f) =>
    f.endsWith(".js"),
  );
  expect(files.length).toBeGreaterThan(200);
  const made =
    /\beval\s*\(|\bnew\s+Function\b|\bFunction\s*\(|\bimport\s*\(\s*["']data:|set(?:Timeout|Interval)\(\s*["'`]/;
  const found = files.filter((file) => made.test(readFileSync(join(built, file), "utf8")));
  expect(found).toEqual([]);
});

test("the package holds what its exports name, and no tests", () => {
  const { exports } = JSON.parse(
    readFileSync(join(folder, "node_modules/wskit/package.json"), "utf8"),
  ) as { exports: Record<string, string | Record<string, string>> };
  for (const target of Object.values(exports).flatMap((e) =>
    typeof e === "string" ? [e] : Object.values(e),
  )) {
    const file = target.replace("*", "wsk-send");
    expect(() => readFileSync(join(folder, "node_modules/wskit", file)), target).not.toThrow();
  }
  expect(readdirSync(join(folder, "node_modules/wskit"))).not.toContain("test");
});

test("the table of the bench is made of its results", () => {
  const run = spawnSync(process.execPath, ["--import", "tsx", "docs/build.ts", "--check"], {
    cwd: root,
    encoding: "utf8",
  });
  expect(run).toMatchObject({ status: 0, stderr: "" });
});

test("every link leads somewhere", () => {
  const pages = [
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "docs/guide/validate.md",
    "docs/guide/layouts.md",
    "docs/guide/runtime.md",
    "docs/guide/notation.md",
    "docs/guide/explore.md",
  ];
  for (const page of pages) {
    const text = readFileSync(join(root, page), "utf8");
    for (const [, target = ""] of text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
      if (target.startsWith("http")) continue;
      expect(
        () => readFileSync(join(root, dirname(page), target)),
        `${page}: ${target}`,
      ).not.toThrow();
    }
  }
});
