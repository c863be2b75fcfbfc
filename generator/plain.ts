/** Plain copies of definitions: read once, so that nothing later meets a getter or a circle. */

/** Deeper data is a circle, or might as well be one. */
const DEEPEST = 200;

/** Data that cannot be copied, and where in it that shows. */
export class UnreadableError extends Error {
  readonly path: readonly (string | number)[];
  /** True where it has no end; false where reading it throws. */
  readonly isEndless: boolean;

  constructor(path: readonly (string | number)[], cause?: Error) {
    super(cause?.message);
    this.path = path;
    this.isEndless = cause === undefined;
  }
}

/** A copy of data with the same prototypes. Throws UnreadableError. */
export function plain<T>(value: T): T {
  return new Copier().copy(value, []) as T;
}

class Copier {
  /** What is shared is copied once; what is being copied holds itself. */
  readonly #done = new Map<object, object>();
  readonly #open = new Set<object>();

  copy(value: unknown, path: readonly (string | number)[]): unknown {
    if (typeof value !== "object" || value === null) return value;
    if (this.#open.has(value) || path.length > DEEPEST) throw new UnreadableError(path);
    const done = this.#done.get(value);
    if (done !== undefined) return done;
    this.#open.add(value);
    const made = Array.isArray(value)
      ? Array.from(value, (item, i) => this.copy(item, [...path, i]))
      : this.#object(value, path);
    this.#open.delete(value);
    this.#done.set(value, made);
    return made;
  }

  #object(value: object, path: readonly (string | number)[]): object {
    const made: object = Object.create(attempt(() => Object.getPrototypeOf(value), path));
    for (const key of attempt(() => Object.keys(value), path)) {
      const inner = attempt<unknown>(() => Reflect.get(value, key), [...path, key]);
      const copied = this.copy(inner, [...path, key]);
      Object.defineProperty(made, key, { value: copied, enumerable: true });
    }
    return made;
  }
}

function attempt<T>(read: () => T, path: readonly (string | number)[]): T {
  try {
    return read();
  } catch (error) {
    throw new UnreadableError(path, error instanceof Error ? error : new Error(String(error)));
  }
}
