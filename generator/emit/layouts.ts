/** layouts/<name>.ts: how a type lies in memory. */
import type { Layout, MemberLayout } from "../layout/flatten.js";
import type { LayoutModel, Model } from "../model.js";
import { structStem } from "../names.js";
import type { Code } from "../print/code.js";
import { code, join, nothing } from "../print/code.js";
import { docComment, identifier, imported, key, number, string } from "../print/encode.js";
import type { OutputFile } from "../print/file.js";
import { libType, list } from "./pieces.js";

/** Emits a file for each type, and one for all. */
export function emitLayouts(model: Model): OutputFile[] {
  const layouts = [...model.layouts.values()];
  const files = layouts.map((layout): OutputFile => {
    const path = `layouts/${structStem(layout.name)}.ts`;
    return { path, source: layout.file, body: emitLayout(layout) };
  });
  const lines = layouts.map(({ name }) => {
    return code`export * from ${string(`./${structStem(name)}.js`)};\n`;
  });
  const source = "the structs, layouts and tables of the schema";
  return [...files, { path: "layouts/index.ts", source, body: code`${lines}` }];
}

/** The layout of a type, as a value of another module. */
export const layoutConstant = (name: string): Code =>
  imported(`${name}_LAYOUT`, `./layouts/${structStem(name)}`);

function emitLayout(layout: LayoutModel): Code {
  const { name, kind, doc, source, on } = layout;
  const { types, parameters } = pathTypes(layout);
  const shared = identifier(`${name}_X64`);
  const isAlike = JSON.stringify(on.x64) === JSON.stringify(on.arm64);
  const about = `The ${kind} ${name}: ${doc.charAt(0).toLowerCase()}${doc.slice(1)} From ${source}.`;
  return code`
${types}
const ${shared}: ${libType("TypeLayout")}<${parameters}> = ${table(on.x64)};

${docComment([about])}export const ${constant(name)}: ${libType("Layout")}<${parameters}> = {
  name: ${string(name)},
  x64: ${shared},
  x86: ${table(on.x86)},
  arm64: ${isAlike ? shared : table(on.arm64)},
};

${layout.aliases.map((alias) => emitAlias(alias, name))}`;
}

const constant = (name: string): Code => identifier(`${name}_LAYOUT`);

function emitAlias(alias: string, name: string): Code {
  const doc = docComment([`${alias} is ${name}.`]);
  return code`${doc}export const ${constant(alias)}: typeof ${constant(name)} = ${constant(name)};\n\n`;
}

/** The paths that all architectures have, and those that only some have, as types. */
function pathTypes({ name, on }: LayoutModel): { types: Code; parameters: Code } {
  const each = Object.values(on).map(({ members }) => members.map(({ path }) => path));
  const all = [...new Set(each.flat())];
  const some = all.filter((path) => !each.every((paths) => paths.includes(path)));
  const union = (type: string, paths: readonly string[]): Code => {
    const words = paths.length === 0 ? code`never` : join(paths.map(string), code` | `);
    return code`type ${identifier(type)} = ${words};\n`;
  };
  const [path, more] = [`${name}_PATH`, `${name}_SOME`];
  const common = union(
    path,
    all.filter((one) => !some.includes(one)),
  );
  if (some.length === 0) return { types: common, parameters: identifier(path) };
  const parameters = code`${identifier(path)}, ${identifier(more)}`;
  return { types: code`${common}${union(more, some)}`, parameters };
}

function table({ size, align, members, padding }: Layout): Code {
  const rows = members.map((member) => code`${key(member.path)}: ${place(member)},\n`);
  const holes = padding.map(
    (hole) => code`{ offset: ${number(hole.offset)}, size: ${number(hole.size)} }`,
  );
  return code`{
  size: ${number(size)},
  align: ${number(align)},
  members: {\n${rows}},
  padding: [${list(holes)}],
}`;
}

function place({ offset, size, type, as, dims, bits }: MemberLayout): Code {
  const array = dims === undefined ? nothing : code`, dims: [${list(dims.map(number))}]`;
  const field =
    bits === undefined
      ? nothing
      : code`, bits: { at: ${number(bits.at)}, width: ${number(bits.width)} }`;
  return code`{ offset: ${number(offset)}, size: ${number(size)}, type: ${string(type)}, as: ${string(as)}${array}${field} }`;
}
