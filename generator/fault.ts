/** Errors of the program, apart from mistakes in a schema. */

/** A bug in wskit: something that the checks before should have made impossible. */
export class Fault extends Error {
  override readonly name = "Fault";
}

/** The text of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Ends a switch over a union: the compiler proves that no case is left. */
export function never(value: never): never {
  throw new Fault(`no case for ${JSON.stringify(value)}`);
}
