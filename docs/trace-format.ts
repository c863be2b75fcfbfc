/** The guide of the trace format, and its JSON Schema: both made of the table of events. */
import { OTHER_CALLS } from "../monitor/other-calls.js";
import type { FieldKind, FieldSpec, TraceEvent } from "../trace/format.js";
import { COMMON_FIELDS, EVENTS, TRACE_VERSION } from "../trace/format.js";
import { eventLine } from "../trace/write.js";

const HOLDS: Readonly<Record<FieldKind, string>> = {
  id: "text or number",
  ref: "ref",
  code: "code",
  integer: "integer",
  text: "text",
  flag: "`true` or `false`",
  values: "values by name",
};

const SEND = {
  Socket: "sock:1",
  Buffer: { Mdl: "mdl:1", Offset: 0, Length: 4096 },
  Flags: 0,
  Irp: "irp:3",
};

const EXAMPLE: readonly TraceEvent[] = [
  { event: "trace", version: 1, producer: "a driver's own log" },
  {
    event: "object",
    ref: "sock:1",
    type: "WSK_SOCKET",
    state: { category: "stream", connected: true },
  },
  {
    event: "object",
    ref: "mdl:1",
    type: "MDL",
    state: { ByteCount: 4096, MdlFlags: "MDL_PAGES_LOCKED" },
  },
  {
    event: "object",
    ref: "irp:3",
    type: "IRP",
    state: { "passed-down": false, "invoked-always": true },
  },
  { event: "call", id: 1, function: "WskSend", irql: "DISPATCH_LEVEL", args: SEND },
  { event: "return", id: 1, status: "STATUS_PENDING" },
  { event: "unlock", ref: "mdl:1" },
  { event: "complete", irp: "irp:3", status: "STATUS_SUCCESS", information: 4096 },
  { event: "routine", irp: "irp:3", returned: "STATUS_MORE_PROCESSING_REQUIRED" },
  { event: "free", ref: "irp:3" },
];

const POST = {
  s: 260,
  lpBuffers: [{ len: 10, buf: "mem:1" }],
  dwBufferCount: 1,
  lpNumberOfBytesSent: "count:1",
  dwFlags: 0,
  lpOverlapped: "ov:1",
  lpErrno: { value: 0 },
};

const SPI_EXAMPLE: readonly TraceEvent[] = [
  { event: "call", id: 7, function: "WSPSend", args: POST },
  { event: "return", id: 7, status: -1, error: "WSA_IO_PENDING" },
  { event: "notify", overlapped: "ov:1", error: 0, information: 10, ofSwitch: true },
  { event: "result", overlapped: "ov:1", information: 10 },
];

const EXCUSE: TraceEvent = {
  event: "suppress",
  rule: "mdl-stays-locked",
  ref: "mdl:1",
  reason: "nonpaged pool, unlocked by mistake of the logger",
};

const linesOf = (events: readonly TraceEvent[]): string => events.map(eventLine).join("\n");

/** Functions that do something to objects, each with the arguments that count. */
const FUNCTIONS = [...OTHER_CALLS]
  .map(([name, effects]) => {
    const params = new Set(
      effects.flatMap(({ param, sets, when }) => [
        param,
        ...(sets?.allOf ?? []),
        ...(when === undefined ? [] : [when.param]),
      ]),
    );
    return `\`${name}(${[...params].join(", ")})\``;
  })
  .join(", ");

const VALUES = `## How values are written

- **ref**: the name of an object, any text (\`"irp:3"\`, \`"0xffffa38012345678"\`); descriptors
  and handles also by their number, or null. A ref needs no introduction: what no event tells of an
  object is not known, and what is not known is held against nobody. A ref that was freed begins
  anew with its next \`object\`.
- **code**: a status or error by its name (\`"STATUS_PENDING"\`, \`"WSA_IO_PENDING"\`) or its
  number in 32 bits, signed or not (\`259\`, \`-1073741637\`, \`3221225659\`,
  \`"0xC00000BB"\`). A name that the
  contract does not have is not judged, and said at the end; text that is no name of a code is an
  error.
- **integer**: a whole number; above 2^53, decimal text.
- **values by name**: arguments by their C names. A pointer is a ref, \`null\`, or the struct
  itself inline (\`{"Mdl":"mdl:1","Offset":0,"Length":16}\`); memory inline is \`{"bytes":64}\` or
  \`{"hex":"00ff"}\`; arrays are arrays; flags and other numbers are numbers, names
  (\`"WSK_FLAG_NODELAY"\`), several names with \`|\` between them, or hex text. Arguments that are
  left out are not judged.
- **state** of an object: fields of its C type (\`ByteCount\`, \`Next\`, \`hEvent\`,
  \`CurrentLocation\`), and facts of the contract without their first word: a socket may be
  \`bound\`, \`connected\`, \`disconnected\`, \`forced-closed\`, \`closed\`, of a \`category\`
  (\`"stream"\`); an IRP \`passed-down\` (it came from another driver) and \`invoked-always\` (its
  routine is set for success, error and cancellation); memory is \`registered\`. \`wskit explain
  socket.connected\` says what a fact means. Types that C has no name for are \`SOCKET\`, \`MEMORY\`,
  \`CELL\` (one number), \`FRAME\` and \`POOL\`. Other fields are kept, and mean nothing.
- **profile**: a provider's calls are read as the switch makes them. For a program's own calls of
  WSASend and its kin, name \`"profile":"spi"\` in the first line, or \`--profile spi\`.

## Functions besides the sends

They may be told as calls, with arguments by their C names. What these do to sockets, IRPs and
memory counts. Some are events as well: IoFreeIrp is \`free\`, MmUnlockPages is \`unlock\`.

${FUNCTIONS}

What is new stands in the \`out\` of a return, and begins a ref anew: \`"out":{"Irp":"irp:3"}\` of
\`IoAllocateIrp\`, \`Mdl\` of \`IoAllocateMdl\` (whose argument \`VirtualAddress\` is the ref of its
data), \`Socket\` of \`WskSocket\`, \`WskSocketConnect\` and \`WskAccept\`; \`WSPSocket\` and
\`WSPAccept\` return it. \`IoInitializeIrp\` begins an IRP anew whose memory was freed. Every function of WSK that takes an IRP is held
to the rules that it shares with WskSend: about its IRP, its MDLs, and sockets that are closed.

## What may be left out

A trace need not say everything, and a rule is judged where it says enough.

- A minimal trace has \`call\`, \`return\` and \`complete\`, with \`free\`, \`reuse\` and \`unlock\`.
- \`complete\` says that the completion routine is entered, \`routine\` that it has returned: what
  the routine frees stands between the two. Where only one of them is told, tell \`complete\`.
- Where the completion of an IRP or overlapped structure is never told, its routine, its result, a
  \`wait\`, or a return of STATUS_SUCCESS stands for it.
- After a call that has failed, the IRP is completed as well; whoever frees it then is right, unless
  a completion of it comes later.
- A recording that just stops, or that has no completions at all, says \`"cut":true\` in its first
  line: what is pending at its end is then no breach.
- A frame on the stack, or a block of pool, is an object of its own. What lies in it says so
  (\`{"event":"object","ref":"buf:1","type":"WSK_BUF","in":"frame:1"}\`), and goes with it at
  \`leave-frame\` or \`free\`. The data of an MDL is its field \`MappedSystemVa\`.
- An MDL that was unlocked is to be locked again before it is sent: by MmProbeAndLockPages or a new
  \`object\`. MdlFlags that are told follow \`unlock\`, MmUnlockPages and MmProbeAndLockPages.

Fields that are not listed here are kept, and mean nothing. An event that is not listed is an
error, with its line and column.`;

/** docs/guide/trace-format.md. */
export function traceGuide(): string {
  const events = Object.entries(EVENTS).map(([name, { doc, fields }]) => {
    const rows = Object.entries(fields).map(([field, spec]) => row(field, spec));
    return `### \`${name}\`\n\n${doc}\n\n${table(rows)}\n`;
  });
  const common = Object.entries(COMMON_FIELDS).map(([field, spec]) => row(field, spec));
  return `# The trace format

A trace says what a program did with the send functions: one event a line, each line a JSON object
(NDJSON, UTF-8). \`wskit check\` judges it, the runtime writes it, \`wskit convert\` makes it of
other recordings. This page and [its JSON Schema](trace-format.schema.json) are made of the table
in \`trace/format.ts\` by \`npm run docs\`.

\`\`\`ndjson
${linesOf(EXAMPLE)}
\`\`\`

Here the pages are unlocked though the send is pending: \`wskit check\` says so, with the line,
the rule, and the line since which the send is pending. A provider's call looks like this:

\`\`\`ndjson
${linesOf(SPI_EXAMPLE)}
\`\`\`

${VALUES}

## Events

Any event may have these fields:

${table(common)}

${events.join("\n")}
## Excusing a breach

\`suppress\` excuses breaches of a rule from its line on: of all objects, or of the one that
\`ref\` or \`id\` names. The reason is required, and every report shows it.

\`\`\`ndjson
${linesOf([EXCUSE])}
\`\`\`

## Versions

This is version ${TRACE_VERSION}. The first line may say so (\`trace\`); without it, a trace is of
version 1.
`;
}

const table = (rows: readonly string[]): string =>
  `| field | holds | meaning |\n| --- | --- | --- |\n${rows.join("")}`;

function row(name: string, { kind, of, required, doc }: FieldSpec): string {
  const texts = of?.map((text) => `\`${text}\``).join(", ");
  const holds = `${texts ?? HOLDS[kind]}${required === true ? "" : " (may be left out)"}`;
  return `| \`${name}\` | ${holds} | ${doc} |\n`;
}

/** Whole numbers that JSON readers hold exactly. */
const WHOLE = {
  type: "integer",
  minimum: Number.MIN_SAFE_INTEGER,
  maximum: Number.MAX_SAFE_INTEGER,
};

const KINDS: Readonly<Record<FieldKind, object>> = {
  id: { anyOf: [{ type: "string" }, WHOLE] },
  ref: { anyOf: [{ type: "string" }, WHOLE] },
  code: {
    anyOf: [{ type: "string" }, { type: "integer", minimum: -0x8000_0000, maximum: 0xffff_ffff }],
  },
  integer: { anyOf: [WHOLE, { type: "string", pattern: "^-?[0-9]{1,40}$" }] },
  text: { type: "string" },
  flag: { type: "boolean" },
  values: { type: "object" },
};

/** docs/guide/trace-format.schema.json: of one line. */
export function traceSchema(): string {
  const oneOf = Object.entries(EVENTS).map(([name, { doc, fields }]) => {
    const all: Readonly<Record<string, FieldSpec>> = { ...fields, ...COMMON_FIELDS };
    const required = Object.entries(all).flatMap(([field, spec]) =>
      spec.required === true ? [field] : [],
    );
    return {
      title: name,
      description: doc,
      type: "object",
      required: ["event", ...required],
      properties: { event: { const: name }, ...propertiesOf(name, all) },
    };
  });
  return JSON.stringify({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "One line of a wskit trace",
    oneOf,
  });
}

const propertiesOf = (name: string, fields: Readonly<Record<string, FieldSpec>>): object =>
  Object.fromEntries(
    Object.entries(fields).map(([field, { kind, of, doc }]) => [
      field,
      {
        description: doc,
        ...(name === "trace" && field === "version" ? { const: TRACE_VERSION } : KINDS[kind]),
        ...(of === undefined ? {} : { enum: of }),
      },
    ]),
  );
