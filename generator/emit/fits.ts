/**
 * Statements that leave a function where a value does not fit: straight-line code that reads each
 * property once, allocates nothing and says nothing.
 */
import type { Profile } from "../../schema/vocabulary.js";
import { Fault } from "../fault.js";
import type { FieldModel, Model, RuleModel, StructModel } from "../model.js";
import type { Code } from "../print/code.js";
import { code, join, nothing } from "../print/code.js";
import { below, identifier, imported, key, number, string } from "../print/encode.js";
import type { View } from "./expression.js";
import { lengthCode } from "./expression.js";
import { lib, libType, list } from "./pieces.js";
import type { Read } from "./reads.js";
import { Reads, stepInto } from "./reads.js";
import { brokenBy } from "./rule-checks.js";
import { scalarTest } from "./scalars.js";
import { mustIn } from "./strength.js";
import { asksTerms, typeOf, structOf } from "./type-code.js";

/** A value in generated code, and what the rules around it ask of it. */
export interface Place {
  readonly value: Code;
  readonly type: string;
  readonly nullable: boolean;
  readonly reads: readonly Read[];
}

/** The function around the statements. */
export interface Around {
  readonly model: Model;
  /** The statement that leaves it. */
  readonly leave: Code;
  /**
   * The profile, where the function knows it: then the architecture is x64, and what has an inside
   * is gone through on the spot. Others take `terms`, and leave the inside to guards.
   */
  readonly profile?: Profile;
  /** The types that the statements are inside of. */
  readonly inside?: readonly string[];
}

/** Deeper than this, guards are asked: straight lines have an end. */
const DEPTH = 4;

const goesIn = ({ profile, inside = [] }: Around, type: string): boolean =>
  profile !== undefined && inside.length < DEPTH && !inside.includes(type);

/** The statements for a value. */
export function emitFits(place: Place, around: Around): Code {
  const { value, nullable, reads } = place;
  const inner = reads.filter(({ path, what }) => path.length > 0 || what === "length");
  const kept = reads.filter((read) => !inner.includes(read)).map((read) => keep(read, value));
  const scalar = scalarTest(around.model, place.type, { value, arch: archOf(around) });
  const isInside = inner.length > 0 || goesIn(around, place.type);
  if (scalar === undefined && isInside) {
    const inside = [...(around.inside ?? []), place.type];
    const body = readInto({ ...place, reads: inner }, { ...around, inside });
    // The walk along a chain takes no step where there is none.
    if (structOf(around.model, place.type)?.next !== undefined) return code`${body}${kept}`;
    const isThere = nullable ? code`if (${value} !== null) ` : nothing;
    return code`${isThere}{${body}}\n${kept}`;
  }
  const wrong = scalar?.wrong ?? code`!${guardTest(value, place.type, around)}`;
  const isNull = nullable ? code`${value} !== null && ` : nothing;
  return code`if (${isNull}${wrong}) ${around.leave}\n${kept}`;
}

/** The architecture, as the statements know it. */
export const archOf = ({ profile }: Around): Code =>
  profile === undefined ? code`terms.arch` : code`"x64"`;

/** Where the terms are that a guard is given. */
interface GuardTerms extends Pick<Around, "model" | "profile"> {
  readonly terms?: Code;
}

/** The terms of a function that knows its profile, where a guard asks for them. */
export const TERMS: Code = code`TERMS`;

/** `fitsMDL(value)`, with the terms where the type asks for them. */
export function guardTest(
  value: Code,
  type: string,
  { model, profile, terms = profile === undefined ? code`terms` : TERMS }: GuardTerms,
): Code {
  const { name } = structOf(model, type) ?? typeOf(model, type);
  const more = asksTerms(model, name) ? code`, ${terms}` : nothing;
  return code`${imported(`fits${name}`, "./guards")}(${value}${more})`;
}

/** The statements for a value whose inside is read: it is not NULL. */
export function readInto(place: Place, around: Around): Code {
  const struct = structOf(around.model, place.type);
  if (struct === undefined) {
    const type = typeOf(around.model, place.type);
    if (type.kind !== "pointer") throw new Fault(`${type.name} has no inside`);
    return type.form === "cell"
      ? readCell(place, type.to, around)
      : readArray(place, type.to, around);
  }
  if (struct.next !== undefined) return readChain(place, struct, around);
  return code`if (${noRecord(place.value, place.nullable, around)}) ${around.leave}
    ${emitFields(struct, place, around)}`;
}

function readCell({ value, nullable }: Place, type: string, around: Around): Code {
  const place = { value: code`element`, type, nullable: false, reads: [] };
  const given = isOnTheSpot(around) ? code`: ${libType("Fields")}<"value">` : nothing;
  return code`if (${noRecord(value, nullable, around)}) ${around.leave}
    const { value: element }${given} = ${value};
    ${emitFits(place, around)}`;
}

/** The statements for the fields of a struct, then for its rules. */
export function emitFields(
  struct: StructModel,
  { value, reads }: Pick<Place, "value" | "reads">,
  around: Around,
): Code {
  const { model } = around;
  const names = list(struct.fields.map((field) => key(field.name)));
  const typeOfField = (name: string): string =>
    struct.fields.find((field) => field.name === name)?.type ?? "";
  const own = new Reads(model, struct.rules, typeOfField);
  const isShort = ({ bytesFrom }: FieldModel): boolean => bytesFrom === undefined;
  const ordered = [...struct.fields.filter(isShort), ...struct.fields.filter((f) => !isShort(f))];
  const fields = ordered.map((field) => {
    const asked = [...own.of(field.name), ...reads.flatMap((read) => stepInto(read, field.name))];
    return emitField(field, asked, around);
  });
  const view = own.view(archOf(around));
  const rules = struct.rules.map((rule) => emitMust(rule, view, around));
  const taken = code`const { ${names} }${fieldsType(struct, around)} = ${value};\n`;
  return code`${struct.fields.length > 0 ? taken : nothing}${declare(own.all)}${fields}${rules}`;
}

/** Where the compiler does not know that a value has fields, it is told which are asked for. */
function fieldsType({ fields }: StructModel, around: Around): Code {
  if (!isOnTheSpot(around)) return nothing;
  const names = join(
    fields.map(({ name }) => string(name)),
    code` | `,
  );
  return code`: ${libType("Fields")}<${names}>`;
}

/** True in a function that knows its profile: it asks nobody what it can see itself. */
const isOnTheSpot = ({ profile }: Around): boolean => profile !== undefined;

/** The condition under which a value is no object with fields; `isThere` where it is not NULL. */
function noRecord(value: Code, isThere: boolean, around: Around): Code {
  if (!isOnTheSpot(around)) return code`!${lib("isRecord")}(${value})`;
  const isNull = isThere ? nothing : code` || ${value} === null`;
  return code`typeof ${value} !== "object"${isNull} || ${lib("isArray")}(${value})`;
}

/** The locals that keep what is read. */
export const declare = (reads: readonly Read[]): Code =>
  code`${reads.map(({ local, type, initial }) => code`let ${local}: ${type} = ${initial};\n`)}`;

function emitField(field: FieldModel, reads: readonly Read[], around: Around): Code {
  const value = identifier(field.name);
  const { leave } = around;
  const kept = reads.map((read) => keep(read, value));
  if (field.chain === true) return code`${kept}`; // the next step of the walk looks at it
  if (field.count !== undefined) {
    const isOther =
      field.count === "any"
        ? nothing
        : code` || ${lengthCode(value, "bytes")} !== ${number(field.count)}`;
    return code`if (!${lib("isBytes")}(${value})${isOther}) ${leave}\n${kept}`;
  }
  const nullable = field.nullable === true;
  const place = { value, type: field.type, nullable, reads };
  if (field.bytesFrom === undefined) return emitFits(place, around);
  const from = identifier(field.bytesFrom);
  const length = code`if (${lengthCode(value, "bytes")} < ${from}) ${leave}\n`;
  const fits = emitFits({ ...place, nullable: false }, around);
  return nullable ? code`if (${value} !== null) {${fits}${length}}\n` : code`${fits}${length}`;
}

/** A rule of a struct that refuses, at least in some profile. */
function emitMust(rule: RuleModel, view: View, { model, leave, profile }: Around): Code {
  const broken = brokenBy(model, rule, { view });
  const must = mustIn(rule, profile);
  if (broken === undefined || must === undefined) return nothing;
  return code`if (${must}${broken}) ${leave}\n`;
}

/** A chain, link by link. It ends as the collector sees it: no link is met again. */
export function readChain(place: Place, struct: StructModel, around: Around): Code {
  const { leave } = around;
  const deep = deepIn(place.reads);
  const kept = place.reads.map((read) =>
    read.what === "total"
      ? addTo(read)
      : code`if (steps === 0) ${read.local} = ${innerOf(read)};\n`,
  );
  const { value, nullable } = place;
  const isThere = nullable ? nothing : code`if (${value} === null) ${leave}\n`;
  const fields = emitFields(struct, { value: code`link`, reads: deep }, around);
  const wrong = code`${noRecord(code`link`, true, around)} || steps > ${lib("MAX_CHAIN")}`;
  return code`${isThere}for (let link: unknown = ${value}, mark: unknown = null, steps = 0; link !== null; steps++) {
      if (${wrong}) ${leave}
      ${declare(deep)}${fields}${kept}${comesBack(leave)}link = ${identifier(struct.next ?? "")};
    }\n`;
}

/**
 * A chain that comes back meets the link that is marked, be it not at once: every sixteenth link is
 * looked at, and marks are set at ever longer distances.
 */
const comesBack = (leave: Code): Code => code`if ((steps & 15) === 15) {
        if (link === mark) ${leave}
        if ((steps & (steps + 1)) === 0) mark = link;
      }
      `;

/** What is read deeper than the fields of a link or an element, kept for that one. */
const deepIn = (reads: readonly Read[]): Read[] =>
  reads
    .filter(({ path }) => path.length > 1)
    .map((read) => ({ ...read, what: "value", local: innerOf(read) }));

/** Where a link or an element keeps what is read of it: the field itself, or a local. */
const innerOf = ({ path }: Read): Code =>
  path.length === 1 ? identifier(path[0] ?? "") : below(["link", ...path]);

const addTo = (read: Read): Code =>
  read.isShort === true
    ? code`${read.local} += ${innerOf(read)};\n`
    : code`${read.local} = ${lib("sum")}(${read.local}, ${innerOf(read)});\n`;

/** An array, element by element, holes included. */
function readArray({ value, reads }: Place, element: string, around: Around): Code {
  const length = reads.find(({ what }) => what === "length")?.local;
  const totals = reads.filter(({ what }) => what === "total");
  const inner = deepIn(totals);
  const sums = totals.map((read) =>
    read.count === undefined
      ? addTo(read)
      : code`if (i < ${identifier(read.count)}) ${addTo(read)}`,
  );
  const isInside = totals.length > 0 || goesIn(around, element);
  const place = { value: code`element`, type: element, nullable: false, reads: inner };
  const each = isInside
    ? code`${declare(inner)}const element: unknown = ${value}[i];
        ${readElement(place, around)}${sums}`
    : code`if (!${guardTest(code`${value}[i]`, element, around)}) ${around.leave}\n`;
  const count =
    length === undefined
      ? code`const { length } = ${value};\n`
      : code`${length} = ${value}.length;\n`;
  const end = length ?? code`length`;
  return code`if (!${lib("isArray")}(${value})) ${around.leave}
    ${count}if (!(${end} <= ${lib("MAX_ITEMS")})) ${around.leave}
    for (let i = 0; i < ${end}; i++) {
      ${each}}\n`;
}

/** An element is a struct of which fields are summed up, or whatever else an array may hold. */
const readElement = (place: Place, around: Around): Code =>
  structOf(around.model, place.type) === undefined
    ? emitFits(place, around)
    : readInto(place, { ...around, inside: [...(around.inside ?? []), place.type] });

/** Keeps a value, where a read ends at it. */
const keep = ({ local }: Read, value: Code): Code => code`${local} = ${value};\n`;
