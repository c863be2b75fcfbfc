/** zod: one set of schemas, plain and compiled; `z.compile` takes no recursive schema. */
import * as z from "zod";
import { isMdlChain } from "../floor.js";
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
import type { CallName } from "../scenarios.js";
import { COMMON } from "./subject.js";
import type { Subject, Verbs } from "./subject.js";

const u32 = z.uint32();
const i32 = z.int32();
const i8 = z.int32().min(-128).max(127);
const wide = z.union([z.int().min(0), z.bigint().min(0n).max(INVALID_SOCKET)]);
const bytes = z.instanceof(Uint8Array);

const WSABUF = z
  .object({ len: u32, buf: bytes.nullable() })
  .refine(holdsLen, { path: ["buf"], error: "expected as many bytes as len says" });

const WSAOVERLAPPED = z
  .object({ Internal: wide, InternalHigh: wide, Offset: u32, OffsetHigh: u32, hEvent: wide })
  .refine(isFree, { error: "expected one that is not in use" });

const WSPSend = z
  .object({
    s: wide.refine((s) => s !== INVALID_SOCKET),
    lpBuffers: z.array(WSABUF),
    dwBufferCount: u32,
    lpNumberOfBytesSent: z.object({ value: u32 }),
    dwFlags: z.literal(0),
    lpOverlapped: WSAOVERLAPPED.nullable(),
    lpCompletionRoutine: z.null(),
    lpThreadId: z.object({ ThreadHandle: wide, Reserved: wide }).nullable(),
    lpErrno: z.object({ value: i32 }),
  })
  .refine(hasCount, { path: ["dwBufferCount"], error: "expected at most the buffers" });

const Socket = z.object({ Dispatch: z.custom<object>(isRecord) });

const Irp = z
  .object({
    IoStatus: z.object({ Status: i32, Information: wide }),
    PendingReturned: z.boolean(),
    StackCount: i8,
    CurrentLocation: i8.min(2),
    Cancel: z.boolean(),
  })
  .refine(standsInStack, { path: ["CurrentLocation"] });

const SOCKADDR = z
  .object({ sa_family: u32.max(0xffff), sa_data: bytes })
  .refine(isLongEnough, { path: ["sa_data"] });

const chain: z.ZodType<MDL> = z
  .object({
    get Next() {
      return chain.nullable();
    },
    MdlFlags: z.int32().min(-32768).max(32767),
    MappedSystemVa: bytes,
    ByteCount: u32,
  })
  .refine(isLocked);

/** The schemas of all calls over a schema of MDL chains. */
function schemas(Mdl: z.ZodType<MDL>): Record<CallName, z.ZodType> {
  const Buffer = z
    .object({ Mdl: Mdl.nullable(), Offset: u32, Length: wide })
    .refine(liesInChain, { path: ["Length"] });
  const control = { ControlInfoLength: u32, ControlInfo: bytes.nullable() };
  const Flags = z.union([z.literal(0), z.literal(2)]);
  const RemoteAddress = SOCKADDR.nullable();
  const path = ["ControlInfo"];
  return {
    WSPSend,
    WskSend: z.object({ Socket, Buffer, Flags, Irp }),
    WskSendTo: z
      .object({ Socket, Buffer, Flags: z.literal(0), RemoteAddress, ...control, Irp })
      .refine(hasControl, { path }),
    WskSendEx: z.object({ Socket, Buffer, Flags, ...control, Irp }).refine(hasControl, { path }),
  };
}

const natural = schemas(chain);
const flat = schemas(z.custom<MDL>(isMdlChain));
const strict = { strict: true } as const;
const compiled: Record<CallName, z.ZodType> = {
  WSPSend: z.compile(flat.WSPSend, strict),
  WskSend: z.compile(flat.WskSend, strict),
  WskSendTo: z.compile(flat.WskSendTo, strict),
  WskSendEx: z.compile(flat.WskSendEx, strict),
};

function each(
  verbs: (schema: z.ZodType) => Verbs,
  of: Record<CallName, z.ZodType>,
): Subject["calls"] {
  return {
    WSPSend: verbs(of.WSPSend),
    WskSend: verbs(of.WskSend),
    WskSendTo: verbs(of.WskSendTo),
    WskSendEx: verbs(of.WskSendEx),
  };
}

const issues = (schema: z.ZodType) => (args: unknown) => schema.safeParse(args).error?.issues ?? [];
const parsing = (schema: z.ZodType): Verbs => ({
  is: (args) => schema.safeParse(args).success,
  issues: issues(schema),
});
const validating = (schema: z.ZodType): Verbs => ({ is: (args) => z.validate(schema, args) });

const INSTANCE = "z.instanceof, which a prototype trick passes";
const deceived = { ...COMMON, "memory by prototype": INSTANCE };
const endless = { ...deceived, "endless chain": "a link met again counts as good" };

/** The rows of zod. */
export const zods: readonly Subject[] = [
  {
    name: "zod compile + validate",
    note: "4.6.7, z.validate(z.compile(schema)); MDL chains by the floor's own walk (z.custom)",
    calls: each(validating, compiled),
    differs: deceived,
  },
  {
    name: "zod compile",
    note: "4.6.7, z.compile(schema).safeParse; MDL chains as above",
    calls: each(parsing, compiled),
    differs: deceived,
  },
  {
    name: "zod validate",
    note: "4.6.7, z.validate(schema), the schema natural and recursive",
    calls: each(validating, natural),
    differs: endless,
  },
  {
    name: "zod",
    note: "4.6.7, schema.safeParse, which copies",
    calls: each(parsing, natural),
    differs: endless,
  },
];
