/** dispatch.ts: the tables through which providers are called. */
import type { CallModel, Model, SlotModel, TableModel } from "../model.js";
import type { Code } from "../print/code.js";
import { code, join, nothing } from "../print/code.js";
import { docComment, identifier, importedType, key, number, string } from "../print/encode.js";
import type { OutputFile } from "../print/file.js";
import { libType } from "./pieces.js";

const typedefOf = (call: CallModel): Code => importedType(call.typedef, `./${call.stem}`);

/** Emits dispatch.ts. */
export function emitDispatch(model: Model): OutputFile {
  const body = code`${model.tables.map((table) => emitTable(model, table))}`;
  return { path: "dispatch.ts", source: "the tables of the schema", body };
}

function emitTable(model: Model, table: TableModel): Code {
  const { name, doc, since, slots } = table;
  const about =
    doc === undefined ? [`The send functions of ${name}, without its other slots.`] : [doc];
  if (since !== undefined) about.push(`Since ${since}.`);
  const kind = code`${libType("TableOf")}<${string(name)}>`;
  return code`
${docComment(about)}export interface ${identifier(name)} extends ${kind} {
  ${slots.map(emitSlot)}
}
${table.isDeclared ? emitOrder(model, table) : nothing}`;
}

function emitSlot({ name, since, call }: SlotModel): Code {
  const doc = [call?.summary ?? [], since === undefined ? [] : `Since ${since}.`].flat();
  const type = call === undefined ? libType("OpaqueFunction") : typedefOf(call);
  return code`${doc.length === 0 ? nothing : docComment(doc)}readonly ${key(name)}: ${type};\n`;
}

function emitOrder(model: Model, { name, slots }: TableModel): Code {
  const on = model.layouts.get(name)?.on;
  const first = (["x64", "x86", "arm64"] as const).map((arch) => {
    const member = on?.[arch].members.find(({ path }) => path === slots[0]?.member);
    return code`${key(arch)}: ${number(member?.offset ?? 0)}`;
  });
  const rows = slots.map((slot) => {
    const since = slot.since === undefined ? nothing : code`, since: ${string(slot.since)}`;
    return code`{ name: ${string(slot.name)}${since} },\n`;
  });
  return code`
${docComment([`The slots of ${name}, in their order in memory.`])}export const ${identifier(`${name}_SLOTS`)}: ${libType("DispatchTable")}<string & keyof ${identifier(name)}> = {
  name: ${string(name)},
  first: { ${join(first, code`, `)} },
  slots: [\n${rows}],
};
`;
}
