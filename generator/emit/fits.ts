/**
 * Statements that leave a function where a value does not fit: straight-line code that reads each
 * property once, allocates nothing and says nothing.
 */
import { Fault } from "../fault.js";
import type { FieldModel, RuleModel, StructModel } from "../model.js";
import type { Code } from "../print/code.js";
import { code, nothing } from "../print/code.js";
import { number } from "../print/encode.js";
import type { Around, Place } from "./around.js";
import { archOf, fieldsType, goesIn, guardTest, meetOne, nameIn, noRecord } from "./around.js";
import type { View } from "./expression.js";
import { lengthCode } from "./expression.js";
import { localOf, property } from "./locals.js";
import { lib, list } from "./pieces.js";
import type { Read } from "./reads.js";
import { declare, Reads, stepInto } from "./reads.js";
import { brokenBy } from "./rule-checks.js";
import { scalarTest } from "./scalars.js";
import { mustIn } from "./strength.js";
import { structOf, typeOf } from "./type-code.js";
import { isEndless, isVast } from "./weight.js";

/** True for what is asked of the inside of a value. */
const leadsIn = ({ path, what }: Read): boolean => path.length > 0 || what === "length";

/** True where the inside of a place is gone through, be it only for what rules ask. */
export const isEntered = ({ type, reads }: Place, around: Around): boolean =>
  reads.some(leadsIn) || goesIn(around, type);

/** The statements for a value. */
export function emitFits(place: Place, around: Around): Code {
  const { value, nullable, type, reads } = place;
  const kept = reads.filter((read) => !leadsIn(read)).map((read) => read.keep(value));
  const scalar = scalarTest(around.model, type, { value, arch: archOf(around) });
  if (scalar === undefined && isEntered(place, around)) {
    return code`${enter({ ...place, reads: reads.filter(leadsIn) }, around)}${kept}`;
  }
  if (scalar === undefined && around.isJudged === true) return code`${kept}`;
  const wrong = scalar?.wrong ?? code`!${guardTest(value, type, around)}`;
  return code`if (${isNot(nullable, value)}${wrong}) ${around.leave}\n${kept}`;
}

/** `value !== null && `, where it may be NULL. */
const isNot = (nullable: boolean, value: Code): Code =>
  nullable ? code`${value} !== null && ` : nothing;

/** The statements for a value of which more is asked than whether it fits. */
function enter(place: Place, around: Around): Code {
  const { value, nullable } = place;
  const { model, inside = [], leave } = around;
  const name = nameIn(model, place.type);
  // What holds itself would be gone through without an end: a guard judges it, and what rules ask
  // of it is looked at behind that.
  const isAgain = inside.includes(name) && around.isJudged !== true;
  const guarded = isAgain
    ? code`if (${isNot(nullable, value)}!${guardTest(value, name, around)}) ${leave}\n`
    : nothing;
  const body = readInto(place, {
    ...around,
    locals: around.locals.block(),
    inside: [...inside, name],
    isJudged: isAgain || around.isJudged === true,
  });
  // The walk along a chain takes no step where there is none.
  if (structOf(model, name)?.next !== undefined) return code`${guarded}${body}`;
  const isThere = nullable ? code`if (${value} !== null) ` : nothing;
  return code`${guarded}${isThere}{${body}}\n`;
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
    ${emitFields(struct, { ...place, taken: takeFields(struct, place, around) }, around)}`;
}

function readCell({ value, nullable }: Place, type: string, around: Around): Code {
  const element = around.locals.take("element");
  return code`if (${noRecord(value, nullable, around)}) ${around.leave}
    const { value: ${element} }${fieldsType(["value"], around)} = ${value};
    ${emitFits({ value: element, type, nullable: false, reads: [] }, around)}`;
}

/** A struct, the locals of its fields, and what is asked of them from outside. */
interface Taken extends Pick<Place, "value" | "reads"> {
  readonly taken: ReadonlyMap<string, Code>;
}

/** The fields that are read: all, or where a guard has judged them, those that are asked for. */
function takeFields(
  struct: StructModel,
  { reads }: Pick<Place, "reads">,
  { locals, isJudged = false }: Around,
): Map<string, Code> {
  const isRead = ({ name, chain }: FieldModel): boolean =>
    !isJudged || chain === true || reads.some(({ path }) => path[0] === name);
  return locals.takeAll(struct.fields.filter(isRead).map(({ name }) => name));
}

/** The statements for the fields of a struct, then for its rules. */
function emitFields(struct: StructModel, { value, reads, taken }: Taken, around: Around): Code {
  const { model, locals, isJudged = false } = around;
  const fields = struct.fields.filter(({ name }) => taken.has(name));
  const local = (name: string): Code => localOf(taken, name);
  const typeOfField = (name: string): string =>
    fields.find((field) => field.name === name)?.type ?? "";
  const rules = isJudged ? [] : struct.rules;
  const own = new Reads(rules, { model, locals, typeOf: typeOfField, own: local });
  const statements = inOrder(fields).map((field) => {
    const asked = reads.flatMap((read) => stepInto(read, field.name));
    return emitField(field, { local, reads: [...own.of(field.name), ...asked] }, around);
  });
  const view = own.view(archOf(around));
  const stated = rules.map((rule) => emitMust(rule, view, around));
  const body = code`${readFields(value, taken, around)}${declare(own.kept)}${statements}${stated}`;
  return isJudged ? body : counted(struct, body, around);
}

function readFields(value: Code, taken: ReadonlyMap<string, Code>, around: Around): Code {
  if (taken.size === 0) return nothing;
  const names = [...taken.keys()];
  const properties = list([...taken].map(([name, local]) => property(name, local)));
  return code`const { ${properties} }${fieldsType(names, around)} = ${value};
`;
}

/** Memory comes after the number that says how long it is. */
function inOrder(fields: readonly FieldModel[]): FieldModel[] {
  const isShort = ({ bytesFrom }: FieldModel): boolean => bytesFrom === undefined;
  return [...fields.filter(isShort), ...fields.filter((field) => !isShort(field))];
}

/** The statements for a struct of which there may be very many: somebody counts. */
function counted(struct: StructModel, body: Code, { model, counter, leave }: Around): Code {
  if (counter === undefined) {
    if (isVast(model, struct.name)) throw new Fault(`nobody counts what is in ${struct.name}`);
    return body;
  }
  const { walk } = counter;
  const isDeep = isEndless(model, struct.name);
  const enters = isDeep ? code`if (!${walk}.enters()) ${leave}\n` : nothing;
  const leaves = isDeep ? code`${walk}.leaves();\n` : nothing;
  return code`${meetOne(counter, leave)}${enters}${body}${leaves}`;
}

interface Asked {
  /** The locals of the fields. */
  readonly local: (name: string) => Code;
  readonly reads: readonly Read[];
}

function emitField(field: FieldModel, { local, reads }: Asked, around: Around): Code {
  const value = local(field.name);
  const { leave } = around;
  // The next step of the walk looks at a link.
  if (field.chain === true) return code`${reads.map(({ keep }) => keep(value))}`;
  if (field.count !== undefined) {
    const isOther =
      field.count === "any"
        ? nothing
        : code` || ${lengthCode(value, "bytes")} !== ${number(field.count)}`;
    const kept = reads.map(({ keep }) => keep(value));
    return code`if (!${lib("isBytes")}(${value})${isOther}) ${leave}\n${kept}`;
  }
  const nullable = field.nullable === true;
  const place = { value, type: field.type, nullable, reads };
  if (field.bytesFrom === undefined || around.isJudged === true) return emitFits(place, around);
  const length = code`if (${lengthCode(value, "bytes")} < ${local(field.bytesFrom)}) ${leave}\n`;
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
function readChain(place: Place, struct: StructModel, outside: Around): Code {
  const { value, nullable } = place;
  const around = { ...outside, locals: outside.locals.block() };
  const { locals, leave } = around;
  const walk = {
    link: locals.take("link"),
    mark: locals.take("mark"),
    steps: locals.take("steps"),
  };
  const { link, mark, steps } = walk;
  const next = struct.next ?? "";
  const reads = place.reads.map((read) => readOfLink(read, next, steps));
  const taken = takeFields(struct, { reads }, around);
  const fields = emitFields(struct, { value: link, reads, taken }, around);
  const isThere = nullable ? nothing : code`if (${value} === null) ${leave}\n`;
  const wrong = code`${noRecord(link, true, around)} || ${steps} > ${lib("MAX_CHAIN")}`;
  return code`${isThere}for (let ${link}: unknown = ${value}, ${mark}: unknown = null, ${steps} = 0; ${link} !== null; ${steps}++) {
      if (${wrong}) ${leave}
      ${fields}${comesBack(walk, leave)}${link} = ${localOf(taken, next)};
    }\n`;
}

/**
 * A chain that comes back meets the link that is marked, be it not at once: every sixteenth link is
 * looked at, and marks are set at ever longer distances.
 */
const comesBack = (walk: Record<"link" | "mark" | "steps", Code>, leave: Code): Code => {
  const { link, mark, steps } = walk;
  return code`if ((${steps} & 15) === 15) {
        if (${link} === ${mark}) ${leave}
        if ((${steps} & (${steps} + 1)) === 0) ${mark} = ${link};
      }
      `;
};

/** What is asked of a chain, as each link is asked: of all for a sum, of one for anything else. */
function readOfLink(read: Read, next: string, steps: Code): Read {
  if (read.what === "total") return { ...read, what: "value" };
  const { path } = read;
  const first = path.findIndex((name, i) => name !== next || i === path.length - 1);
  const keep = (found: Code): Code => code`if (${steps} === ${number(first)}) ${read.keep(found)}`;
  return { ...read, path: path.slice(first), keep };
}

/** An array, element by element, holes included. */
function readArray(place: Place, type: string, outside: Around): Code {
  const { value, reads } = place;
  const around = { ...outside, locals: outside.locals.block() };
  const { locals, leave } = around;
  const [length, i] = [locals.take("length"), locals.take("i")];
  const totals = reads.filter(({ what }) => what === "total");
  const kept = reads.filter(({ what }) => what === "length").map(({ keep }) => keep(length));
  const inner = totals.map((read) => readOfElement(read, i));
  const element = { type, nullable: false, reads: inner };
  const each = readElement(element, code`${value}[${i}]`, around);
  const met = meetElement(type, around);
  return code`if (!${lib("isArray")}(${value})) ${leave}
    const { ${property("length", length)} } = ${value};
    if (!(${length} <= ${lib("MAX_ITEMS")})) ${leave}
    ${kept}${each === nothing ? nothing : code`for (let ${i} = 0; ${i} < ${length}; ${i}++) {${met}${each}}\n`}`;
}

/** What is summed up is asked of each element, or of the first ones. */
function readOfElement({ path, count, keep }: Read, i: Code): Read {
  const first = (found: Code): Code => code`if (${i} < ${count ?? nothing}) ${keep(found)}`;
  return { path, what: "value", keep: count === undefined ? keep : first };
}

/** Structs count themselves, and so do the links of chains. */
function meetElement(type: string, { model, counter, leave, isJudged = false }: Around): Code {
  if (counter === undefined || isJudged || structOf(model, type) !== undefined) return nothing;
  return meetOne(counter, leave);
}

function readElement(of: Omit<Place, "value">, value: Code, around: Around): Code {
  const { model, leave, locals, inside = [] } = around;
  if (around.isJudged === true && of.reads.length === 0) return nothing;
  const element = locals.take("element");
  const place = { ...of, value: element };
  if (
    !isEntered(place, around) &&
    scalarTest(model, of.type, { value, arch: nothing }) === undefined
  )
    return code`if (!${guardTest(value, of.type, around)}) ${leave}\n`;
  const name = nameIn(model, of.type);
  const isStruct = structOf(model, name) !== undefined && !inside.includes(name);
  const body = isStruct
    ? readInto(place, { ...around, inside: [...inside, name] })
    : emitFits(place, around);
  return code`const ${element}: unknown = ${value};\n${body}`;
}
