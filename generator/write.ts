/**
 * The only part of the generator that writes. The output folder is replaced as a whole: everything
 * is staged beside it, then two renames swap the folders. A run that is killed leaves the old
 * folder or the new one; between the two renames it leaves the old one under another name, which
 * the next run puts back.
 */
import { lstat, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, parse, resolve, sep } from "node:path";

/** Text by path below the output folder, with forward slashes. */
export type Files = ReadonlyMap<string, string>;

/** The output folder cannot be used; nothing was changed. */
export class OutputError extends Error {
  override readonly name = "OutputError";
}

/** The first line of the file that lists what the generator owns. */
const MANIFEST = ".wskit";

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
  await recover(target);
  const differences = await compare(target, files);
  if (differences.length === 0) return [];
  await refuseForeign(target, files);
  await mkdir(dirname(target), { recursive: true });
  const stage = await mkdtemp(`${beside(target)}stage-${process.pid}-`);
  try {
    for (const [path, text] of withManifest(files)) {
      await mkdir(dirname(join(stage, path)), { recursive: true });
      await writeFile(join(stage, path), text);
    }
    await swap(stage, target);
  } catch (error) {
    await rm(stage, { recursive: true, force: true });
    throw error;
  }
  return differences;
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
  const prefix = basename(beside(target));
  const siblings = (await exists(dirname(target))) ? await readdir(dirname(target)) : [];
  for (const name of siblings.filter((sibling) => sibling.startsWith(prefix)).sort()) {
    const [, kind, pid] = /^(old|stage)-(\d+)/.exec(name.slice(prefix.length)) ?? [];
    if (kind === undefined || isAlive(Number(pid))) continue;
    const path = join(dirname(target), name);
    if (kind === "old" && !(await exists(target))) await rename(path, target);
    else await rm(path, { recursive: true, force: true });
  }
}

const beside = (target: string): string => join(dirname(target), `.${basename(target)}.wskit-`);

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Roots, the working folder, its parents and links are no output folders. */
async function refuseUnsafe(target: string): Promise<void> {
  const here = process.cwd();
  if (target === parse(target).root || here === target || here.startsWith(target + sep)) {
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
  const listed = found.has(MANIFEST)
    ? (await readFile(join(target, MANIFEST), "utf8")).split("\n")
    : [];
  const owned = new Set([MANIFEST, ...listed, ...(listed.length > 0 ? files.keys() : [])]);
  const foreign = [...found].filter((path) => !owned.has(path)).sort();
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
