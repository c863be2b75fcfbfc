/**
 * `npm run verify:runtime`: defects are put into the runtime, one by one, each in a copy of
 * it; the tests must notice every one of them. The tree itself is not touched. Prints those that
 * nobody noticed, and ends with 1 where there is one.
 */
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Defect } from "./defects/list.js";
import { DEFECTS } from "./defects/list.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const COPIED = ["runtime", "test", "vitest.config.ts", "package.json", "index.ts", "tsconfig.json"];
const LINKED = [
  "node_modules",
  "generated",
  "support",
  "schema",
  "generator",
  "checks.ts",
  "is.ts",
];
/** Tests that have not ended after this time have noticed: they wait for what does not come. */
const PATIENCE_MS = 60_000;

/** A copy of what the tests of the runtime need. */
function copy(): string {
  const folder = mkdtempSync(join(tmpdir(), "wskit-defects-"));
  for (const name of COPIED) cpSync(join(root, name), join(folder, name), { recursive: true });
  for (const name of LINKED) symlinkSync(join(root, name), join(folder, name));
  return folder;
}

/** Runs tests in a copy; true where they pass. */
function passes(folder: string, tests: readonly string[]): Promise<boolean> {
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const args = [vitest, "run", "--bail", "1", "--testTimeout", "4000", ...tests];
  const child = spawn(process.execPath, args, { cwd: folder, stdio: "ignore" });
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
    child.once("exit", (code) => {
      clearTimeout(timer);
      resolve(code === 0);
    });
  });
}

/** Puts a defect into a copy, runs the tests, and mends it again. */
async function isNoticed(folder: string, defect: Defect): Promise<boolean> {
  const file = join(folder, defect.file);
  const text = readFileSync(file, "utf8");
  if (text.split(defect.find).length !== 2) {
    throw new Error(`${defect.file} does not have once:\n${defect.find}`);
  }
  writeFileSync(
    file,
    text.replace(defect.find, () => defect.put),
  );
  try {
    return !(await passes(folder, defect.by)) || !(await passes(folder, ["test/runtime"]));
  } finally {
    writeFileSync(file, text);
  }
}

const open = [...DEFECTS];
const unnoticed: Defect[] = [];

/** Works off what is open, in a copy of its own. */
async function work(): Promise<void> {
  const folder = copy();
  try {
    for (let defect = open.shift(); defect !== undefined; defect = open.shift()) {
      const noticed = await isNoticed(folder, defect);
      if (!noticed) unnoticed.push(defect);
      process.stdout.write(`${noticed ? "noticed" : "UNNOTICED"}: ${defect.says}\n`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await Promise.all(Array.from({ length: Math.max(1, cpus().length) }, work));
const noticed = DEFECTS.length - unnoticed.length;
process.stdout.write(`${noticed} of ${DEFECTS.length} defects were noticed\n`);
for (const { file, says } of unnoticed) process.stderr.write(`unnoticed in ${file}: ${says}\n`);
if (unnoticed.length > 0) process.exitCode = 1;
