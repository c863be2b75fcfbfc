/** Calls on which every subject must give the same verdict before anything is measured. */
import { runInNewContext } from "node:vm";
import type { Arguments, CallName } from "./scenarios.js";
import { CALLS, SCENARIOS, wskSend, wskSendEx, wskSendTo, wspSend } from "./scenarios.js";

/** One call of the battery. */
export interface Variant {
  /** For instance `WSPSend lpBuffers.1.len = -1`. */
  readonly name: string;
  readonly call: CallName;
  readonly valid: boolean;
  readonly args: unknown;
  /** The kind of trap, for calls that may take a subject in. */
  readonly trap?: string;
}

/** Values by path: `lpBuffers.1.len`. */
type Changes = readonly (readonly [path: string, ...values: unknown[]])[];

const BASES: Readonly<Record<CallName, () => Arguments>> = {
  WSPSend: () => wspSend(3),
  WskSend: () => wskSend(3),
  WskSendTo: () => wskSendTo(),
  WskSendEx: () => wskSendEx(),
};

const MAX_64 = 0xffff_ffff_ffff_ffffn;
const routine = (): void => undefined;
const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);

/** A header whose cmsg_len is `length`, and data up to `size` bytes. */
function control(length: number, size: number): Uint8Array {
  const made = new Uint8Array(size);
  made[0] = length;
  return made;
}

function cyclicMdl(): Arguments {
  const base = wskSend(1);
  const { Mdl } = base["Buffer"] as { Mdl: Arguments };
  Mdl["Next"] = Mdl;
  return Mdl;
}

/** What looks like memory by its prototype only. */
const impostor = (): object => Object.create(Uint8Array.prototype) as object;

/** Memory of so many bytes that says it had `length`. */
const lying = (size: number, length: number): Uint8Array =>
  Object.defineProperty(new Uint8Array(size), "length", { value: length });

/** Memory that another realm made, whose Uint8Array is not ours. */
const foreign = (size: number): unknown => runInNewContext(`new Uint8Array(${size})`);

/** An object that throws when it is read. */
const unreadable = (): object => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};

const BAD_WIDE: readonly unknown[] = [-1, 0.5, 2 ** 53, -1n, MAX_64 + 1n, "1", null, undefined];
const BAD_U32: readonly unknown[] = [-1, 1.5, 2 ** 32, NaN, "1", 1n, null, undefined];
const BAD_MEMORY: readonly unknown[] = [
  [1, 2],
  new Uint16Array(64),
  new ArrayBuffer(64),
  undefined,
];

const WSP_KEEPS: Changes = [
  ["s", 0, 2 ** 53 - 1, 2n ** 63n],
  ["lpBuffers.1", { len: 0, buf: null }],
  ["dwBufferCount", 0, 2],
  ["lpBuffers.1.len", 0, 129],
  ["lpNumberOfBytesSent.value", 2 ** 32 - 1],
  ["lpOverlapped", null],
  ["lpOverlapped.hEvent", 5n, MAX_64],
  ["lpThreadId", null],
  ["lpErrno.value", -(2 ** 31), 2 ** 31 - 1],
];

const WSP_BREAKS: Changes = [
  ["s", ...BAD_WIDE, MAX_64],
  ["lpBuffers", null, {}, [null], [[]], [{ len: 1, buf: null }]],
  ["lpBuffers.1", undefined, 7],
  ["lpBuffers.1.len", ...BAD_U32, 130],
  ["lpBuffers.2.buf", ...BAD_MEMORY, new Uint8Array(3)],
  ["dwBufferCount", ...BAD_U32, 4],
  ["lpNumberOfBytesSent", null, undefined, 0, [0]],
  ["lpNumberOfBytesSent.value", -1, "0", undefined],
  ["dwFlags", 1, 0x8000, -1, "0", null],
  ["lpOverlapped", undefined, 0, []],
  ["lpOverlapped.Internal", -1, 259, 259n],
  ["lpOverlapped.Offset", -1, 2 ** 32],
  ["lpOverlapped.hEvent", null, MAX_64 + 1n],
  ["lpCompletionRoutine", routine, undefined, 0],
  ["lpThreadId", undefined, 3],
  ["lpThreadId.Reserved", -1],
  ["lpErrno", null, undefined, []],
  ["lpErrno.value", 2 ** 31, -(2 ** 31) - 1, 0.5, "0", undefined],
];

const WSK_KEEPS: Changes = [
  ["Buffer.Length", 0, 0n, 1024n],
  ["Buffer.Offset", 0],
  ["Buffer", { Mdl: null, Offset: 9, Length: 0 }],
  ["Buffer.Mdl.MdlFlags", 0x10, 0x4],
  ["Irp.StackCount", 4, 127],
  ["Irp.CurrentLocation", 2, 5],
  ["Irp", { ...(wskSend(1)["Irp"] as object), StackCount: 127, CurrentLocation: 127 }],
  ["Irp.IoStatus.Information", MAX_64],
];

const WSK_BREAKS: Changes = [
  ["Socket", null, undefined, 4, []],
  ["Socket.Dispatch", null, undefined, 1, [], routine],
  ["Buffer", null, undefined, [], { Mdl: null, Offset: 0, Length: 1 }],
  ["Buffer.Mdl", undefined, {}, []],
  ["Buffer.Mdl.Next", undefined, 0, {}],
  ["Buffer.Mdl.MdlFlags", 0, 1, 2 ** 15, "2"],
  ["Buffer.Mdl.MappedSystemVa", ...BAD_MEMORY, null, new Uint8Array(9)],
  ["Buffer.Mdl.ByteCount", -1, 2 ** 32, 1n, 4096],
  ["Buffer.Offset", -1, 2 ** 32, 1025, "0"],
  ["Buffer.Length", -1, 3 * 1024 + 1, MAX_64, MAX_64 + 1n, null],
  ["Flags", -1, 1, 4, 2 ** 32, 2 ** 32 + 2, "0"],
  ["Irp", null, undefined, []],
  ["Irp.IoStatus.Status", 2 ** 31, "0", undefined],
  ["Irp.IoStatus.Information", -1, undefined],
  ["Irp.PendingReturned", 0, undefined],
  ["Irp.StackCount", 128, -129, 0.5, 3, -1],
  ["Irp.CurrentLocation", 1, -1, 128, 6, 127],
  ["Irp.Cancel", null],
];

const CONTROL_KEEPS: Changes = [
  ["ControlInfoLength", 0],
  ["ControlInfo", new Uint8Array(64).fill(24, 0, 1).fill(40, 24, 25), control(17, 24)],
];

/** Control data objects of 24 bytes whose cmsg_len lies. */
const BAD_OBJECTS: readonly Uint8Array[] = [
  control(15, 24),
  control(25, 24),
  control(0, 24),
  bytes(24, 0, 0, 0, 1, ...Array<number>(19).fill(0)),
];

const CONTROL_BREAKS: Changes = [
  ["ControlInfoLength", ...BAD_U32, 25, 15],
  ["ControlInfo", null, undefined, [24], new Uint16Array(24), bytes(24), ...BAD_OBJECTS],
];

const ADDRESS_KEEPS: Changes = [
  ["RemoteAddress", null, { sa_family: 23, sa_data: new Uint8Array(26) }],
  ["RemoteAddress.sa_family", 0, 0xffff],
];

const ADDRESS_BREAKS: Changes = [
  ["RemoteAddress", undefined, 1, [], {}],
  ["RemoteAddress", { sa_family: 23, sa_data: new Uint8Array(25) }],
  ["RemoteAddress.sa_family", -1, 0x10000, "2", undefined],
  ["RemoteAddress.sa_data", null, [1], new Uint8Array(13)],
  ["Flags", 2],
];

const KEEPS: Readonly<Record<CallName, Changes>> = {
  WSPSend: WSP_KEEPS,
  WskSend: [...WSK_KEEPS, ["Flags", 2]],
  WskSendTo: [...WSK_KEEPS, ...CONTROL_KEEPS, ...ADDRESS_KEEPS],
  WskSendEx: [...WSK_KEEPS, ...CONTROL_KEEPS, ["Flags", 2]],
};

const BREAKS: Readonly<Record<CallName, Changes>> = {
  WSPSend: WSP_BREAKS,
  WskSend: WSK_BREAKS,
  WskSendTo: [...WSK_BREAKS, ...CONTROL_BREAKS, ...ADDRESS_BREAKS],
  WskSendEx: [...WSK_BREAKS, ...CONTROL_BREAKS],
};

type Trap = readonly [kind: string, call: CallName, path: string, value: unknown];

/** Bad values that only some checkers see through; `differs` of a subject speaks of the kind. */
const TRAPS: readonly Trap[] = [
  ["sparse array", "WSPSend", "lpBuffers", Array(3)],
  ["memory by prototype", "WSPSend", "lpBuffers.0.buf", impostor()],
  ["memory by prototype", "WskSend", "Buffer.Mdl.MappedSystemVa", impostor()],
  ["memory by prototype", "WskSendTo", "ControlInfo", impostor()],
  ["array as object", "WSPSend", "lpErrno", Object.assign([], { value: 0 })],
  ["array as object", "WskSend", "Irp.IoStatus", Object.assign([], { Status: 0, Information: 0 })],
  ["function as object", "WSPSend", "lpErrno", Object.assign(() => 0, { value: 0 })],
  ["endless chain", "WskSend", "Buffer.Mdl", cyclicMdl()],
  ["length that claims more", "WSPSend", "lpBuffers.0.buf", lying(8, 1024)],
  ["length that claims more", "WskSend", "Buffer.Mdl.MappedSystemVa", lying(8, 4096)],
  ["length that claims more", "WskSendTo", "RemoteAddress.sa_data", lying(13, 14)],
  ["length that claims more", "WskSendTo", "ControlInfo", lying(16, 24)],
  ["unreadable", "WSPSend", "lpErrno", unreadable()],
  ["unreadable", "WskSend", "Irp", unreadable()],
];

/** Good values that only some checkers take for such. */
const ODD: readonly Trap[] = [
  ["length that claims less", "WSPSend", "lpBuffers.0.buf", lying(128, 8)],
  ["length that claims less", "WskSend", "Buffer.Mdl.MappedSystemVa", lying(1024, 8)],
  ["length that claims less", "WskSendTo", "RemoteAddress.sa_data", lying(14, 0)],
  ["memory of another realm", "WSPSend", "lpBuffers.0.buf", foreign(128)],
  ["memory of another realm", "WskSend", "Buffer.Mdl.MappedSystemVa", foreign(1024)],
  ["memory of another realm", "WskSendTo", "RemoteAddress.sa_data", foreign(14)],
];

/** Fresh arguments of a call with one value changed. */
function changed(call: CallName, path: string, value: unknown): Arguments {
  const args = BASES[call]();
  const keys = path.split(".");
  const last = keys.pop() ?? "";
  let at: unknown = args;
  for (const key of keys) at = Reflect.get(at as object, key);
  Reflect.set(at as object, last, value);
  return args;
}

const text = (value: unknown): string => {
  if (typeof value === "bigint") return `${value}n`;
  if (ArrayBuffer.isView(value) && "length" in value) return `${value.length} elements`;
  if (typeof value !== "object" || value === null) return String(value);
  return Array.isArray(value) ? `an array of ${value.length}` : "an object";
};

function* variantsOf(call: CallName, changes: Changes, valid: boolean): Generator<Variant> {
  for (const [path, ...values] of changes) {
    for (const [i, value] of values.entries()) {
      const name = `${call} ${path} = ${text(value)} (${i + 1})`;
      yield { name, call, valid, args: changed(call, path, value) };
    }
  }
}

function* all(): Generator<Variant> {
  for (const { name, call, valid, make } of SCENARIOS) {
    for (const i of [0, 1, 7]) yield { name: `${name} (${i})`, call, valid, args: make(i) };
  }
  for (const call of CALLS) {
    for (const [i, args] of [null, undefined, 0, "", [], {}, routine].entries()) {
      yield { name: `${call} = ${text(args)} (${i + 1})`, call, valid: false, args };
    }
    yield* variantsOf(call, KEEPS[call], true);
    yield* variantsOf(call, BREAKS[call], false);
  }
}

/** Valid calls and invalid ones, each with what wskit answers. */
export const BATTERY: readonly Variant[] = [...all()];

const trapped = (traps: readonly Trap[], valid: boolean): Variant[] =>
  traps.map(([trap, call, path, value]) => ({
    name: `${call} ${path}, ${trap}`,
    call,
    valid,
    args: changed(call, path, value),
    trap,
  }));

/** Calls by which a peer may be taken in; wskit and the floor are not. */
export const TRAPPED: readonly Variant[] = [...trapped(TRAPS, false), ...trapped(ODD, true)];
