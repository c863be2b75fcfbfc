/**
 * The only part of the generator that writes. The output folder is replaced as a whole: everything
 * is staged beside it, then two renames swap the folders. A run that is killed leaves the old
 * folder or the new one; between the two renames it leaves the old one under another name, which
 * the next run puts back. A lock beside the folder keeps runs apart.
 */
import { lstat, mkdir, readdir, readFile, realpath, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, parse, resolve, sep } from "node:path";
import { locked, OutputError } from "./lock.js";

/** Text by path below the output folder, with forward slashes. */
export type Files = ReadonlyMap<string, string>;

export { OutputError } from "./lock.js";

/** The file that lists what the generator owns. */
export const MANIFEST = ".wskit";

/** A difference between the output folder and what belongs there. */
export interface Difference {
  readonly path: string;
  readonly kind: "missing" | "changed" | "extra";
  readonly old: string;
  readonly new: string;
}

/** Compares a folder with what belongs there; of foreign files, only a stale one of ours counts. */
export async function compare(folder: string, files: Files): Promise<Difference[]> {
  const wanted = withManifest(files);
  const found = await filesBelow(folder);
  const differences: Difference[] = [];
  for (const [path, text] of wanted) {
    const old = found.has(path) ? await readFile(join(folder, path), "utf8") : undefined;
    if (old === text) continue;
    differences.push({
      path,
      kind: old === undefined ? "missing" : "changed",
      old: old ?? "",
      new: text,
    });
  }
  for (const path of found) {
    if (wanted.has(path)) continue;
    differences.push({
      path,
      kind: "extra",
      old: await readFile(join(folder, path), "utf8"),
      new: "",
    });
  }
  return differences.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * Makes a folder hold exactly these files. Returns what it changed; nothing where all was there.
 */
export async function write(folder: string, files: Files): Promise<Difference[]> {
  const target = resolve(folder);
  await refuseUnsafe(target);
  await mkdir(dirname(target), { recursive: true });
  return locked(lockOf(target), async () => {
    await putBack(target);
    const differences = await compare(target, files);
    if (differences.length === 0) return [];
    await refuseForeign(target, files);
    const stage = `${beside(target)}stage-${process.pid}`;
    try {
      await fill(stage, withManifest(files));
      await swap(stage, target);
    } catch (error) {
      await rm(stage, { recursive: true, force: true });
      throw error;
    }
    return differences;
  });
}

async function fill(stage: string, files: Files): Promise<void> {
  await mkdir(stage);
  for (const [path, text] of files) {
    await mkdir(dirname(join(stage, path)), { recursive: true });
    await writeFile(join(stage, path), text);
  }
}

async function swap(stage: string, target: string): Promise<void> {
  const old = `${beside(target)}old-${process.pid}`;
  if (!(await exists(target))) return rename(stage, target);
  await rename(target, old);
  try {
    await rename(stage, target);
  } catch (error) {
    await rename(old, target);
    throw error;
  }
  await rm(old, { recursive: true, force: true });
}

/** Puts an old folder back that a killed run left behind, and removes what else it left. */
export async function recover(folder: string): Promise<void> {
  const target = resolve(folder);
  if ((await besides(target)).length > 0) await locked(lockOf(target), () => putBack(target));
}

/** Nobody else writes: whatever lies beside the folder was left by a run that is gone. */
async function putBack(target: string): Promise<void> {
  for (const path of await besides(target)) {
    const kind = basename(path).slice(basename(beside(target)).length);
    if (kind.startsWith("old-") && !(await exists(target))) await rename(path, target);
    else if (/^(?:old|stage)-/.test(kind)) await rm(path, { recursive: true, force: true });
  }
}

/** What runs make beside the folder: the lock, the stage and the old folder. */
async function besides(target: string): Promise<string[]> {
  const parent = dirname(target);
  const names = (await exists(parent)) ? await readdir(parent) : [];
  const prefix = basename(beside(target));
  return names
    .filter((name) => name.startsWith(prefix))
    .sort()
    .map((name) => join(parent, name));
}

const beside = (target: string): string => join(dirname(target), `.${basename(target)}.wskit-`);
const lockOf = (target: string): string => `${beside(target)}lock`;

/** The path without links; the part of it that is not there yet stays as it is. */
export async function realPath(path: string): Promise<string> {
  const absolute = resolve(path);
  if (await exists(absolute)) return realpath(absolute).catch(() => absolute);
  const parent = dirname(absolute);
  return parent === absolute ? absolute : join(await realPath(parent), basename(absolute));
}

/** Roots, the working folder, its parents and links are no output folders. */
async function refuseUnsafe(target: string): Promise<void> {
  const here = await realPath(process.cwd());
  const real = join(await realPath(dirname(target)), basename(target));
  if (real === parse(real).root || here === real || here.startsWith(real + sep)) {
    throw new OutputError(
      `${target} holds more than generated files; name a folder for them alone`,
    );
  }
  if (!(await exists(target))) return;
  const stat = await lstat(target);
  if (!stat.isDirectory()) throw new OutputError(`${target} is not a folder`);
}

/** Files that no earlier run has written are somebody's work: the folder is left alone. */
async function refuseForeign(target: string, files: Files): Promise<void> {
  const found = await filesBelow(target);
  if (found.size === 0) return;
  const read = (path: string): Promise<string> => readFile(join(target, path), "utf8");
  const listed = found.has(MANIFEST) ? (await read(MANIFEST)).split("\n") : [];
  const owned = new Set([MANIFEST, ...listed]);
  const foreign: string[] = [];
  for (const path of [...found].sort()) {
    const isSame = listed.length > 0 && files.has(path) && (await read(path)) === files.get(path);
    if (!owned.has(path) && !isSame) foreign.push(path);
  }
  if (foreign.length === 0) return;
  const list = foreign.slice(0, 5).join(", ");
  throw new OutputError(
    `${target} holds files that wskit has not written (${list}${foreign.length > 5 ? ", …" : ""}); ` +
      "move them away, or name another folder",
  );
}

function withManifest(files: Files): Files {
  const paths = [...files.keys()].sort();
  const text = `Files in this folder that wskit generates, and may replace or remove:\n${paths.join("\n")}\n`;
  return new Map([...files, [MANIFEST, text]]);
}

async function filesBelow(folder: string): Promise<Set<string>> {
  if (!(await exists(folder))) return new Set();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found = new Set<string>();
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name)
      .slice(folder.length + 1)
      .split(sep)
      .join("/");
    if (entry.isSymbolicLink())
      throw new OutputError(`${join(folder, path)} is a link; wskit follows none`);
    if (!entry.isDirectory()) found.add(path);
  }
  return found;
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
    throw error;
  }
}
