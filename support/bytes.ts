/** Memory, told from what only looks like it. */

/** Memory of no length. */
export const NO_BYTES: Uint8Array = /* @__PURE__ */ new Uint8Array();

/** A getter that every typed array inherits, as a function: an own property cannot stand before. */
function inherited<T>(name: PropertyKey): (of: unknown) => T {
  const prototype: object = Object.getPrototypeOf(Uint8Array.prototype);
  const getter = Object.getOwnPropertyDescriptor(prototype, name)?.get as () => T;
  return Function.prototype.call.bind(getter) as (of: unknown) => T;
}

const tagOf = /* @__PURE__ */ inherited<string | undefined>(Symbol.toStringTag);

/** How many bytes there are in memory, whatever its own `length` says. */
export const lengthOf: (bytes: Uint8Array) => number = /* @__PURE__ */ inherited<number>("length");

/**
 * True for a real Uint8Array, a Buffer, or one of another realm; a prototype trick does not pass.
 */
export function isBytes(value: unknown): value is Uint8Array {
  return tagOf(value) === "Uint8Array";
}
