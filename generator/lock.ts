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

/** Where runs of this process stand in line: one at a time asks for a lock, and gives it back. */
const turns = new Map<string, Promise<unknown>>();

/** Runs while no other run of this or another process does. Throws OutputError after a while. */
export function locked<T>(lock: string, run: () => Promise<T>, patience = PATIENCE): Promise<T> {
  const before = turns.get(lock) ?? Promise.resolve();
  const mine = before.then(() => alone(lock, run, patience));
  const settled = mine.catch(() => undefined);
  turns.set(lock, settled);
  void settled.then(() => turns.get(lock) === settled && turns.delete(lock));
  return mine;
}

async function alone<T>(lock: string, run: () => Promise<T>, patience: number): Promise<T> {
  await take(lock, patience);
  try {
    return await run();
  } finally {
    await rm(lock, { force: true });
  }
}

async function take(lock: string, patience: number): Promise<void> {
  const end = Date.now() + patience;
  for (;;) {
    try {
      await writeFile(lock, String(process.pid), { flag: "wx" });
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
  if (Number(owner) === process.pid) return true; // it is this run's turn, so nobody here holds it
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
