/** Who is told what the runtime does: at most one at a time; where nobody is, it costs nothing. */
import { isTold, parametersOf } from "./parameters.js";

/** Is told of calls, completions, and what happens to objects. */
export interface Observer {
  /** A function is called; returns the number under which its end is told. */
  readonly enter: (name: string, args: Readonly<Record<string, unknown>>) => number;
  /** It has returned. */
  readonly leave: (
    call: number,
    returned: unknown,
    args: Readonly<Record<string, unknown>>,
  ) => void;
  /** It has thrown: what it was asked for was not done. */
  readonly refuse: (call: number, error: unknown) => void;
  readonly happened: (event: Happened, object: object) => void;
  /** It was to happen, and was refused. */
  readonly refusedTo: (object: object, error: unknown) => void;
  readonly completed: (irp: object, status: number, information: number) => void;
  readonly routine: (irp: object, returned: number) => void;
  /** An overlapped operation is over: the switch is told of it, or nobody is. */
  readonly ended: (overlapped: object, how: Ended) => void;
  readonly result: (overlapped: object, bytes: number) => void;
}

/** What may happen to an IRP or MDL. */
export type Happened = "free" | "unlock" | "reuse" | "cancel" | "mark-pending" | "pass-on";

/** How an overlapped operation ended. */
export interface Ended {
  readonly error: number;
  readonly bytes: number;
  readonly isNotified: boolean;
}

let observer: Observer | null = null;

/** The observer; null where there is none. */
export const observing = (): Observer | null => observer;

/** From now on this one is told. Throws where there is one. */
export function observe(next: Observer): void {
  if (observer !== null) throw new Error("the runtime is being watched already: stop that first");
  observer = next;
}

/** Nobody is told any more. */
export function observeNoMore(): void {
  observer = null;
}

/** A table whose calls are told, where somebody is there to be told when it is made. */
export function observedTable<T extends object>(table: T): T {
  if (observer === null) return table;
  const entries = Object.entries(table).map(([name, of]: [string, unknown]) => [
    name,
    isFunction(of) ? observedCall(name, of) : of,
  ]);
  return Object.fromEntries(entries) as T;
}

/** Has calls of methods told, where somebody is there to be told when the object is made. */
export function observeMethods<T extends object>(
  object: T,
  names: readonly (keyof T & string)[],
): void {
  if (observer === null) return;
  for (const name of names) {
    const of: unknown = object[name];
    if (!isFunction(of)) continue;
    const value = observedCall(name, (...args: unknown[]) => of.apply(object, args));
    Object.defineProperty(object, name, { value });
  }
}

/** The same for a function. */
export function observedCall<A extends readonly unknown[], R>(
  name: string,
  call: (...args: A) => R,
): (...args: A) => R {
  if (observer === null || !isTold(name) || told.has(call)) return call;
  const parameters = parametersOf(name);
  const telling = (...values: A): R => {
    const to = observer;
    if (to === null) return call(...values);
    const args = Object.fromEntries(parameters.map((parameter, i) => [parameter, values[i]]));
    const id = to.enter(name, args);
    let returned: R;
    try {
      returned = call(...values);
    } catch (error) {
      to.refuse(id, error);
      throw error;
    }
    to.leave(id, returned, args);
    return returned;
  };
  told.add(telling);
  return telling;
}

/** Functions that tell already: a table may take them from another one. */
const told = new WeakSet<object>();

const isFunction = (value: unknown): value is (...args: unknown[]) => unknown =>
  typeof value === "function";

/** Does something to an object; it is told where that succeeds, and where it is refused. */
export function done<O extends object, T>(event: Happened, object: O, work: (object: O) => T): T {
  const to = observer;
  if (to === null) return work(object);
  let result: T;
  try {
    result = work(object);
  } catch (error) {
    to.refusedTo(object, error);
    throw error;
  }
  to.happened(event, object);
  return result;
}
