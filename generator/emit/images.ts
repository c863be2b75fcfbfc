/** The raw values of a struct as a type, and the function that reads them. */
import type { MemberLayout } from "../layout/flatten.js";
import type { LayoutModel, StructModel } from "../model.js";
import { codecNames } from "../names.js";
import type { Code } from "../print/code.js";
import { code } from "../print/code.js";
import { docComment, identifier, key } from "../print/encode.js";
import { layoutConstant } from "./layouts.js";
import { codecLib, codecType, libType } from "./pieces.js";

/** Emits `WskBufImage` and `readWskBufImage`. */
export function emitImage({ name }: StructModel, { on }: LayoutModel): Code {
  const { image, readImage } = codecNames(name);
  const leaves = new Map<string, readonly MemberLayout[]>();
  for (const { members } of Object.values(on)) {
    for (const member of members) {
      if (member.as === "struct" || member.as === "union" || member.dims?.includes(0)) continue;
      leaves.set(member.path, [...(leaves.get(member.path) ?? []), member]);
    }
  }
  const rows = [...leaves].map(([path, members]) => {
    const isEverywhere = members.length === Object.keys(on).length;
    return code`readonly ${key(path)}${isEverywhere ? code`` : code`?`}: ${valueType(members)};\n`;
  });
  return code`
${docComment([`The raw values of ${name}, all of its members; pointers are addresses.`])}export interface ${identifier(image)} {
${rows}}

${docComment([`Reads the raw values of the ${name} at an address. Throws MemoryError.`])}export function ${identifier(readImage)}(
  memory: ${codecType("Memory")},
  address: bigint,
  arch: ${libType("Arch")},
): ${identifier(image)} {
  return ${codecLib("readImage")}(memory, address, { layout: ${layoutConstant(name)}, arch });
}
`;
}

function valueType(members: readonly MemberLayout[]): Code {
  const [{ path, as, dims } = { path: "", as: "unsigned", dims: undefined }] = members;
  const elements = (dims ?? []).reduce((product, n) => product * n, 1);
  const widest = Math.max(...members.map(({ size }) => size / elements));
  const scalar = as === "pointer" ? code`bigint` : widest > 4 ? libType("Wide") : code`number`;
  const isBytes = dims !== undefined && widest === 1;
  const depth = path.split("[]").length - 1 + (dims === undefined || isBytes ? 0 : 1);
  const plain = isBytes ? code`Uint8Array` : scalar;
  return Array.from({ length: depth }).reduce<Code>((of) => code`readonly (${of})[]`, plain);
}
