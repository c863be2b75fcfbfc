/** How far a run has come, on a terminal. */

/** Tells people how many lines were read. */
export interface Progress {
  at(line: number): void;
  done(): void;
}

/** Often enough to see that it goes on, in milliseconds. */
const EVERY = 250;

/** Progress on stderr, where that is a terminal and the run takes long enough. */
export function progressOf(name: string): Progress {
  if (!process.stderr.isTTY) return { at: () => undefined, done: () => undefined };
  let next = Date.now() + EVERY;
  let isShown = false;
  const clear = (): void => {
    if (isShown) process.stderr.write("\r\u001B[2K");
    isShown = false;
  };
  return {
    at: (line) => {
      const now = Date.now();
      if (now < next) return;
      next = now + EVERY;
      clear();
      process.stderr.write(`${name}: ${line.toLocaleString("en-US")} lines`);
      isShown = true;
    },
    done: clear,
  };
}
