/** Judges one event: whether it is of the format. */
import { describe, isRecord } from "../support/index.js";
import { perhaps } from "../support/suggest.js";
import { COMMON_FIELDS, EVENTS, TRACE_VERSION } from "./format.js";
import type { EventName, FieldKind, FieldSpec, TraceEvent } from "./format.js";

const DECIMAL = /^-?\d{1,40}$/;

const FITS: Readonly<Record<FieldKind, (value: unknown) => boolean>> = {
  id: isIdentity,
  ref: isIdentity,
  code: (value) => typeof value === "string" || isCode(value),
  integer: (value) =>
    Number.isSafeInteger(value) || (typeof value === "string" && DECIMAL.test(value)),
  text: (value) => typeof value === "string",
  flag: (value) => typeof value === "boolean",
  values: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
};

const WANTED: Readonly<Record<FieldKind, string>> = {
  id: "a text or a whole number",
  ref: "the ref of an object: a text or a whole number",
  code: "the name of a code, or its number in 32 bits",
  integer: "a whole number, as decimal text where it is above 2^53",
  text: "a text",
  flag: "true or false",
  values: "an object with values by name",
};

function isIdentity(value: unknown): boolean {
  return typeof value === "string" || Number.isSafeInteger(value);
}

const isCode = (value: unknown): boolean =>
  Number.isInteger(value) && Number(value) >= -0x8000_0000 && Number(value) <= 0xffff_ffff;

interface Field {
  readonly name: string;
  readonly spec: FieldSpec;
}

const FIELDS: ReadonlyMap<unknown, readonly Field[]> = new Map(
  Object.entries(EVENTS).map(([event, { fields }]) => [
    event,
    Object.entries({ ...fields, ...COMMON_FIELDS }).map(([name, spec]) => ({ name, spec })),
  ]),
);

/** What is wrong with an event, as "expected …, received …", and where. */
export interface BadEvent {
  /** The field; empty for the event as a whole. */
  readonly field: string;
  readonly expected: string;
  readonly received: string;
}

/** True for an event of the format; otherwise `tell` is told what is wrong. */
export function isTraceEvent(value: unknown, tell: (bad: BadEvent) => void): value is TraceEvent {
  if (!isRecord(value)) {
    tell({ field: "", expected: "one event, a JSON object", received: describe(value) });
    return false;
  }
  const fields = FIELDS.get(value["event"]);
  if (fields === undefined) {
    tell(unknownEvent(value["event"]));
    return false;
  }
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i];
    if (field !== undefined && !isField(field, value[field.name], tell)) return false;
  }
  return isVersion(value, tell);
}

function isField({ name, spec }: Field, value: unknown, tell: (bad: BadEvent) => void): boolean {
  if (value === undefined) {
    if (spec.required !== true) return true;
    tell({ field: name, expected: WANTED[spec.kind], received: "nothing" });
    return false;
  }
  if (!FITS[spec.kind](value)) {
    tell({ field: name, expected: WANTED[spec.kind], received: describe(value) });
    return false;
  }
  if (spec.of === undefined || spec.of.some((text) => text === value)) return true;
  tell({ field: name, expected: `one of ${spec.of.join(", ")}`, received: describe(value) });
  return false;
}

function isVersion(
  event: Readonly<Record<string, unknown>>,
  tell: (bad: BadEvent) => void,
): boolean {
  if (event["event"] !== "trace" || Number(event["version"]) === TRACE_VERSION) return true;
  const received = describe(event["version"]);
  tell({ field: "version", expected: `${TRACE_VERSION}, the only one so far`, received });
  return false;
}

function unknownEvent(name: unknown): BadEvent {
  const known = Object.keys(EVENTS) satisfies string[];
  const near = typeof name === "string" ? perhaps(name, known) : "";
  const expected = `the name of an event${near}`;
  return { field: "event", expected, received: describe(name) };
}

/** The names of all events. */
export const EVENT_NAMES: readonly EventName[] = Object.keys(EVENTS).filter(isEventName);

function isEventName(name: string): name is EventName {
  return name in EVENTS;
}
