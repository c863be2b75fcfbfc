/** The calls that are measured: valid ones, and ones with a single mistake early or late. */

/** The calls that have a floor. */
export type CallName = "WSPSend" | "WskSend" | "WskSendTo" | "WskSendEx";

/** The names of these calls, in the order of the tables. */
export const CALLS: readonly CallName[] = ["WSPSend", "WskSend", "WskSendTo", "WskSendEx"];

/** Arguments by name, which the battery of `battery.ts` spoils one by one. */
export type Arguments = Record<string, unknown>;

/** One column of the tables. */
export interface Scenario {
  /** For instance `WSPSend, 8 buffers`. */
  readonly name: string;
  readonly call: CallName;
  /** What every subject answers. */
  readonly valid: boolean;
  /** Fresh arguments; `i` changes numbers and lengths, never the shape. */
  readonly make: (i: number) => Arguments;
}

const KIB = 1024;

/** Valid arguments of WSPSend with so many buffers. */
export function wspSend(buffers: number, i = 0): Arguments {
  return {
    s: 260 + 4 * i,
    lpBuffers: Array.from({ length: buffers }, (_, n) => ({
      len: 64 + ((n + i) % 7),
      buf: new Uint8Array(128 + n),
    })),
    dwBufferCount: buffers,
    lpNumberOfBytesSent: { value: i },
    dwFlags: 0,
    lpOverlapped: { Internal: 0, InternalHigh: i, Offset: 0, OffsetHigh: i, hEvent: 0x1c4 + 4 * i },
    lpCompletionRoutine: null,
    lpThreadId: { ThreadHandle: 0x88 + i, Reserved: 0 },
    lpErrno: { value: i },
  };
}

/** A chain of MDLs of 1 KiB each, locked. */
function mdlChain(links: number, i: number): Arguments | null {
  let first: Arguments | null = null;
  for (let n = 0; n < links; n++) {
    const memory = new Uint8Array(KIB + i);
    first = { Next: first, MdlFlags: 0x2 | (n % 2), MappedSystemVa: memory, ByteCount: KIB };
  }
  return first;
}

const wskBuf = (links: number, i: number): Arguments => ({
  Mdl: mdlChain(links, i),
  Offset: i,
  Length: links * KIB - 2 * i,
});

const irp = (i: number): Arguments => ({
  IoStatus: { Status: 0 - i, Information: i },
  PendingReturned: i % 2 === 0,
  StackCount: 4 + i,
  CurrentLocation: 5 + i,
  Cancel: false,
});

/** An IP_PKTINFO: a header of 16 bytes, 8 bytes of data. */
function packetInfo(i: number): Uint8Array {
  const bytes = new Uint8Array(24);
  bytes.set([24, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 19]);
  bytes[16] = i;
  return bytes;
}

/** Valid arguments of WskSend with so many MDLs. */
export function wskSend(mdls: number, i = 0): Arguments {
  const Socket = { Dispatch: { WskCloseSocket: i } };
  return { Socket, Buffer: wskBuf(mdls, i), Flags: 2 * (i % 2), Irp: irp(i) };
}

/** Valid arguments of WskSendTo: to an IPv4 address, with one control data object. */
export function wskSendTo(i = 0): Arguments {
  const { Socket, Buffer, Irp } = wskSend(1, i);
  return {
    Socket,
    Buffer,
    Flags: 0,
    RemoteAddress: { sa_family: 2, sa_data: new Uint8Array(14).fill(i) },
    ControlInfoLength: 24,
    ControlInfo: packetInfo(i),
    Irp,
  };
}

/** Valid arguments of WskSendEx, with one control data object. */
export function wskSendEx(i = 0): Arguments {
  const { Socket, Buffer, Flags, Irp } = wskSend(1, i);
  return { Socket, Buffer, Flags, ControlInfoLength: 24, ControlInfo: packetInfo(i), Irp };
}

/** The same object with one value changed, so that its shape stays that of the valid call. */
const changed = (args: Arguments, key: string, value: unknown): Arguments => {
  args[key] = value;
  return args;
};

/** The first argument, which no checker gets past. */
const badFirst = (i: number): Arguments => changed(wspSend(8, i), "s", -1 - i);

/** The last argument; whatever stands before it is right. */
const badErrno = (i: number): Arguments =>
  changed(wspSend(8, i), "lpErrno", { value: 2 ** 31 + i });

/** The last rule: the cmsg_len of the control data object is more than there is. */
function badControl(i: number): Arguments {
  const bytes = packetInfo(i);
  bytes[0] = 25 + i;
  return changed(wskSendTo(i), "ControlInfo", bytes);
}

/** All columns: first the valid calls, then the mistakes. */
export const SCENARIOS: readonly Scenario[] = [
  { name: "WSPSend, 1 buffer", call: "WSPSend", valid: true, make: (i) => wspSend(1, i) },
  { name: "WSPSend, 8 buffers", call: "WSPSend", valid: true, make: (i) => wspSend(8, i) },
  { name: "WSPSend, 64 buffers", call: "WSPSend", valid: true, make: (i) => wspSend(64, i) },
  { name: "WskSend, 1 MDL", call: "WskSend", valid: true, make: (i) => wskSend(1, i) },
  { name: "WskSend, 8 MDLs", call: "WskSend", valid: true, make: (i) => wskSend(8, i) },
  { name: "WskSendTo", call: "WskSendTo", valid: true, make: wskSendTo },
  { name: "WskSendEx", call: "WskSendEx", valid: true, make: wskSendEx },
  { name: "WSPSend, first wrong", call: "WSPSend", valid: false, make: badFirst },
  { name: "WSPSend, last wrong", call: "WSPSend", valid: false, make: badErrno },
  { name: "WskSendTo, last wrong", call: "WskSendTo", valid: false, make: badControl },
];
