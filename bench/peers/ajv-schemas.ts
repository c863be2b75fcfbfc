/** JSON Schemas of the calls, with keywords of our own for what JSON cannot say. */
import { _, Ajv } from "ajv";
import type { CodeKeywordDefinition, SchemaObject } from "ajv";
import type { CallName } from "../scenarios.js";

/** Memory: `{ memory: true }` takes a Uint8Array, `{ memory: null }` null as well. */
const memory: CodeKeywordDefinition = {
  keyword: "memory",
  code(cxt) {
    const { data, schema } = cxt;
    if (schema === null) cxt.fail(_`${data} !== null && !(${data} instanceof Uint8Array)`);
    else cxt.fail(_`!(${data} instanceof Uint8Array)`);
  },
};

/** A number as wide as a pointer, which may be a bigint. */
const wide: CodeKeywordDefinition = {
  keyword: "wide",
  code(cxt) {
    const { data } = cxt;
    const number = _`typeof ${data} === "number" && Number.isSafeInteger(${data}) && ${data} >= 0`;
    const big = _`typeof ${data} === "bigint" && ${data} >= 0n && ${data} <= 18446744073709551615n`;
    cxt.fail(_`!(${number} || ${big})`);
  },
};

const whole = (minimum: number, maximum: number): SchemaObject => ({
  type: "integer",
  minimum,
  maximum,
});

/** An object that has all of these properties. */
const struct = (properties: Record<string, SchemaObject>, nullable = false): SchemaObject => ({
  type: "object",
  nullable,
  properties,
  required: Object.keys(properties),
});

const u32 = whole(0, 2 ** 32 - 1);
const i32 = whole(-(2 ** 31), 2 ** 31 - 1);
const WIDE: SchemaObject = { wide: true };
const BYTES: SchemaObject = { memory: true };
const BYTES_OR_NULL: SchemaObject = { memory: null };

const WSABUF = struct({ len: u32, buf: BYTES_OR_NULL });
const WSAOVERLAPPED = struct(
  { Internal: WIDE, InternalHigh: WIDE, Offset: u32, OffsetHigh: u32, hEvent: WIDE },
  true,
);
const WSPSend = struct({
  s: WIDE,
  lpBuffers: { type: "array", items: WSABUF },
  dwBufferCount: u32,
  lpNumberOfBytesSent: struct({ value: u32 }),
  dwFlags: { const: 0 },
  lpOverlapped: WSAOVERLAPPED,
  lpCompletionRoutine: { type: "null" },
  lpThreadId: struct({ ThreadHandle: WIDE, Reserved: WIDE }, true),
  lpErrno: struct({ value: i32 }),
});

const MDL: SchemaObject = {
  $id: "MDL",
  ...struct(
    {
      Next: { $ref: "MDL" },
      MdlFlags: whole(-32768, 32767),
      MappedSystemVa: BYTES,
      ByteCount: u32,
    },
    true,
  ),
};

const Socket = struct({ Dispatch: { type: "object" } });
const Buffer = struct({ Mdl: { $ref: "MDL" }, Offset: u32, Length: WIDE });
const Irp = struct({
  IoStatus: struct({ Status: i32, Information: WIDE }),
  PendingReturned: { type: "boolean" },
  StackCount: whole(-128, 127),
  CurrentLocation: whole(2, 127),
  Cancel: { type: "boolean" },
});
const Flags: SchemaObject = { enum: [0, 2] };
const RemoteAddress = struct({ sa_family: whole(0, 0xffff), sa_data: BYTES }, true);
const control = { ControlInfoLength: u32, ControlInfo: BYTES_OR_NULL };
const sendTo = { Flags: { const: 0 }, RemoteAddress, ...control, Irp };

const SCHEMAS: Readonly<Record<CallName, SchemaObject>> = {
  WSPSend,
  WskSend: struct({ Socket, Buffer, Flags, Irp }),
  WskSendTo: struct({ Socket, Buffer, ...sendTo }),
  WskSendEx: struct({ Socket, Buffer, Flags, ...control, Irp }),
};

/** An ajv that knows the keywords and has a schema a call, by the call's name. */
export function makeAjv(forStandalone: boolean): Ajv {
  const code = { source: forStandalone, esm: false };
  const ajv = new Ajv({ code, allErrors: false, strict: true, keywords: [memory, wide] });
  ajv.addSchema(MDL);
  for (const [name, schema] of Object.entries(SCHEMAS)) ajv.addSchema(schema, name);
  return ajv;
}
