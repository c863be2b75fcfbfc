/** A million sends leave nothing behind: no memory, no handle, and no send unaccounted for. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const child = fileURLToPath(new URL("child.ts", import.meta.url));

test.each(["memory", "node"])("on the network %s", (network) => {
  const args = ["--expose-gc", "--import", "tsx", child, network];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect(stderr).toBe("");
  const { completed, received, grown, handles } = JSON.parse(stdout);
  expect([completed, received, handles]).toEqual([1_064_000, 1_064_000 * 64, []]);
  expect(grown).toBeLessThan(1_000_000);
});
