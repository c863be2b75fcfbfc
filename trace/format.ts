/**
 * The trace format, version 1: one event a line, each a JSON object. This table is its only
 * description: the types, the check of a line, the JSON Schema and the guide are made of it.
 */

/** What a field holds. */
export type FieldKind =
  /** A call's number or name, given by whoever records. */
  | "id"
  /** The name of an object: any text, or the number of a descriptor. */
  | "ref"
  /** A status or error: the name, or the number in 32 bits, signed or not. */
  | "code"
  /** A whole number; as decimal text where it is above 2^53. */
  | "integer"
  | "text"
  | "flag"
  /** Values by name, inline or as refs. */
  | "values";

/** A field of an event. */
export interface FieldSpec {
  readonly kind: FieldKind;
  /** Left out where the field may be left out. */
  readonly required?: true;
  /** The texts that it may hold, where they are listed. */
  readonly of?: readonly string[];
  readonly doc: string;
}

const ref = (doc: string) => ({ kind: "ref", required: true, doc }) as const;
const WHO = {
  irp: { kind: "ref", doc: "The IRP, for a WSK call." },
  overlapped: { kind: "ref", doc: "The overlapped structure, for a provider's call." },
} as const;

/** Fields that any event may have. */
export const COMMON_FIELDS = {
  time: { kind: "integer", doc: "When it happened, in nanoseconds from a fixed moment." },
  thread: { kind: "integer", doc: "The thread." },
  process: { kind: "integer", doc: "The process." },
  line: { kind: "integer", doc: "The line of the recording that it was converted from." },
} as const satisfies Readonly<Record<string, FieldSpec>>;

/** Every event, with its own fields. */
export const EVENTS = {
  trace: {
    doc: "The first line, where there is one: which version, and who has recorded.",
    fields: {
      version: { kind: "integer", required: true, doc: "1." },
      producer: { kind: "text", doc: "The program that wrote the trace." },
      profile: {
        kind: "text",
        of: ["documented", "header", "strict", "san", "spi"],
        doc: "The profile to judge by, where the reader asks for none.",
      },
      cut: {
        kind: "flag",
        doc: "The recording stopped in the middle: what is still pending at its end is no breach.",
      },
    },
  },
  object: {
    doc: "Introduces an object, or tells more of it; a ref that was freed begins anew.",
    fields: {
      ref: ref("The name under which other events mention it."),
      type: { kind: "text", required: true, doc: "Its C type: WSK_SOCKET, IRP, MDL, WSABUF, …" },
      state: { kind: "values", doc: "Fields of the type, and facts without their first word." },
      in: { kind: "ref", doc: "What it lies in, and goes with: a stack frame, a block of pool." },
    },
  },
  call: {
    doc: "A function is called.",
    fields: {
      id: { kind: "id", required: true, doc: "Ties the return to the call." },
      function: { kind: "text", required: true, doc: "The C name, for instance WskSend." },
      as: { kind: "text", doc: "What was recorded in its place: sendto, MSG_NOSIGNAL." },
      args: {
        kind: "values",
        required: true,
        doc: "Arguments by name: refs, null, inline values.",
      },
      irql: { kind: "code", doc: "The IRQL: its name or number." },
      table: { kind: "text", doc: "The dispatch table that the call went through." },
      facts: { kind: "values", doc: "Facts of the contract, known at the call." },
    },
  },
  return: {
    doc: "The function has returned.",
    fields: {
      id: { kind: "id", required: true, doc: "The call's." },
      status: { kind: "code", required: true, doc: "What it returned." },
      error: { kind: "code", doc: "The code at lpErrno, for a provider's call." },
      out: { kind: "values", doc: "What stands in out-parameters now, by name." },
      facts: { kind: "values", doc: "Facts of the contract, known at the return." },
    },
  },
  refused: {
    doc: "A call was not made, or something not done to an object: a check has refused it.",
    fields: {
      id: { kind: "id", doc: "The call's." },
      ref: { kind: "ref", doc: "The object." },
      rule: { kind: "text", doc: "The rule of whoever has refused it, where it is none of these." },
      reason: { kind: "text", doc: "Why." },
    },
  },
  complete: {
    doc: "The operation is completed: its IRP, or its overlapped structure.",
    fields: {
      ...WHO,
      status: { kind: "code", doc: "IoStatus.Status of the IRP." },
      error: { kind: "code", doc: "The error of the overlapped operation; 0 for success." },
      information: { kind: "integer", doc: "The byte count." },
    },
  },
  routine: {
    doc: "The completion routine has returned.",
    fields: {
      ...WHO,
      returned: { kind: "code", doc: "What the routine of an IRP returned." },
    },
  },
  notify: {
    doc: "The provider has called WPUCompleteOverlappedRequest.",
    fields: {
      overlapped: ref("The overlapped structure."),
      error: { kind: "code", doc: "The error that was told." },
      information: { kind: "integer", doc: "The byte count that was told." },
      ofSwitch: { kind: "flag", doc: "The handle was the one of WPUCreateSocketHandle." },
    },
  },
  result: {
    doc: "WSPGetOverlappedResult has returned TRUE.",
    fields: {
      overlapped: ref("The overlapped structure."),
      information: { kind: "integer", doc: "The byte count that it told." },
    },
  },
  transmit: {
    doc: "The transport was handed bytes of a call.",
    fields: {
      id: { kind: "id", required: true, doc: "The call's." },
      bytes: { kind: "integer", required: true, doc: "How many." },
    },
  },
  touch: {
    doc: "An object or its memory is read or written.",
    fields: {
      ref: ref("The object."),
      field: { kind: "text", doc: "The part of it, for instance IoStatus.Status." },
      access: { kind: "text", of: ["read", "write"], doc: "Left out, it is read." },
      by: { kind: "text", of: ["caller", "callee"], doc: "Left out, it is the caller." },
    },
  },
  free: { doc: "Its memory is freed.", fields: { ref: ref("The object.") } },
  unlock: { doc: "Its pages are unlocked.", fields: { ref: ref("The MDL.") } },
  reuse: { doc: "It was prepared for use again: IoReuseIrp.", fields: { ref: ref("The IRP.") } },
  deregister: {
    doc: "Its memory is registered no longer: WSPDeregisterMemory.",
    fields: { ref: ref("The memory.") },
  },
  "leave-frame": {
    doc: "The stack frame that it is, or that it lies in, is left.",
    fields: { ref: ref("The frame or the object.") },
  },
  cancel: { doc: "Its cancellation was asked for: IoCancelIrp.", fields: { ref: ref("The IRP.") } },
  "mark-pending": {
    doc: "The completion routine has called IoMarkIrpPending.",
    fields: { ref: ref("The IRP.") },
  },
  "pass-on": {
    doc: "The driver has called IoCompleteRequest for an IRP that was passed down to it.",
    fields: { ref: ref("The IRP.") },
  },
  wait: { doc: "The caller has waited for it, for instance for its event.", fields: WHO },
  suppress: {
    doc: "From here on, breaches of a rule are expected: of one object or call, or of all.",
    fields: {
      rule: { kind: "text", required: true, doc: "The id, or its part behind the slash." },
      reason: { kind: "text", required: true, doc: "Why it is no mistake here." },
      ref: { kind: "ref", doc: "The object." },
      id: { kind: "id", doc: "The call." },
    },
  },
  note: {
    doc: "A remark for people.",
    fields: { text: { kind: "text", required: true, doc: "The remark." } },
  },
} as const satisfies Readonly<
  Record<string, { readonly doc: string; readonly fields: Readonly<Record<string, FieldSpec>> }>
>;

interface Values {
  id: string | number;
  ref: string | number;
  code: string | number;
  integer: number | string;
  text: string;
  flag: boolean;
  values: Readonly<Record<string, unknown>>;
}

type ValueOf<S> = S extends { readonly of: readonly (infer T)[] }
  ? T
  : S extends { readonly kind: infer K extends FieldKind }
    ? Values[K]
    : never;

type Members<F> = {
  readonly [K in keyof F as F[K] extends { readonly required: true } ? K : never]: ValueOf<F[K]>;
} & {
  readonly [K in keyof F as F[K] extends { readonly required: true } ? never : K]?:
    ValueOf<F[K]> | undefined;
};

/** The name of an event. */
export type EventName = keyof typeof EVENTS;

/** The events that say of one object what happens to it, and no more. */
export type ObjectEvent = {
  [N in EventName]: keyof (typeof EVENTS)[N]["fields"] extends "ref" ? N : never;
}[EventName];

/** An event of that name. */
export type EventOf<N extends EventName> = N extends EventName
  ? { readonly event: N } & Members<(typeof EVENTS)[N]["fields"]> & Members<typeof COMMON_FIELDS>
  : never;

/** Any event. Fields that are not listed are kept, and mean nothing. */
export type TraceEvent = EventOf<EventName>;

/** The version of the format that this package reads and writes. */
export const TRACE_VERSION = 1;
