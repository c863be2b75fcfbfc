/** Every place in the arguments of a call where a fault may be put. */
import type { CallData } from "../vectors.js";
import { baseArgs, exampleArgs, exampleOf, schema } from "../vectors.js";
import { cases } from "../examples.js";

/** The way to a value: the last key is replaced. */
export type Way = readonly (string | number)[];

/** A valid call, made anew each time. */
export interface Base {
  readonly name: string;
  readonly make: () => Record<string, unknown>;
}

/** The base call, every accepted example of every rule about arguments, and what no example has. */
export function basesOf(call: CallData): Base[] {
  const accepted = cases.filter(
    (one) =>
      one.call === call && one.rule.seenBy === "arguments" && one.rule.check.kind !== "lifetime",
  );
  return [
    { name: "base", make: () => baseArgs(call) },
    ...call.params
      .filter(({ name, optional }) => optional && baseArgs(call)[name] === null)
      .map(({ name, type }) => ({
        name: `with ${name}`,
        make: () => ({ ...baseArgs(call), [name]: exampleOf(type) }),
      })),
    ...ADDRESSES.flatMap((address) => addressed(call, address)),
    ...(call.params.some(({ name }) => name === "ControlInfo") ? [roomy(call)] : []),
    ...accepted.flatMap(({ rule, under }) =>
      rule.accepts.map((example, i) => ({
        name: `${rule.id} accepts ${i}`,
        make: () => exampleArgs(call, example, under),
      })),
    ),
  ];
}

/** Control information in more memory than it fills. */
const roomy = (call: CallData): Base => ({
  name: "control information with room behind it",
  make: () => ({
    ...baseArgs(call),
    ControlInfoLength: 16,
    ControlInfo: Uint8Array.of(16, ...new Uint8Array(47)),
  }),
});

/** Addresses that no example has: of a family that no rule knows, as short as can be, or none. */
const ADDRESSES = [
  { sa_family: 1, sa_data: 0 },
  { sa_family: 1, sa_data: 20 },
  { sa_family: 2, sa_data: 14 },
  { sa_family: 23, sa_data: 26 },
  null,
];

function addressed(call: CallData, address: (typeof ADDRESSES)[number]): Base[] {
  const to = call.params.find(({ type }) =>
    schema.types.some((one) => one.name === type && one.to === "SOCKADDR"),
  );
  if (to === undefined) return [];
  const length = address === null ? 0 : address.sa_data + 2;
  const make = (): Record<string, unknown> => {
    const args = baseArgs(call);
    args[to.name] = address && { ...address, sa_data: new Uint8Array(address.sa_data) };
    return "iTolen" in args ? { ...args, iTolen: length } : args;
  };
  return [{ name: `an address ${JSON.stringify(address)}`, make }];
}

/** A call that sends 4 GB, which are the same 16 MB again and again; none where it has no MDLs. */
export function vastArgs(call: CallData): Record<string, unknown> | undefined {
  const MappedSystemVa = new Uint8Array(2 ** 24);
  let Mdl: unknown = null;
  for (let i = 0; i < 256; i++) {
    Mdl = { Next: Mdl, MdlFlags: 4, MappedSystemVa, ByteCount: MappedSystemVa.length };
  }
  const data = { Mdl, Offset: 0, Length: 2 ** 32 };
  const args = baseArgs(call);
  if ("Buffer" in args) return { ...args, Buffer: data };
  return "BufferList" in args ? { ...args, BufferList: { Next: null, Buffer: data } } : undefined;
}

/** The ways to all values below `value`: properties and elements, each object once. */
export function waysIn(value: unknown, way: Way = [], met = new Set<unknown>()): Way[] {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return [];
  if (met.has(value)) return [];
  met.add(value);
  return Object.entries(value).flatMap(([key, inner]) => {
    const here = [...way, Array.isArray(value) ? Number(key) : key];
    return [here, ...waysIn(inner, here, met)];
  });
}

/** The value at the end of a way. */
export const valueAt = (args: unknown, way: Way): unknown =>
  way.reduce<unknown>((of, key) => Reflect.get(Object(of), key), args);

/** The whole with another value at the end of a way, which may be all of it. */
export function withAt(whole: unknown, way: Way, value: unknown): unknown {
  if (way.length === 0) return value;
  put(Object(whole) as object, way, value);
  return whole;
}

/** Puts a value at the end of a way. Nothing happens where the way has been cut off meanwhile. */
export function put(args: object, way: Way, value: unknown): void {
  let at: unknown = args;
  for (const key of way.slice(0, -1))
    at = typeof at === "object" && at !== null ? Reflect.get(at, key) : undefined;
  if (typeof at !== "object" || at === null) return;
  try {
    Object.defineProperty(at, way.at(-1) ?? "", {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  } catch {
    // What is frozen, or a typed array, stays as it is.
  }
}
