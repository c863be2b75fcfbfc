/** The shape of each kind of definition: what a schema file holds before it is understood. */
import { z } from "zod";
import { HAPPENINGS, PROFILES } from "../schema/vocabulary.js";
import { describe } from "../support/describe.js";
import type { Diagnostics, Place } from "./diagnostics.js";
import { layoutOfStruct, layoutShapes } from "./layout/shape.js";
import type { Entry } from "./load.js";
import { didYouMean } from "../support/suggest.js";

const text = z.string();
const profile = z.enum([...PROFILES]);
const strength = z.enum(["must", "should", "note"]);
const SOURCE =
  "a source: { page, section }, { header }, { docs, about }, { observed }, { reference }, " +
  "{ inferred }, { policy } or { decision }";
const source = z.union(
  [
    z.strictObject({ page: text, section: text, sentence: z.int().positive().optional() }),
    z.strictObject({ header: text, line: z.int().positive().optional() }),
    z.strictObject({ docs: text, about: text }),
    z.strictObject({ observed: text }),
    z.strictObject({ reference: text }),
    z.strictObject({ inferred: text }),
    z.strictObject({ policy: text }),
    z.strictObject({ decision: text }),
  ],
  { error: SOURCE },
);
const value: z.ZodType = z.lazy(() =>
  z.union(
    [z.null(), z.boolean(), z.number(), z.bigint(), text, z.array(value), z.record(text, value)],
    { error: "plain data, { bytes }, { hex }, { routine: true } or { sameAs }" },
  ),
);
const factOf = z.union([z.number(), z.boolean(), text], {
  error: "a number, true or false, or the name of a code or constant",
});
const fact = z.strictObject({ type: z.enum(["boolean", "integer", "code"]), doc: text });
const example = z.strictObject({
  set: z.record(text, value).optional(),
  facts: z.record(text, factOf).optional(),
  events: z.array(text).optional(),
  profile: profile.optional(),
});
const ruleBase = {
  says: text,
  expects: text,
  advice: text,
  class: z.enum(["argument", "cross-argument", "state", "lifetime", "documentary"]).optional(),
  strength: z.union([strength, z.partialRecord(profile, strength)], {
    error: `"must", "should" or "note", or one of these for some of ${PROFILES.join(", ")}`,
  }),
  from: z.union([source, z.array(source).min(1)], { error: `${SOURCE}; or a list of these` }),
  catalog: z.array(text),
  aliases: z.array(text).min(1).optional(),
  accepts: z.array(example),
  rejects: z.array(example),
};
const happening = z.enum(HAPPENINGS);
const lifetime = z.strictObject({
  after: z.union([text, z.array(text).min(1)]),
  until: z.union([text, z.array(text).min(1)]).optional(),
  of: z.array(text).min(1),
  forbids: z.array(happening).optional(),
  owes: z.array(happening).optional(),
  unless: text.optional(),
});
const named = { kind: text, name: text, doc: text };
/** A value with its meaning, or another name for one of the same set. */
const valueOrAlias = (value: z.ZodType): z.ZodType =>
  z
    .strictObject({ value: value.optional(), aliasOf: text.optional(), doc: text })
    .refine((of) => (of.value === undefined) !== (of.aliasOf === undefined), {
      error: "a value, or aliasOf in its place",
    });
const exact = z.union([z.int(), z.bigint()]);
const perArch = z.union([z.int(), z.strictObject({ x64: exact, arm64: exact, x86: exact })], {
  error: "a whole number, or one for each of x64, arm64 and x86",
});
const guid = z
  .string()
  .regex(/^[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}$/, "a GUID in capital hex, 8-4-4-4-12");

const field = z.strictObject({
  type: text,
  doc: text,
  nullable: z.literal(true).optional(),
  chain: z.literal(true).optional(),
  bytesFrom: text.optional(),
  count: z
    .union([z.int().positive(), z.literal("any")], { error: 'a whole number above 0, or "any"' })
    .optional(),
  order: z.literal("network").optional(),
});
const param = z.strictObject({
  type: text,
  dir: z.enum(["in", "out", "inout", "reserved"]),
  printed: text,
  sal: text,
  doc: text,
  catalog: z.array(text),
  mustBe: z.number().optional(),
  flags: text.optional(),
  undocumented: z.array(text).optional(),
  bytesOf: text.optional(),
  countOf: text.optional(),
  nullIff: z.strictObject({ param: text, is: z.int() }).optional(),
  nullOnlyIf: z.strictObject({ any: z.array(text).min(1) }).optional(),
  nullable: z.literal(true).optional(),
  spelled: text.optional(),
  example: value.optional(),
});

/** What each kind of definition may hold; docs/guide/notation.md lists the same. */
export const SHAPES: Readonly<Record<string, z.ZodType>> = {
  integer: z.strictObject({
    ...named,
    bits: z.literal([8, 16, 32, 64, "pointer"]),
    signed: z.boolean(),
  }),
  boolean: z.strictObject(named),
  pointer: z.strictObject({
    ...named,
    form: z.enum(["object", "cell", "bytes", "array", "opaque"]),
    to: text,
  }),
  routine: z.strictObject({ ...named, params: z.record(text, text) }),
  struct: z.strictObject({
    ...named,
    subset: text.optional(),
    from: source,
    fields: z.record(text, field),
    rules: z
      .record(text, z.strictObject({ ...ruleBase, on: text, require: text.optional() }))
      .optional(),
    example: z.record(text, value),
    ...layoutOfStruct,
  }),
  ...layoutShapes(named, source),
  codes: z.strictObject({
    ...named,
    signed: z.boolean(),
    from: source,
    codes: z.record(text, valueOrAlias(z.int())),
  }),
  constants: z.strictObject({
    ...named,
    use: z.enum(["flags", "numbers"]),
    from: source,
    values: z.record(text, valueOrAlias(perArch)),
  }),
  guids: z.strictObject({
    ...named,
    from: source,
    values: z.record(text, z.strictObject({ value: guid, doc: text })),
  }),
  facts: z.strictObject({
    kind: text,
    name: text,
    facts: z.record(text, fact),
  }),
  decision: z.strictObject({
    kind: text,
    name: text,
    asks: text,
    sides: z.array(z.strictObject({ says: text, from: source })).min(1),
    decides: text,
    catalog: z.array(text),
  }),
  page: z.strictObject({
    ...named,
    title: text,
    language: text,
    url: text.optional(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/, "a SHA-256 in hex"),
  }),
  call: z.strictObject({
    kind: text,
    name: text,
    typedef: text,
    header: text,
    page: text.optional(),
    describedFrom: text.optional(),
    tables: z.array(text),
    irql: text.optional(),
    since: text,
    returns: z.enum(["NTSTATUS", "INT"]),
    errorIn: text.optional(),
    profiles: z.array(profile).min(1),
    summary: text,
    decided: z.array(text).optional(),
    params: z.record(text, param),
    outcomes: z.record(
      text,
      z.strictObject({
        completes: z.enum(["already", "later", "anytime", "never"]),
        result: z.enum(["success", "failure", "open"]),
        information: z.literal("bytes-sent").optional(),
        then: text.optional(),
        doc: text,
        from: source,
      }),
    ),
    otherwise: z
      .strictObject({
        completes: z.enum(["already", "anytime", "never"]),
        result: z.literal("failure"),
        doc: text,
        from: source,
      })
      .optional(),
    neverReturns: z.array(text).optional(),
    rules: z.record(
      text,
      z.strictObject({
        ...ruleBase,
        on: z.array(text),
        seenBy: z.enum(["arguments", "state", "protocol", "reader"]),
        require: text.optional(),
        lifetime: lifetime.optional(),
        answers: text.optional(),
        unchecked: text.optional(),
      }),
    ),
  }),
};

/** Reports what a definition has too much, too little or of the wrong type; true for nothing. */
export function checkShape(entry: Entry, diagnostics: Diagnostics): boolean {
  const shape = SHAPES[entry.kind];
  const result = shape?.safeParse(entry.value);
  for (const issue of result?.error?.issues ?? []) {
    const path = [
      ...entry.path,
      ...issue.path.map((key) => (typeof key === "symbol" ? String(key) : key)),
    ];
    const place = { file: entry.file, export: entry.export, path };
    if (issue.code === "unrecognized_keys") {
      for (const name of issue.keys) {
        const other = didYouMean(name, keysAt(shape, issue.path));
        diagnostics.report(
          "unknown-key",
          { ...place, path: [...path, name], atKey: true },
          { name, other },
        );
      }
    } else diagnostics.report(...mistake(issue, entry.value, place));
  }
  return result?.success === true;
}

const TYPES: Readonly<Record<string, string>> = {
  string: "text", number: "a number", int: "a whole number", boolean: "true or false",
  array: "a list", object: "an object", record: "an object",
}; // prettier-ignore

/** The diagnostic of a value that is missing, or is not what was wanted. */
function mistake(
  issue: z.core.$ZodIssue,
  root: unknown,
  place: Place,
): Parameters<Diagnostics["report"]> {
  const name = String(issue.path.at(-1) ?? "the definition");
  const wanted = wantedBy(issue);
  let at = root;
  for (const key of issue.path) at = Reflect.get(Object(at), key);
  if (at !== undefined) return ["wrong-shape", place, { name, wanted, received: receivedAs(at) }];
  return ["missing-key", { ...place, path: place.path.slice(0, -1) }, { name, wanted }];
}

function wantedBy(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_type") return TYPES[issue.expected] ?? issue.expected;
  if (issue.code === "too_small") return "one or more";
  if (issue.code !== "invalid_value") return issue.message;
  const values = issue.values.map((value) => JSON.stringify(value));
  const last = values.pop() ?? "";
  return values.length === 0 ? last : `${values.join(", ")} or ${last}`;
}

function receivedAs(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  return typeof value === "object" && value !== null ? "an object" : describe(value);
}

/** The keys that a shape knows at a path, for suggestions. */
function keysAt(shape: z.ZodType | undefined, path: readonly PropertyKey[]): string[] {
  let at: unknown = shape;
  for (const key of path) {
    if (at instanceof z.ZodOptional) at = at.unwrap();
    if (at instanceof z.ZodObject) at = Reflect.get(at.shape, key);
    else if (at instanceof z.ZodRecord) at = at.valueType;
    else if (at instanceof z.ZodArray) at = at.element;
    else return [];
  }
  if (at instanceof z.ZodOptional) at = at.unwrap();
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}
