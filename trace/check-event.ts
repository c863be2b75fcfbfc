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
  readonly fits: (value: unknown) => boolean;
}

const FIELDS: ReadonlyMap<unknown, readonly Field[]> = new Map(
  Object.entries(EVENTS).map(([event, { fields }]) => [
    event,
    Object.entries({ ...fields, ...COMMON_FIELDS }).map(([name, spec]) => fieldOf(name, spec)),
  ]),
);

function fieldOf(name: string, spec: FieldSpec): Field {
  const isOfKind = FITS[spec.kind];
  const texts: ReadonlySet<unknown> | null = spec.of === undefined ? null : new Set(spec.of);
  return { name, spec, fits: texts === null ? isOfKind : (value) => texts.has(value) };
}

/** What is wrong with an event, as "expected …, received …", and where. */
export interface BadEvent {
  /** The field; empty for the event as a whole. */
  readonly field: string;
  readonly expected: string;
  readonly received: string;
}

/** What is wrong with an event; null for one of the format. */
export function wrongWith(value: unknown): BadEvent | null {
  if (!isRecord(value)) {
    return { field: "", expected: "one event, a JSON object", received: describe(value) };
  }
  const fields = FIELDS.get(value["event"]);
  if (fields === undefined) return unknownEvent(value["event"]);
  for (const { name, spec, fits } of fields) {
    const given = value[name];
    if (given === undefined ? spec.required === true : !fits(given)) {
      return wrongField(name, spec, given);
    }
  }
  return value["event"] === "trace" ? wrongVersion(value["version"]) : null;
}

/** True for an event of the format. */
export const isTraceEvent = (value: unknown): value is TraceEvent => wrongWith(value) === null;

function wrongField(field: string, spec: FieldSpec, given: unknown): BadEvent {
  const isMissing = given === undefined;
  const isOfKind = !isMissing && FITS[spec.kind](given);
  const expected = isOfKind ? `one of ${(spec.of ?? []).join(", ")}` : WANTED[spec.kind];
  return { field, expected, received: isMissing ? "nothing" : describe(given) };
}

function wrongVersion(given: unknown): BadEvent | null {
  if (given === TRACE_VERSION) return null;
  const expected = `${TRACE_VERSION}, the only one so far`;
  return { field: "version", expected, received: describe(given) };
}

function unknownEvent(name: unknown): BadEvent {
  const near = typeof name === "string" ? perhaps(name, EVENT_NAMES) : "";
  const expected = `the name of an event${near}`;
  return { field: "event", expected, received: describe(name) };
}

function isEventName(name: string): name is EventName {
  return name in EVENTS;
}

/** The names of all events. */
export const EVENT_NAMES: readonly EventName[] = Object.keys(EVENTS).filter(isEventName);
