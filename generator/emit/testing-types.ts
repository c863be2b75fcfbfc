/** testing/types.ts: one arbitrary a type. Its values mostly keep the rules of the type. */
import { never } from "../fault.js";
import type { FieldModel, Model, StructModel, TypeModel } from "../model.js";
import { rangeOf } from "../phrases.js";
import type { Code } from "../print/code.js";
import { code } from "../print/code.js";
import {
  bigint, docComment, identifier, imported, importedType, key, number, string,
} from "../print/encode.js"; // prettier-ignore
import type { OutputFile } from "../print/file.js";
import { SUPPORT_TESTING } from "../print/file.js";
import type { Interest } from "../testing/interest.js";
import { interestOf } from "../testing/interest.js";
import { list } from "./pieces.js";
import { isWide, structOf, typeOf } from "./type-code.js";
import { isBulky } from "./weight.js";

const lib = (name: string): Code => imported(name, SUPPORT_TESTING);

/** Emits the arbitraries of all types. */
export function emitTypeArbitraries(model: Model): OutputFile {
  const judged = [...model.types.values()].filter(
    (type) => type.kind === "struct" || structOf(model, type.name) === undefined,
  );
  const body = code`${judged.map((type) => emitArbitrary(model, type))}`;
  return { path: "testing/types.ts", source: "the types of the schema", body };
}

function emitArbitrary(model: Model, type: TypeModel): Code {
  const arbitrary = importedType("Arbitrary", SUPPORT_TESTING);
  const doc = docComment([`Any ${type.name}: ${lower(type.doc)}`]);
  return code`
${doc}export const ${identifier(`arb${type.name}`)} = (): ${arbitrary}<${importedType(type.name, "./types")}> =>
  ${shape(model, type)};
`;
}

/** The first word without its capital, where it is no name. */
const lower = (text: string): string =>
  /^[A-Z][a-z]* /.test(text) ? `${text.charAt(0).toLowerCase()}${text.slice(1)}` : text;

/** The module in which an arbitrary is mentioned. */
export type Asker = "types" | "call";

function shape(model: Model, type: TypeModel): Code {
  switch (type.kind) {
    case "integer":
      return integer(model, type, []);
    case "boolean":
      return code`${lib("anyBoolean")}()`;
    case "routine":
      return code`${lib("anyRoutine")}()`;
    case "struct":
      return structShape(model, type);
    case "pointer":
      return pointerShape(model, type);
    default:
      return never(type);
  }
}

function integer(
  model: Model,
  type: Extract<TypeModel, { kind: "integer" }>,
  interest: readonly bigint[],
): Code {
  const { low, high } = rangeOf(type);
  const known = interest.filter((value) => value >= low && value <= high);
  const some = (encode: (value: bigint) => Code): Code[] =>
    known.length === 0 ? [] : [code`[${list(known.map(encode))}]`];
  return isWide(model, type.name)
    ? code`${lib("anyWide")}(${list([bigint(low), bigint(high), ...some(bigint)])})`
    : code`${lib("anyWhole")}(${list([decimal(low), decimal(high), ...some(decimal)])})`;
}

const decimal = (value: bigint): Code => number(Number(value));

function pointerShape(model: Model, type: Extract<TypeModel, { kind: "pointer" }>): Code {
  switch (type.form) {
    case "bytes":
      return code`${lib("anyMemory")}()`;
    case "opaque":
      return code`${lib("anyOpaque")}()`;
    case "array":
      return code`${lib("anyArray")}(${arbitraryOf(model, type.to, "types")})`;
    case "cell":
      return code`${lib("anyCell")}(${arbitraryOf(model, type.to, "types")})`;
    case "object":
      return arbitraryOf(model, type.to, "types");
    default:
      return never(type.form);
  }
}

/** The arbitrary of a type, by its name. Pointers to objects have that of their pointee. */
function arbitraryOf(model: Model, name: string, asker: Asker): Code {
  const made = `arb${(structOf(model, name) ?? typeOf(model, name)).name}`;
  return code`${asker === "types" ? identifier(made) : imported(made, "./testing/types")}()`;
}

function structShape(model: Model, struct: StructModel): Code {
  const interest = interestOf(model, struct.rules, struct.variants);
  const fields = struct.fields.map(
    (field) => code`${key(field.name)}: ${fieldShape(model, { struct, field, interest })},\n`,
  );
  const lengths = struct.fields.flatMap(({ name, bytesFrom }) =>
    bytesFrom === undefined ? [] : [measuredBy(bytesFrom, name)],
  );
  const made = code`${imported("record", SUPPORT_TESTING)}({\n${fields}})${lengths}`;
  if (struct.next === undefined) return made;
  const type = importedType(struct.name, "./types");
  return code`${lib("anyChain")}<${type}>(${string(struct.next)}, ${made})`;
}

/** `.map(measured("ByteCount", "MappedSystemVa"))` */
export const measuredBy = (length: string, of: string): Code =>
  code`.map(${lib("measured")}(${string(length)}, ${string(of)}))`;

function fieldShape(
  model: Model,
  { struct, field, interest }: { struct: StructModel; field: FieldModel; interest: Interest },
): Code {
  if (field.count === "any") return memory(interest, field.name);
  if (field.count !== undefined) return code`${lib("exactMemory")}(${number(field.count)})`;
  const isTooMuch = field.nullable === true && isBulky(model, field.type);
  if (isTooMuch || reaches(model, field.type, struct.name)) return empty(model, field.type);
  const of = valueShape(model, { name: field.name, type: field.type, interest, asker: "types" });
  return field.nullable === true ? code`${lib("orNull")}(${of})` : of;
}

/** A value of a member that rules speak of. */
export function valueShape(
  model: Model,
  of: { name: string; type: string; interest: Interest; asker: Asker },
): Code {
  const { name, interest } = of;
  const type = typeOf(model, of.type);
  if (type.kind === "integer") return integer(model, type, interest.values.get(name) ?? []);
  if (type.kind !== "pointer" || type.form !== "bytes")
    return arbitraryOf(model, of.type, of.asker);
  return interest.controlInfo.has(name) ? code`${lib("anyControlInfo")}()` : memory(interest, name);
}

/** Nobody needs more memory to test a length. */
const MOST_BYTES = 0x1_0000n;

function memory({ lengths }: Interest, name: string): Code {
  const known = (lengths.get(name) ?? []).filter((size) => size >= 0n && size <= MOST_BYTES);
  return code`${lib("anyMemory")}(${known.length === 0 ? code`` : code`[${list(known.map(decimal))}]`})`;
}

/**
 * What leads back to its own struct is left out, and what may be very much: the end of a chain, or
 * of a tree.
 */
function empty(model: Model, name: string): Code {
  const type = typeOf(model, name);
  const constant = imported("constant", SUPPORT_TESTING);
  return type.kind === "pointer" && type.form === "array"
    ? code`${constant}([])`
    : code`${constant}(null)`;
}

/** True where a type leads to a struct, on whatever way. */
function reaches(model: Model, from: string, to: string): boolean {
  const met = new Set<string>();
  const visit = (name: string): boolean => {
    const type = model.types.get(name);
    if (name === to) return true;
    if (type === undefined || met.has(name)) return false;
    met.add(name);
    if (type.kind === "struct") return type.fields.some((field) => visit(field.type));
    return type.kind === "pointer" && type.form !== "bytes" && visit(type.to);
  };
  return visit(from);
}
