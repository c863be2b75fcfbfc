/** Exit codes, the same for every command. */
import { OutputError } from "../generator/write.js";
import { InputError } from "../trace/input.js";

/** What each exit code means. */
export const EXIT = { done: 0, findings: 1, usage: 2, input: 3, environment: 4, bug: 5 } as const;

/** Says what went wrong, and returns the exit code for it. */
export async function fail(error: unknown): Promise<number> {
  if (error instanceof OutputError) {
    process.stderr.write(`wskit: ${error.message}\n`);
    return EXIT.environment;
  }
  if (error instanceof InputError) {
    process.stderr.write(`wskit: ${error.message}\n`);
    return EXIT.input;
  }
  if (error instanceof Error && "code" in error && "syscall" in error) {
    process.stderr.write(`wskit: ${error.message}\n`);
    return EXIT.environment;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`wskit: this is a bug of wskit, please report it:\n${text}\n`);
  return EXIT.bug;
}
