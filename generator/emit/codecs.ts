/** codecs/<struct>.ts: from memory to the JavaScript view of a struct, and back. */
import { never } from "../fault.js";
import type { FieldModel, LayoutModel, Model, StructModel } from "../model.js";
import { codecNames, structStem } from "../names.js";
import type { Code } from "../print/code.js";
import { code, nothing } from "../print/code.js";
import {
  docComment,
  identifier,
  imported,
  importedType,
  key,
  number,
  string,
} from "../print/encode.js";
import type { OutputFile } from "../print/file.js";
import { emitImage } from "./images.js";
import { layoutConstant } from "./layouts.js";
import { codecLib, codecType, constantsModule, libType, list } from "./pieces.js";
import { isWide, typeOf } from "./type-code.js";

/** Emits a file for each struct whose layout is known, and one for all. */
export function emitCodecs(model: Model): OutputFile[] {
  const structs = [...model.types.values()].flatMap((type) => {
    const layout = model.layouts.get(type.name);
    return type.kind === "struct" && layout !== undefined ? [{ struct: type, layout }] : [];
  });
  const files = structs.map(({ struct, layout }): OutputFile => {
    const path = `codecs/${structStem(struct.name)}.ts`;
    return { path, source: struct.file, body: emitCodec(model, struct, layout) };
  });
  return [...files, emitIndex(structs.map(({ struct }) => struct))];
}

function emitIndex(structs: readonly StructModel[]): OutputFile {
  const values = ["flatMemory", "MemoryError", "readImage", "SparseMemory"].map(codecLib);
  const types = ["Image", "ImageValue", "Memory", "WritableMemory", "WriteOptions"].map(codecType);
  const lines = structs.map(({ name }) => {
    return code`export * from ${string(`./${structStem(name)}.js`)};\n`;
  });
  const body = code`export { ${list(values)} };\nexport type { ${list(types)} };\n${lines}`;
  return { path: "codecs/index.ts", source: "the structs of the schema", body };
}

function emitCodec(model: Model, struct: StructModel, layout: LayoutModel): Code {
  const type = importedType(struct.name, "./types");
  const fields = struct.fields.map(
    (field) => code`${key(field.name)}: ${fieldCodec(model, struct, field)},\n`,
  );
  return code`
${docComment([`How ${struct.name} lies in memory, field by field.`])}export const ${codecOf(struct.name)}: ${codecType("StructCodec")}<${type}> = {
  layout: ${layoutConstant(struct.name)},
  image: ${string(codecNames(struct.name).readImage)},
  fields: {\n${fields}},
  ${variants(model, struct)}};

${functions(model, struct, type)}
${emitImage(struct, layout)}`;
}

const codecOf = (name: string): Code => identifier(codecNames(name).codec);

/** The codec of another struct; `() =>` around it lets structs point to each other. */
const codecRef = (owner: string, name: string): Code =>
  name === owner ? codecOf(name) : imported(codecNames(name).codec, `./codecs/${structStem(name)}`);

function variants(model: Model, { variants: of }: StructModel): Code {
  const cases = of?.cases.filter(({ type }) => model.layouts.has(type)) ?? [];
  if (of === undefined || cases.length === 0) return nothing;
  const rows = cases.map(
    ({ constant, set, type }) =>
      code`[${imported(constant, constantsModule(set))}, ${layoutConstant(type)}]`,
  );
  return code`variants: { by: ${string(of.by)}, layouts: new Map<number, ${libType("Layout")}>([${list(rows)}]) },\n`;
}

function functions(model: Model, { name }: StructModel, type: Code): Code {
  const made = codecNames(name);
  const codec = codecOf(name);
  const [memory, arch] = [codecType("Memory"), libType("Arch")];
  const [writable, options] = [codecType("WritableMemory"), codecType("WriteOptions")];
  const isElement = [...model.types.values()].some(
    (one) => one.kind === "pointer" && one.form === "array" && one.to === name,
  );
  const arrays = code`
${docComment([`Reads an array of ${name}, and what its elements point to. Throws MemoryError.`])}export function ${identifier(made.readArray)}(
  memory: ${memory},
  address: bigint,
  of: { readonly count: ${libType("Wide")}; readonly arch: ${arch} },
): ${type}[] {
  return ${codecLib("readStructs")}(${codec}, memory, { address, ...of });
}

${docComment([`Writes an array of ${name}, and what its elements point to; answers its address.`])}export function ${identifier(made.writeArray)}(
  memory: ${writable},
  values: readonly ${type}[],
  options: ${options},
): bigint {
  return ${codecLib("writeStructs")}(${codec}, memory, { values, ...options });
}
`;
  return code`
${docComment([`Reads the ${name} at an address, and what it points to. Throws MemoryError.`])}export function ${identifier(made.read)}(memory: ${memory}, address: bigint, arch: ${arch}): ${type} {
  return ${codecLib("readStruct")}(${codec}, memory, { address, arch });
}

${docComment([`Writes the ${name}, and what it points to; answers its address.`])}export function ${identifier(made.write)}(
  memory: ${writable},
  value: ${type},
  options: ${options},
): bigint {
  return ${codecLib("writeStruct")}(${codec}, memory, { value, ...options });
}
${isElement ? arrays : nothing}`;
}

function fieldCodec(model: Model, { name: owner }: StructModel, field: FieldModel): Code {
  if (field.count === "any") return codecLib("restOfStruct");
  if (field.count !== undefined) return codecLib("inlineBytes");
  const type = typeOf(model, field.type);
  switch (type.kind) {
    case "integer": {
      const wide = isWide(model, type.name);
      const isNetwork = field.order === "network";
      if (isNetwork) return codecLib(wide ? "networkWide" : "networkInteger");
      return codecLib(wide ? "wide" : "integer");
    }
    case "boolean":
      return codecLib("boolean");
    case "struct":
      return code`${codecLib("inside")}(() => ${codecRef(owner, type.name)})`;
    case "pointer":
    case "routine": {
      const plain =
        type.kind === "pointer"
          ? pointerCodec(model, owner, field)
          : code`${codecLib("routine")}()`;
      return field.nullable === true ? plain : code`${codecLib("notNull")}(${plain})`;
    }
    default:
      return never(type);
  }
}

function pointerCodec(model: Model, owner: string, field: FieldModel): Code {
  const type = typeOf(model, field.type);
  if (type.kind !== "pointer") return nothing;
  const unmeasured = (why: string): Code => code`${codecLib("unmeasured")}(${string(why)})`;
  switch (type.form) {
    case "opaque":
      return codecLib("opaque");
    case "object":
      return model.layouts.has(type.to)
        ? code`${codecLib("pointer")}(() => ${codecRef(owner, type.to)})`
        : unmeasured(`the layout of ${type.to} is not known`);
    case "bytes":
      return field.bytesFrom === undefined
        ? unmeasured("the schema does not say how long the memory is")
        : code`${codecLib("bytesBy")}(${string(field.bytesFrom)})`;
    case "array":
      return unmeasured("the schema does not say how many elements there are");
    case "cell":
      return cellCodec(model, type.to) ?? unmeasured(`${type.to} is no number of 32 bits or less`);
    default:
      return never(type.form);
  }
}

function cellCodec(model: Model, to: string): Code | undefined {
  const type = typeOf(model, to);
  if (type.kind !== "integer" || isWide(model, to) || type.bits === "pointer") return undefined;
  const size = number(type.bits / 8);
  return code`${codecLib("cell")}(${size}, ${string(type.signed ? "signed" : "unsigned")})`;
}
