/** ArkType: its types, narrowed by the relations. */
import { scope, type } from "arktype";
import type { Type } from "arktype";
import {
  hasControl,
  hasCount,
  holdsLen,
  INVALID_SOCKET,
  isFree,
  isLocked,
  isLongEnough,
  isRecord,
  liesInChain,
  standsInStack,
} from "./relations.js";
import { COMMON } from "./subject.js";
import type { Subject, Verbs } from "./subject.js";

const u32 = type("0 <= number.integer <= 4294967295");
const i32 = type("-2147483648 <= number.integer <= 2147483647");
const i8 = type("-128 <= number.integer <= 127");
const u64 = type("bigint").narrow((n) => n >= 0n && n <= INVALID_SOCKET);
const wide = u64.or("0 <= number.integer <= 9007199254740991");
const bytes = type.instanceOf(Uint8Array);
const isNull = type("null");

const WSABUF = type({ len: u32, buf: bytes.or("null") }).narrow((x) => holdsLen(x));
const WSAOVERLAPPED = type({
  Internal: wide,
  InternalHigh: wide,
  Offset: u32,
  OffsetHigh: u32,
  hEvent: wide,
}).narrow((x) => isFree(x));

const WSPSend = type({
  s: wide.narrow((s) => s !== INVALID_SOCKET),
  lpBuffers: WSABUF.array(),
  dwBufferCount: u32,
  lpNumberOfBytesSent: { value: u32 },
  dwFlags: "0",
  lpOverlapped: WSAOVERLAPPED.or("null"),
  lpCompletionRoutine: "null",
  lpThreadId: isNull.or({ ThreadHandle: wide, Reserved: wide }),
  lpErrno: { value: i32 },
}).narrow((args) => hasCount(args));

const { MDL } = scope({
  Link: {
    Next: "MDL | null",
    MdlFlags: "-32768 <= number.integer <= 32767",
    MappedSystemVa: bytes,
    ByteCount: u32,
  },
  MDL: ["Link", ":", (x) => isLocked(x)],
}).export();

const Socket = type({ Dispatch: type("object").narrow((x) => isRecord(x)) });
const Buffer = type({ Mdl: MDL.or("null"), Offset: u32, Length: wide }).narrow((x) =>
  liesInChain(x),
);
const Irp = type({
  IoStatus: { Status: i32, Information: wide },
  PendingReturned: "boolean",
  StackCount: i8,
  CurrentLocation: "2 <= number.integer <= 127",
  Cancel: "boolean",
}).narrow((x) => standsInStack(x));
const SOCKADDR = type({ sa_family: "0 <= number.integer <= 65535", sa_data: bytes }).narrow((x) =>
  isLongEnough(x),
);
const Flags = type("0 | 2");
const control = { ControlInfoLength: u32, ControlInfo: bytes.or("null") };

const verbs = (schema: Type): Verbs => ({
  is: (args) => schema.allows(args),
  issues: (args) => {
    const out: unknown = schema(args);
    return out instanceof type.errors ? out : [];
  },
});

const RemoteAddress = SOCKADDR.or("null");
const WskSendTo = type({ Socket, Buffer, Flags: "0", RemoteAddress, ...control, Irp });
const WskSendEx = type({ Socket, Buffer, Flags, ...control, Irp });

/** The row of ArkType. */
export const arktype: Subject = {
  name: "arktype",
  note: "2.2.9, Type.allows, with narrow for relations",
  calls: {
    WSPSend: verbs(WSPSend),
    WskSend: verbs(type({ Socket, Buffer, Flags, Irp })),
    WskSendTo: verbs(WskSendTo.narrow((args) => hasControl(args))),
    WskSendEx: verbs(WskSendEx.narrow((args) => hasControl(args))),
  },
  differs: {
    ...COMMON,
    "endless chain": "a link met again counts as good",
    "memory by prototype": "instanceof, which a prototype trick passes",
    "array as object": "an object type takes arrays",
    "function as object": "an object type takes functions",
  },
};
