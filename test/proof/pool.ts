/**
 * Values that a fault may put anywhere: boundaries of every width, and chameleons, which look like
 * something that they are not. Each is made anew, so that no judge sees what another one has done.
 */
import { runInNewContext } from "node:vm";

/** A value with a name for messages. */
export interface Fault {
  readonly name: string;
  readonly make: () => unknown;
}

const constants: readonly unknown[] = [
  undefined, null, true, false, "", "0", "1", "x", "\u202e", Number.NaN, Infinity, -Infinity,
  0, -0, 1, -1, 0.5, 2, 3, 4, 14, 15, 16, 17, 26, 28, 63, 64, 65, 255, 256, 127, 128, -128, -129,
  32767, 32768, -32768, -32769, 65535, 65536, 2 ** 31 - 1, 2 ** 31, -(2 ** 31), -(2 ** 31) - 1,
  2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1, 2 ** 53, -(2 ** 53), 1e300, 0n, 1n, -1n, 259n, 259,
  2n ** 31n, 2n ** 32n - 1n, 2n ** 32n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n, 2n ** 64n, -(2n ** 64n),
]; // prettier-ignore

const nameOf = (value: unknown): string =>
  typeof value === "bigint"
    ? `${value}n`
    : Object.is(value, -0)
      ? "-0"
      : `${typeof value} ${String(value)}`;

/** TypeScript's library has no buffers that grow yet. */
const growing = (length: number, maxByteLength: number): ArrayBuffer =>
  Reflect.construct(ArrayBuffer, [length, { maxByteLength }]) as ArrayBuffer;

const odd: Readonly<Record<string, () => unknown>> = {
  symbol: () => Symbol("x"),
  function: () => () => 0,
  "empty object": () => ({}),
  "object without prototype": () => Object.create(null),
  "boxed number": () => Object(1),
  "boxed bigint": () => Object(1n),
  date: () => new Date(0),
  map: () => new Map(),
  "empty array": () => [],
  "array with fields": () => Object.assign([], { value: 0, len: 0, buf: null, Next: null }),
  "array with a hole": () => Object.assign([], { length: 2 }),
  "array of null": () => [null],
  "frozen object": () => Object.freeze({ value: 0 }),
  cell: () => ({ value: 0 }),
  "cell without a value": () => ({ value: undefined }),
  "inherited cell": () => Object.create({ value: 0 }),
  "no bytes": () => new Uint8Array(),
  "1 byte": () => new Uint8Array(1),
  "14 bytes": () => new Uint8Array(14),
  "26 bytes": () => new Uint8Array(26),
  "a Buffer": () => Buffer.alloc(64),
  "bytes of another realm": () => runInNewContext("new Uint8Array(64)"),
  "array of another realm": () => runInNewContext("[]"),
  "clamped bytes": () => new Uint8ClampedArray(64),
  "16-bit numbers": () => new Uint16Array(64),
  "16-bit numbers in disguise": () => Object.setPrototypeOf(new Uint16Array(64), Uint8Array.prototype),
  "a trick with the prototype": () => Object.create(Uint8Array.prototype),
  "bytes that claim to be more": () => Object.defineProperty(new Uint8Array(4), "length", { value: 1000 }),
  "bytes that claim to be none": () => Object.defineProperty(new Uint8Array(64), "length", { value: 0 }),
  "detached bytes": () => {
    const bytes = new Uint8Array(64);
    structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
    return bytes;
  },
  "bytes of a buffer that grows": () => new Uint8Array(growing(8, 64)),
  "a view": () => new DataView(new ArrayBuffer(64)),
  "a buffer": () => new ArrayBuffer(64),
  "a proxy of bytes": () => new Proxy(new Uint8Array(64), {}),
  "a proxy of an object": () => new Proxy({ value: 0 }, {}),
  "an object called Uint8Array": () => ({ [Symbol.toStringTag]: "Uint8Array", length: 64 }),
  "a thing that turns into 0": () => ({ valueOf: () => 0, [Symbol.toPrimitive]: () => 0 }),
  "a WSABUF": () => ({ len: 1, buf: new Uint8Array(1) }),
  "two WSABUF": () => [{ len: 1, buf: new Uint8Array(1) }, { len: 0, buf: null }],
  "an MDL": () => ({ Next: null, MdlFlags: 4, MappedSystemVa: new Uint8Array(8), ByteCount: 8 }),
  "an MDL that comes back to itself": () => {
    const mdl = { Next: null as unknown, MdlFlags: 4, MappedSystemVa: new Uint8Array(8), ByteCount: 8 };
    mdl.Next = mdl;
    return mdl;
  },
}; // prettier-ignore

/** All of them. */
export const POOL: readonly Fault[] = [
  ...constants.map((value) => ({ name: nameOf(value), make: () => value })),
  ...Object.entries(odd).map(([name, make]) => ({ name, make })),
];

/** Values that throw when they are looked at: a judge says so, and goes on. */
export const THROWING: readonly Fault[] = [
  {
    name: "a revoked proxy",
    make: () => {
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      return proxy;
    },
  },
  {
    name: "a proxy that throws",
    make: () =>
      new Proxy(
        {},
        {
          get: () => {
            throw new Error("get");
          },
        },
      ),
  },
  {
    name: "a getter that throws in each field",
    make: () => {
      const fields = [
        "value",
        "len",
        "Next",
        "Mdl",
        "Dispatch",
        "IoStatus",
        "Internal",
        "sa_family",
      ];
      const thrower = {
        get: (): never => {
          throw new Error("get");
        },
      };
      return Object.defineProperties({}, Object.fromEntries(fields.map((key) => [key, thrower])));
    },
  },
];
