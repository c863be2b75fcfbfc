/**
 * Statements that leave a function where a value does not fit: straight-line code that reads each
 * property once, allocates nothing and says nothing.
 */
import type { FieldModel, Model, RuleModel, StructModel } from "../model.js";
import type { Code } from "../print/code.js";
import { code, nothing } from "../print/code.js";
import { below, identifier, imported, key, number } from "../print/encode.js";
import type { View } from "./expression.js";
import { lengthCode } from "./expression.js";
import { lib, list } from "./pieces.js";
import type { Read } from "./reads.js";
import { Reads, stepInto } from "./reads.js";
import { brokenBy } from "./rule-checks.js";
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
}

/** The terms, where the statements stand in a guard or in a weigh. */
const TERMS: Code = code`terms`;

/** The statements for a value. */
export function emitFits(place: Place, around: Around): Code {
  const { value, nullable, reads } = place;
  const inner = reads.filter(({ path, what }) => path.length > 0 || what === "length");
  const kept = reads.filter((read) => !inner.includes(read)).map((read) => keep(read, value));
  if (inner.length > 0) {
    const body = readInto({ ...place, reads: inner }, around);
    const isThere = nullable ? code`if (${value} !== null) ` : nothing;
    return code`${isThere}{${body}}\n${kept}`;
  }
  const isNull = nullable ? code`${value} !== null && ` : nothing;
  return code`if (${isNull}!${guardTest(value, place.type, around)}) ${around.leave}\n${kept}`;
}

/** `fitsMDL(value)`, with the terms where the type asks for them. */
export function guardTest(
  value: Code,
  type: string,
  { model, terms = TERMS }: { readonly model: Model; readonly terms?: Code },
): Code {
  const { name } = structOf(model, type) ?? typeOf(model, type);
  const more = asksTerms(model, name) ? code`, ${terms}` : nothing;
  return code`${imported(`fits${name}`, "./guards")}(${value}${more})`;
}

/** The statements for a value whose inside is read: it is not NULL. */
export function readInto(place: Place, around: Around): Code {
  const struct = structOf(around.model, place.type);
  if (struct === undefined) return readArray(place, around);
  if (struct.next !== undefined) return readChain(place, struct, around);
  return code`if (!${lib("isRecord")}(${place.value})) ${around.leave}
    ${emitFields(struct, place, around)}`;
}

/** The statements for the fields of a struct, then for its rules. */
export function emitFields(
  struct: StructModel,
  { value, reads }: Pick<Place, "value" | "reads">,
  around: Around,
): Code {
  const { model, leave } = around;
  const names = list(struct.fields.map((field) => key(field.name)));
  const typeOfField = (name: string): string =>
    struct.fields.find((field) => field.name === name)?.type ?? "";
  const own = new Reads(model, struct.rules, typeOfField);
  const fields = struct.fields.map((field) => {
    const asked = [...own.of(field.name), ...reads.flatMap((read) => stepInto(read, field.name))];
    return emitField(field, asked, around);
  });
  const memory = struct.fields.map((field) => emitLength(struct, field, leave));
  const view = own.view(code`terms.arch`);
  const rules = struct.rules.map((rule) => emitMust(model, rule, { view, leave }));
  return code`const { ${names} } = ${value};
    ${declare(own.all)}${fields}${memory}${rules}`;
}

/** The locals that keep what is read. */
export const declare = (reads: readonly Read[]): Code =>
  code`${reads.map(({ local, type, initial }) => code`let ${local}: ${type} = ${initial};\n`)}`;

function emitField(field: FieldModel, reads: readonly Read[], around: Around): Code {
  const value = identifier(field.name);
  const { leave } = around;
  const kept = reads.map((read) => keep(read, value));
  if (field.chain === true) {
    return code`if (${value} !== null && !${lib("isRecord")}(${value})) ${leave}\n${kept}`;
  }
  if (field.count !== undefined) {
    const isOther =
      field.count === "any"
        ? nothing
        : code` || ${lengthCode(value, "bytes")} !== ${number(field.count)}`;
    return code`if (!${lib("isBytes")}(${value})${isOther}) ${leave}\n${kept}`;
  }
  return emitFits({ value, type: field.type, nullable: field.nullable === true, reads }, around);
}

/** Memory is as long as a field says. */
function emitLength(struct: StructModel, field: FieldModel, leave: Code): Code {
  const from = struct.fields.find(({ name }) => name === field.bytesFrom);
  if (from === undefined) return nothing;
  const memory = identifier(field.name);
  const notNull = field.nullable === true ? code`${memory} !== null && ` : nothing;
  return code`if (${notNull}${lengthCode(memory, "bytes")} < ${identifier(from.name)}) ${leave}\n`;
}

/** A rule of a struct that refuses, at least in some profile. */
function emitMust(model: Model, rule: RuleModel, of: { view: View; leave: Code }): Code {
  const broken = brokenBy(model, rule, { view: of.view });
  const must = mustIn(rule);
  if (broken === undefined || must === undefined) return nothing;
  return code`if (${must}${broken}) ${of.leave}\n`;
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
  const wrong = code`!${lib("isRecord")}(link) || link === mark || steps > ${lib("MAX_CHAIN")}`;
  return code`${isThere}for (let link: unknown = ${value}, mark: unknown = null, steps = 0; link !== null; steps++) {
      if (${wrong}) ${leave}
      ${declare(deep)}${fields}${kept}if ((steps & (steps - 1)) === 0) mark = link;
      link = ${identifier(struct.next ?? "")};
    }\n`;
}

/** What is read deeper than the fields of a link or an element, kept for that one. */
const deepIn = (reads: readonly Read[]): Read[] =>
  reads
    .filter(({ path }) => path.length > 1)
    .map((read) => ({ ...read, what: "value", local: innerOf(read) }));

/** Where a link or an element keeps what is read of it: the field itself, or a local. */
const innerOf = ({ path }: Read): Code =>
  path.length === 1 ? identifier(path[0] ?? "") : below(["link", ...path]);

const addTo = (read: Read): Code =>
  code`${read.local} = ${lib("sum")}(${read.local}, ${innerOf(read)});\n`;

/** An array, element by element, holes included. */
function readArray({ value, type, reads }: Place, around: Around): Code {
  const pointer = typeOf(around.model, type);
  const element = pointer.kind === "pointer" ? pointer.to : type;
  const length = reads.find(({ what }) => what === "length")?.local;
  const totals = reads.filter(({ what }) => what === "total");
  const inner = deepIn(totals);
  const sums = totals.map((read) =>
    read.count === undefined
      ? addTo(read)
      : code`if (i < ${identifier(read.count)}) ${addTo(read)}`,
  );
  const each =
    totals.length === 0
      ? code`if (!${guardTest(code`${value}[i]`, element, around)}) ${around.leave}\n`
      : code`${declare(inner)}const element: unknown = ${value}[i];
        ${readInto({ value: code`element`, type: element, nullable: false, reads: inner }, around)}${sums}`;
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

/** Keeps a value, where a read ends at it. */
const keep = ({ local }: Read, value: Code): Code => code`${local} = ${value};\n`;
