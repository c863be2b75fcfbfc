/**
 * `npm run verify:nodes`: the tests of the runtime on other versions of Node, because what its
 * sockets tell of writes that were cut off differs between them. The versions come from the
 * registry, into a folder that is gone afterwards; where that cannot be, it says so and ends with 4.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const VERSIONS = [22, 24];
/** The tests of what stands on Node's own sockets. */
const TESTS = [
  "network/node", "faults", "connecting", "wsk-send", "wsp-send", "provider", "irp",
].map((name) => `test/runtime/${name}`); // prettier-ignore
const ENVIRONMENT = 4;
const root = fileURLToPath(new URL("..", import.meta.url));
const platform = `${process.platform}-${process.arch}`;

/** Installs a version of Node below a folder, and returns its binary; null where that failed. */
function install(version: number, folder: string): string | null {
  const args = [
    "install",
    "--silent",
    "--no-audit",
    `node${version}@npm:node-${platform}@${version}`,
  ];
  spawnSync("npm", args, { cwd: folder, stdio: "inherit" });
  const binary = join(folder, "node_modules", `node${version}`, "bin", "node");
  return existsSync(binary) ? binary : null;
}

/** Runs the tests on one version; false where they failed, null where there is no such version. */
function passesOn(version: number, folder: string): boolean | null {
  const binary = install(version, folder);
  if (binary === null) return null;
  process.stdout.write(`== Node ${version}\n`);
  const args = [join(root, "node_modules/vitest/vitest.mjs"), "run", ...TESTS];
  return spawnSync(binary, args, { cwd: root, stdio: "inherit" }).status === 0;
}

const folder = mkdtempSync(join(tmpdir(), "wskit-nodes-"));
writeFileSync(join(folder, "package.json"), "{}");
try {
  for (const version of VERSIONS) {
    const passes = passesOn(version, folder);
    if (passes === null) {
      process.stderr.write(`Node ${version} for ${platform} could not be installed\n`);
      process.exitCode = ENVIRONMENT;
    } else if (!passes) process.exitCode ??= 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
