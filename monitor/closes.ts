/** Functions that end a socket. */

/** The parameter of the socket that a function closes: a happening of its own, no other call. */
export const closedBy = (name: string): string | null => CLOSES.get(name) ?? null;

const CLOSES: ReadonlyMap<string, string> = new Map([
  ["WskCloseSocket", "Socket"],
  ["WSPCloseSocket", "s"],
]);
