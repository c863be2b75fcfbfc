/** valibot: its schemas, with its checks for relations. */
import * as v from "valibot";
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
import type { MDL } from "./relations.js";
import { COMMON } from "./subject.js";
import type { Subject, Verbs } from "./subject.js";

const whole = (min: number, max: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
const u32 = whole(0, 2 ** 32 - 1);
const i32 = whole(-(2 ** 31), 2 ** 31 - 1);
const wide = v.union([
  v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  v.pipe(v.bigint(), v.minValue(0n), v.maxValue(INVALID_SOCKET)),
]);
const bytes = v.custom<Uint8Array>((x) => x instanceof Uint8Array);

const WSABUF = v.pipe(
  v.object({ len: u32, buf: v.nullable(bytes) }),
  v.check((x) => holdsLen(x)),
);
const WSAOVERLAPPED = v.pipe(
  v.object({ Internal: wide, InternalHigh: wide, Offset: u32, OffsetHigh: u32, hEvent: wide }),
  v.check((x) => isFree(x)),
);

const WSPSend = v.pipe(
  v.object({
    s: v.pipe(
      wide,
      v.check((s) => s !== INVALID_SOCKET),
    ),
    lpBuffers: v.array(WSABUF),
    dwBufferCount: u32,
    lpNumberOfBytesSent: v.object({ value: u32 }),
    dwFlags: v.literal(0),
    lpOverlapped: v.nullable(WSAOVERLAPPED),
    lpCompletionRoutine: v.null(),
    lpThreadId: v.nullable(v.object({ ThreadHandle: wide, Reserved: wide })),
    lpErrno: v.object({ value: i32 }),
  }),
  v.check((x) => hasCount(x)),
);

const chain: v.GenericSchema<MDL> = v.pipe(
  v.object({
    Next: v.nullable(v.lazy(() => chain)),
    MdlFlags: whole(-32768, 32767),
    MappedSystemVa: bytes,
    ByteCount: u32,
  }),
  v.check((x) => isLocked(x)),
);

const Socket = v.object({ Dispatch: v.custom<object>(isRecord) });
const Buffer = v.pipe(
  v.object({ Mdl: v.nullable(chain), Offset: u32, Length: wide }),
  v.check((x) => liesInChain(x)),
);
const Irp = v.pipe(
  v.object({
    IoStatus: v.object({ Status: i32, Information: wide }),
    PendingReturned: v.boolean(),
    StackCount: whole(-128, 127),
    CurrentLocation: whole(2, 127),
    Cancel: v.boolean(),
  }),
  v.check((x) => standsInStack(x)),
);
const SOCKADDR = v.pipe(
  v.object({ sa_family: whole(0, 0xffff), sa_data: bytes }),
  v.check((x) => isLongEnough(x)),
);
const Flags = v.picklist([0, 2]);
const control = { ControlInfoLength: u32, ControlInfo: v.nullable(bytes) };
const sendTo = { Flags: v.literal(0), RemoteAddress: v.nullable(SOCKADDR), ...control, Irp };

const verbs = (schema: v.GenericSchema): Verbs => ({
  is: (args) => v.is(schema, args),
  issues: (args) => v.safeParse(schema, args).issues ?? [],
});

const ARRAY = "v.object, which takes an array for an object";
const INSTANCE = "instanceof, which a prototype trick passes";

/** The row of valibot. */
export const valibot: Subject = {
  name: "valibot",
  note: "1.5.0, v.is",
  calls: {
    WSPSend: verbs(WSPSend),
    WskSend: verbs(v.object({ Socket, Buffer, Flags, Irp })),
    WskSendTo: verbs(
      v.pipe(
        v.object({ Socket, Buffer, ...sendTo }),
        v.check((x) => hasControl(x)),
      ),
    ),
    WskSendEx: verbs(
      v.pipe(
        v.object({ Socket, Buffer, Flags, ...control, Irp }),
        v.check((x) => hasControl(x)),
      ),
    ),
  },
  differs: {
    ...COMMON,
    "endless chain": "its walk along a chain is a recursion without a bound",
    "memory by prototype": INSTANCE,
    "array as object": ARRAY,
  },
};
