/** Cold start: what an import costs in a fresh process, the subjects taking turns. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { median } from "./measure.js";

/** One subject: the import alone, in milliseconds, and how much that is above an empty module. */
export interface Cold {
  readonly name: string;
  readonly milliseconds: number;
  readonly above: number;
}

const ROUNDS = 15;

/** The script of a fresh process: it prints the milliseconds of one import. */
const script = (url: string): string =>
  `const t = performance.now(); await import(${JSON.stringify(url)}); process.stdout.write(String(performance.now() - t));`;

function once(url: string): number {
  const args = ["--input-type=module", "-e", script(url)];
  const { stdout, status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`The import of ${url} failed:\n${stderr}`);
  return Number(stdout);
}

/** Imports each subject in fresh processes, the first being an empty module. */
export function measureCold(): Cold[] {
  const empty = new URL("built/empty.mjs", import.meta.url);
  writeFileSync(empty, "export {};\n");
  const zod = createRequire(import.meta.url).resolve("zod");
  const urls = {
    "an empty module": empty.href,
    "wskit/is": new URL("../dist/is.js", import.meta.url).href,
    "wskit/checks": new URL("../dist/checks.js", import.meta.url).href,
    wskit: new URL("../dist/index.js", import.meta.url).href,
    zod: pathToFileURL(zod.replace(/\.cjs$/, ".js")).href,
  };
  const taken = Object.entries(urls).map(([name, url]) => ({ name, url, times: [] as number[] }));
  for (let round = 0; round < ROUNDS; round++) {
    for (const { url, times } of taken) times.push(once(url));
  }
  const base = median(taken[0]?.times ?? []);
  return taken.map(({ name, times }) => {
    const milliseconds = median(times);
    return { name, milliseconds, above: milliseconds - base };
  });
}
