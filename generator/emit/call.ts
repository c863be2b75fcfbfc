/** <call>.ts: the arguments, the function type, the checks and the stub of a call. */
import type { CallModel, Model, ParamModel } from "../model.js";
import type { Code } from "../print/code.js";
import { code, join } from "../print/code.js";
import { docComment, identifier, importedType, key, string } from "../print/encode.js";
import type { OutputFile } from "../print/file.js";
import { emitChecks } from "./call-checks.js";
import { emitStub } from "./call-stub.js";
import { list, namesOf, profilesType } from "./pieces.js";
import { paramType } from "./type-code.js";

/** Emits the file of a call. */
export function emitCall(model: Model, call: CallModel): OutputFile {
  const outcomes = code`
export { outcomes as ${namesOf(call).outcomes} } from ${string(`./contract/${call.stem}.js`)};
`;
  const body = code`${args(call)}${profiles(call)}${typedef(call)}${emitChecks(model, call)}${emitStub(model, call)}${outcomes}`;
  return { path: `${call.stem}.ts`, source: call.file, body };
}

function args(call: CallModel): Code {
  const params = call.params.map(
    (param) => code`${docComment(paramDoc(param, call))}${key(param.name)}: ${paramType(param)};\n`,
  );
  return code`
${docComment([`The arguments of ${call.name}, by name.`])}export interface ${namesOf(call).args} {
  ${params}
}
`;
}

function profiles(call: CallModel): Code {
  const doc = docComment([
    `The profiles by which ${call.name} is judged; the first is the default.`,
  ]);
  const names = join(call.profiles.map(string), code` | `);
  return code`
${doc}export type ${profilesType(call)} = ${names};
`;
}

function paramDoc(param: ParamModel, { page }: CallModel): string[] {
  const printed = param.printed === "none" ? "no direction" : `\`${param.printed}\``;
  const onPage = page === undefined ? "" : ` Page: ${printed}.`;
  return [param.doc, "", `Direction: ${param.dir}.${onPage} Header: \`${param.sal}\`.`];
}

function typedef(call: CallModel): Code {
  const doc = [
    call.summary,
    "",
    `C: \`${prototype(call)}\``,
    "",
    `IRQL: ${call.irql ?? "user mode"}. Since: ${call.since}. ${origin(call)}.`,
  ];
  const params = call.params.map((param) => code`${identifier(param.name)}: ${paramType(param)}`);
  const returns = importedType(call.returns, "./types");
  return code`
${docComment(doc)}export type ${identifier(call.typedef)} = (${list(params)}) => ${returns};
`;
}

const origin = ({ page, describedFrom }: CallModel): string =>
  page === undefined ? `No source page: described from ${describedFrom}` : `Page: ${page.title}`;

function prototype(call: CallModel): string {
  const params = call.params.map(
    (param) => `${param.sal} ${param.spelled ?? param.type} ${param.name}`,
  );
  return `${call.returns === "INT" ? "int" : call.returns} ${call.name}(${params.join(", ")})`;
}
