/** Where lines go: stdout, or a file that is there only once it is whole. */
import { createWriteStream, realpathSync, renameSync, rmSync, statSync } from "node:fs";
import { once } from "node:events";
import { resolve } from "node:path";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";

/** Writes text as fast as its reader takes it. */
export interface Output {
  /** False where nobody reads any more. */
  write(text: string): Promise<boolean>;
  /** All is written. */
  done(): Promise<void>;
  /** Nothing is to be left. */
  undo(): Promise<void>;
}

/** Stdout, or the file of that name. */
export const outputTo = (file: string | undefined): Output =>
  file === undefined || file === "-" ? toStdout() : toFile(file);

function toStdout(): Output {
  return {
    write: (text) => push(process.stdout, text),
    done: async () => undefined,
    undo: async () => undefined,
  };
}

function toFile(file: string): Output {
  if (isSpecial(file)) return toSpecial(file);
  const part = `${file}.${process.pid}.part`;
  const stream = createWriteStream(part);
  const opened = once(stream, "open");
  // Whoever writes meets the error.
  opened.catch(() => undefined);
  stream.on("error", () => undefined);
  return {
    write: async (text) => {
      await opened;
      return push(stream, text);
    },
    done: async () => {
      stream.end();
      await finished(stream);
      renameSync(part, file);
    },
    undo: async () => {
      stream.destroy();
      rmSync(part, { force: true });
    },
  };
}

/** True for a device or a pipe: it is written to as it is, and never replaced. */
function isSpecial(file: string): boolean {
  const found = statSync(file, { throwIfNoEntry: false });
  return found !== undefined && !found.isFile();
}

function toSpecial(file: string): Output {
  const stream = createWriteStream(file);
  let failed: Error | null = null;
  stream.on("error", (error) => (failed = error));
  return {
    write: (text) => push(stream, text),
    done: async () => {
      stream.end();
      await finished(stream);
      if (failed !== null) throw failed;
    },
    undo: async () => void stream.destroy(),
  };
}

async function push(stream: Writable, text: string): Promise<boolean> {
  if (stream.destroyed || stream.errored !== null) return gone(stream.errored);
  if (stream.write(text)) return true;
  try {
    await once(stream, "drain");
    return true;
  } catch (error) {
    return gone(error);
  }
}

/** A pipe without a reader is no mistake. */
function gone(error: unknown): false {
  if (error instanceof Error && "code" in error && error.code !== "EPIPE") throw error;
  return false;
}

/**
 * Why these files cannot be written: one would overwrite the input, or another one. Undefined where
 * they can. Each is given with the option that names it.
 */
export function collision(
  input: string,
  outputs: readonly (readonly [option: string, file: string | undefined])[],
): string | undefined {
  const taken = new Map([[input === "-" ? "" : realOf(input), "the input"]]);
  for (const [option, file] of outputs) {
    if (file === undefined || file === "-") continue;
    const other = taken.get(realOf(file));
    if (other !== undefined) return `${option}: ${file} is ${other} as well`;
    taken.set(realOf(file), `the file of ${option}`);
  }
  return undefined;
}

/** Where a file is; one that is not there yet is where its name says. */
function realOf(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return resolve(file);
  }
}
