/** guards.ts: one guard a type. A guard says whether a value is of its type, and nothing else. */
import type { Model, TypeModel } from "../model.js";
import type { Code } from "../print/code.js";
import { code, nothing } from "../print/code.js";
import { docComment, identifier, importedType } from "../print/encode.js";
import type { OutputFile } from "../print/file.js";
import type { Around } from "./around.js";
import { archOf } from "./around.js";
import { readInto } from "./fits.js";
import { Locals } from "./locals.js";
import { lib, libType } from "./pieces.js";
import { scalarTest } from "./scalars.js";
import { asksTerms, structOf } from "./type-code.js";
import { isCounted, isVast, WALK } from "./weight.js";

/** Emits guards.ts. */
export function emitGuards(model: Model): OutputFile {
  const guarded = [...model.types.values()].filter((type) => {
    const struct = structOf(model, type.name);
    return struct === undefined || struct === type;
  });
  const body = code`${guarded.map((type) => emitGuard(model, type))}`;
  return { path: "guards.ts", source: "the types of the schema", body };
}

function emitGuard(model: Model, type: TypeModel): Code {
  const terms = asksTerms(model, type.name) ? code`, terms: ${libType("Terms")}` : nothing;
  const is = importedType(type.name, "./types");
  const what = type.kind === "struct" && type.next !== undefined ? "a chain of " : "";
  return code`
${docComment([`True for ${what}${type.name}.`])}export function ${identifier(`fits${type.name}`)}(value: unknown${terms}${counting(model, type.name)}): value is ${is} {
  ${body(model, type)}
}
`;
}

/** Where there may be very much, somebody counts; what is in such a value is counted with it. */
function counting(model: Model, name: string): Code {
  const walk = identifier(WALK);
  if (isVast(model, name)) return code`, ${walk}: ${libType("Walk")} = new ${lib("Walk")}()`;
  return isCounted(model, name) ? code`, ${walk}?: ${libType("Walk")}` : nothing;
}

function body(model: Model, type: TypeModel): Code {
  const value = code`value`;
  const isThere = isVast(model, type.name);
  const around: Around = {
    model,
    leave: code`return false;`,
    locals: new Locals(["value", "terms", WALK]),
    inside: [type.name],
    ...(isCounted(model, type.name) ? { counter: { walk: identifier(WALK), isThere } } : {}),
  };
  const scalar = scalarTest(model, type.name, { value, arch: archOf(around) });
  if (scalar !== undefined) return code`return ${scalar.fits};`;
  const place = { value, type: type.name, nullable: false, reads: [] };
  return code`${readInto(place, around)}return true;`;
}
