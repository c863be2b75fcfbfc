/**
 * judges.ts: one judge a type. A judge says whether a value is of its type, and reports why not.
 */
import { integerPhrase } from "../phrases.js";
import { never } from "../fault.js";
import { camel, structStem } from "../names.js";
import type { FieldModel, Model, StructModel, TypeModel } from "../model.js";
import type { Code } from "../print/code.js";
import { code, join, nothing } from "../print/code.js";
import {
  docComment, identifier, importedType, key, number, string,
} from "../print/encode.js"; // prettier-ignore
import type { OutputFile } from "../print/file.js";
import { guardTest } from "./around.js";
import { lib, libType, list } from "./pieces.js";
import type { Contract } from "./rule-checks.js";
import { emitRule, okName, ruleRef } from "./rule-checks.js";
import { asksProfile, hasMild, isWide, structOf, typeOf } from "./type-code.js";
import { isCounted, isEndless, isVast } from "./weight.js";

/** Emits judges.ts. */
export function emitJudges(model: Model): OutputFile {
  const judged = [...model.types.values()].filter(
    (type) =>
      structOf(model, type.name)?.name === type.name || structOf(model, type.name) === undefined,
  );
  const body = code`${judged.map((type) => emitJudge(model, type))}`;
  return { path: "judges.ts", source: "the types of the schema", body };
}

const on = (): Code => libType("Collector");

function head(type: TypeModel, doc: string, name: string): Code {
  const is = importedType(type.name, "./types");
  return code`
${docComment([doc])}export function ${identifier(name)}(on: ${on()}, value: unknown): value is ${is} `;
}

/** The judge that stands in judges.ts itself. */
const localJudge = (model: Model, type: string): Code =>
  identifier(`judge${(structOf(model, type) ?? typeOf(model, type)).name}`);

function emitJudge(model: Model, type: TypeModel): Code {
  const name = `judge${type.name}`;
  switch (type.kind) {
    case "integer": {
      const phrase = integerPhrase(type);
      return simple(head(type, `Judges ${phrase}.`, name), fits(model, type.name), phrase);
    }
    case "boolean":
      return simple(
        head(type, "Judges TRUE or FALSE.", name),
        fits(model, type.name),
        "true or false",
      );
    case "routine":
      return simple(
        head(type, "Judges a callback.", name),
        fits(model, type.name),
        `a function of type ${type.name}`,
      );
    case "pointer":
      return pointerJudge(model, type, name);
    case "struct":
      return structJudge(model, type);
    default:
      return never(type);
  }
}

/** The guard of a type, asked about the value. */
const fits = (model: Model, type: string): Code =>
  guardTest(code`value`, type, { model, terms: code`on` });

function simple(start: Code, test: Code, wanted: string): Code {
  return code`${start}{\n  return ${test} || on.expected(${string(wanted)}, value);\n}\n\n`;
}

function pointerJudge(
  model: Model,
  type: Extract<TypeModel, { kind: "pointer" }>,
  name: string,
): Code {
  const start = head(
    type,
    `Judges ${type.name}: ${type.doc.charAt(0).toLowerCase()}${type.doc.slice(1)}`,
    name,
  );
  switch (type.form) {
    case "bytes": {
      const wanted = type.to === "VOID" ? "a pointer to memory" : `a pointer to ${type.to}`;
      return simple(start, fits(model, type.name), wanted);
    }
    case "opaque":
      return simple(start, fits(model, type.name), "a pointer");
    case "array":
      return code`${start}{\n  ${quick(model, type.name)}return on.array(${elementJudge(model, type)}, value);\n}\n\n`;
    case "cell": {
      const wanted = string(`a pointer to ${type.to}: an object { value }`);
      return code`${start}{
  if (!${lib("isRecord")}(value)) return on.expected(${wanted}, value);
  return on.field("value", ${localJudge(model, type.to)}, value["value"]);
}\n\n`;
    }
    case "object":
      return nothing;
    default:
      return never(type.form);
  }
}

/** Structs are met where they are judged, other elements in their array. */
function elementJudge(model: Model, { name, to }: { name: string; to: string }): Code {
  const judge = localJudge(model, to);
  const isMet = isCounted(model, name) && structOf(model, to) === undefined;
  return isMet ? code`${lib("counted")}(${judge})` : judge;
}

function structJudge(model: Model, struct: StructModel): Code {
  const name = `judge${struct.name}`;
  if (struct.next === undefined) {
    return oneStruct(
      model,
      struct,
      head(struct, `Judges ${struct.name}: its fields, then how they fit together.`, name),
    );
  }
  const one = identifier(`judgeOne${struct.name}`);
  const start = head(
    struct,
    `Judges a chain of ${struct.name}: each link, and that the chain ends.`,
    name,
  );
  const ends = struct.rules.flatMap((rule) =>
    rule.check.kind === "chain" ? [ruleRef(rule, structContract(struct))] : [],
  );
  const args = list([...ends, string(struct.next), one, code`value`]);
  const chain = code`${start}{\n  ${quick(model, struct.name)}return on.chain(${args});\n}\n\n`;
  const is = importedType(struct.name, "./types");
  const linkStart = code`function ${one}(on: ${on()}, value: unknown): value is ${is} `;
  return code`${chain}${oneStruct(model, struct, linkStart)}`;
}

/**
 * Most values are as they must be; where a rule has more to say than that, it is asked. What may
 * be very much is asked once, by whoever judges a parameter, and not again at each place.
 */
function quick(model: Model, type: string): Code {
  if (hasMild(model, type) || isVast(model, type)) return nothing;
  const counter = { walk: code`on.walk`, isThere: false };
  const fits = guardTest(code`value`, type, { model, terms: code`on`, counter });
  const isRight = isCounted(model, type) ? code`${lib("kept")}(on, ${fits})` : fits;
  const isQuick = asksProfile(model, type) ? code`on.isQuick && ` : nothing;
  return code`if (${isQuick}${isRight}) return true;\n`;
}

function oneStruct(model: Model, struct: StructModel, start: Code): Code {
  const names = join(
    struct.fields.map((field) => key(field.name)),
    code`, `,
  );
  const fields = struct.fields.map(
    (field) => code`const ${okName(field.name)} = ${fieldJudge(model, struct, field)};\n`,
  );
  const contract = structContract(struct);
  const rules = struct.rules.map((rule) => emitRule(model, rule, { contract }));
  const oks = struct.fields.map((field) => okName(field.name));
  const all = oks.length === 0 ? code`true` : join(oks, code` && `);
  const wanted = string(`a pointer to ${struct.name}`);
  const first = struct.next === undefined ? quick(model, struct.name) : nothing;
  const { meets, enters, leaves } = counting(model, struct);
  return code`${start}{
  ${first}${meets}if (!${lib("isRecord")}(value)) return on.expected(${wanted}, value);
  ${enters}const { ${names} } = value;
  ${fields}
  ${struct.fields.map((field) => holds(model, struct, field))}
  ${rules}${leaves}return ${all};
}\n\n`;
}

/** The statements that count: whatever stands for a struct is met, and one that is one entered. */
function counting(
  model: Model,
  { name }: StructModel,
): Record<"meets" | "enters" | "leaves", Code> {
  const ask = (what: string): Code => code`if (!${lib(what)}(on)) return false;\n`;
  const isDeep = isEndless(model, name);
  return {
    meets: isCounted(model, name) ? ask("meets") : nothing,
    enters: isDeep ? ask("entersStruct") : nothing,
    leaves: isDeep ? code`${lib("leavesStruct")}(on);\n` : nothing,
  };
}

function structContract(struct: StructModel): Contract {
  const stem = structStem(struct.name);
  return { name: `${camel(stem)}Rules`, module: `./contract/${stem}` };
}

function fieldJudge(model: Model, struct: StructModel, field: FieldModel): Code {
  const [name, value] = [string(field.name), identifier(field.name)];
  if (field.count !== undefined) return bytesJudge(field);
  const judge = field.chain === true ? linkJudge(struct) : localJudge(model, field.type);
  return field.nullable === true
    ? code`on.nullable(${name}, ${judge}, ${value})`
    : code`on.field(${name}, ${judge}, ${value})`;
}

/** A link is only known to be a pointer here; the walk along the chain judges the rest. */
function linkJudge(struct: StructModel): Code {
  return code`${lib("linkTo")}<${importedType(struct.name, "./types")}>(${string(struct.name)})`;
}

function bytesJudge(field: FieldModel): Code {
  const count = field.count === "any" || field.count === undefined ? code`` : number(field.count);
  const judge = code`${lib("inlineBytes")}(${count})`;
  return code`on.field(${string(field.name)}, ${judge}, ${identifier(field.name)})`;
}

function holds(model: Model, struct: StructModel, field: FieldModel): Code {
  const from = field.bytesFrom;
  if (from === undefined) return nothing;
  const length = struct.fields.find(({ name }) => name === from);
  const isLong = length !== undefined && isWide(model, length.type);
  const bytes = isLong ? code`Number(${identifier(from)})` : identifier(from);
  return code`if (${okName(field.name)} && ${okName(from)}) {
    on.holds(${list([string(field.name), identifier(field.name), bytes, string(from)])});
  }\n`;
}
