/** Code of others that the runtime calls back: what it throws stops nothing, and is not lost. */

const throwLater = (error: unknown): void =>
  queueMicrotask(() => {
    throw error;
  });

let onError: (error: unknown) => void = throwLater;

/**
 * Decides what happens to errors of completion routines and upcalls; `null` restores the default,
 * which is to throw them where nobody catches them. Returns the handler before.
 */
export function setRoutineErrorHandler(
  handler: ((error: unknown) => void) | null,
): (error: unknown) => void {
  const before = onError;
  onError = handler ?? throwLater;
  return before;
}

/** Tells the handler of an error; what the handler throws comes later too. */
export function reportError(error: unknown): void {
  try {
    onError(error);
  } catch (worse) {
    throwLater(worse);
  }
}

/** Runs work that may throw; the handler is told. */
export function attempt(work: () => void): void {
  try {
    work();
  } catch (error) {
    reportError(error);
  }
}
