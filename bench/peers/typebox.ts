/** TypeBox 1: its types compiled, with its refinements for relations. */
import { Type } from "typebox";
import type { TSchema } from "typebox";
import { Compile } from "typebox/compile";
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
import type { Controlled, Counted, IRP, MDL, SOCKADDR, WSABUF, WSK_BUF } from "./relations.js";
import { COMMON } from "./subject.js";
import type { Subject, Verbs } from "./subject.js";

const whole = (minimum: number, maximum: number) => Type.Integer({ minimum, maximum });
const nullable = <T extends TSchema>(type: T) => Type.Union([Type.Null(), type]);
const u32 = whole(0, 2 ** 32 - 1);
const i32 = whole(-(2 ** 31), 2 ** 31 - 1);
const wide = Type.Union([
  whole(0, Number.MAX_SAFE_INTEGER),
  Type.Refine(Type.BigInt(), (n) => n >= 0n && n <= INVALID_SOCKET),
]);
const bytes = Type.Refine(Type.Unsafe<Uint8Array>({}), (x) => x instanceof Uint8Array);
const Dispatch = Type.Refine(Type.Unsafe<object>({}), isRecord);

const WSABUF = Type.Refine(Type.Object({ len: u32, buf: nullable(bytes) }), (x: WSABUF) =>
  holdsLen(x),
);
const WSAOVERLAPPED = Type.Refine(
  Type.Object({ Internal: wide, InternalHigh: wide, Offset: u32, OffsetHigh: u32, hEvent: wide }),
  isFree,
);

const WSPSend = Type.Refine(
  Type.Object({
    s: Type.Refine(wide, (s) => s !== INVALID_SOCKET),
    lpBuffers: Type.Array(WSABUF),
    dwBufferCount: u32,
    lpNumberOfBytesSent: Type.Object({ value: u32 }),
    dwFlags: Type.Literal(0),
    lpOverlapped: nullable(WSAOVERLAPPED),
    lpCompletionRoutine: Type.Null(),
    lpThreadId: nullable(Type.Object({ ThreadHandle: wide, Reserved: wide })),
    lpErrno: Type.Object({ value: i32 }),
  }),
  (args: Counted) => hasCount(args),
);

const Mdl = Type.Cyclic(
  {
    MDL: Type.Refine(
      Type.Object({
        Next: nullable(Type.Ref("MDL")),
        MdlFlags: whole(-32768, 32767),
        MappedSystemVa: bytes,
        ByteCount: u32,
      }),
      (mdl: MDL) => isLocked(mdl),
    ),
  },
  "MDL",
);

const Socket = Type.Object({ Dispatch });
const Buffer = Type.Refine(
  Type.Object({ Mdl: nullable(Mdl), Offset: u32, Length: wide }),
  (buffer: WSK_BUF) => liesInChain(buffer),
);
const Irp = Type.Refine(
  Type.Object({
    IoStatus: Type.Object({ Status: i32, Information: wide }),
    PendingReturned: Type.Boolean(),
    StackCount: whole(-128, 127),
    CurrentLocation: whole(2, 127),
    Cancel: Type.Boolean(),
  }),
  (irp: IRP) => standsInStack(irp),
);
const SOCKADDR = Type.Refine(
  Type.Object({ sa_family: whole(0, 0xffff), sa_data: bytes }),
  (address: SOCKADDR) => isLongEnough(address),
);
const Flags = Type.Union([Type.Literal(0), Type.Literal(2)]);
const control = { ControlInfoLength: u32, ControlInfo: nullable(bytes) };
const sendTo = { Flags: Type.Literal(0), RemoteAddress: nullable(SOCKADDR), ...control, Irp };
const controlled = (args: Controlled): boolean => hasControl(args);

function verbs(type: TSchema): Verbs {
  const validator = Compile(type);
  return {
    is: (args) => validator.Check(args),
    issues: (args) => validator.Errors(args),
  };
}

/** The row of TypeBox. */
export const typebox: Subject = {
  name: "TypeBox compiled",
  note: "1.4.3, Compile(type).Check, with Type.Refine for memory and relations",
  calls: {
    WSPSend: verbs(WSPSend),
    WskSend: verbs(Type.Object({ Socket, Buffer, Flags, Irp })),
    WskSendTo: verbs(Type.Refine(Type.Object({ Socket, Buffer, ...sendTo }), controlled)),
    WskSendEx: verbs(
      Type.Refine(Type.Object({ Socket, Buffer, Flags, ...control, Irp }), controlled),
    ),
  },
  differs: {
    ...COMMON,
    "endless chain": "its walk along a chain is a recursion without a bound",
    "sparse array": "Array.every, which skips the holes of a sparse array",
    "memory by prototype": "instanceof, which a prototype trick passes",
  },
};
