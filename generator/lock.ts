/** One run at a time writes an output folder: a lock file beside it names the process. */
import { link, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

/** The output folder cannot be used; nothing was changed. */
export class OutputError extends Error {
  override readonly name = "OutputError";
}

/** How long a run waits for another one. */
const PATIENCE = 30_000;

/** How long a lock may name nobody: whoever makes it writes its number at once. */
const EMPTY = 2000;

/** The locks that this process holds. */
const held = new Set<string>();

/** Runs while no other run of this or another process does. Throws OutputError after a while. */
export async function locked<T>(
  lock: string,
  run: () => Promise<T>,
  patience = PATIENCE,
): Promise<T> {
  await take(lock, patience);
  try {
    return await run();
  } finally {
    held.delete(lock);
    await rm(lock, { force: true });
  }
}

async function take(lock: string, patience: number): Promise<void> {
  const end = Date.now() + patience;
  for (;;) {
    try {
      await writeFile(lock, String(process.pid), { flag: "wx" });
      held.add(lock);
      return;
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw error;
    }
    const owner = await readFile(lock, "utf8").catch(() => undefined);
    if (owner === undefined) continue;
    if (await isLeft(lock, owner)) await remove(lock, owner);
    else if (Date.now() > end) {
      throw new OutputError(
        `another run of wskit (process ${owner}) holds ${lock}; try again later`,
      );
    } else await sleep(20);
  }
}

/** True where whoever took the lock has gone without giving it back. */
async function isLeft(lock: string, owner: string): Promise<boolean> {
  if (owner === "") {
    const made = await stat(lock).catch(() => undefined);
    return made !== undefined && Date.now() - made.mtimeMs > EMPTY;
  }
  if (Number(owner) === process.pid) return !held.has(lock);
  try {
    process.kill(Number(owner), 0);
    return false;
  } catch (error) {
    return codeOf(error) !== "EPERM";
  }
}

/** Removes a lock that was left; puts it back where it has changed hands meanwhile. */
async function remove(lock: string, owner: string): Promise<void> {
  const aside = `${lock}-${process.pid}`;
  try {
    await rename(lock, aside);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return;
    throw error;
  }
  if ((await readFile(aside, "utf8")) !== owner) await link(aside, lock).catch(() => undefined);
  await rm(aside, { force: true });
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && "code" in error ? error.code : undefined;
