/** The stub of a call: its arguments are checked, the body runs, what it returned is checked. */
import type { CallModel, Model, ParamModel } from "../model.js";
import type { Code } from "../print/code.js";
import { code, join, nothing } from "../print/code.js";
import { docComment, identifier, imported, namespace, string } from "../print/encode.js";
import { codesModule, factsType, lib, libType, list, namesOf, profilesType } from "./pieces.js";
import { contractOf } from "./rule-checks.js";
import { typeOf } from "./type-code.js";

/** Emits the stub of a call. */
export function emitStub(model: Model, call: CallModel): Code {
  const { args, check, create } = namesOf(call);
  const type = identifier(call.typedef);
  const names = call.params.map((param) => identifier(param.name));
  const params = list(names);
  const kept = call.params.filter((param) => isObject(model, param));
  const letGo = kept.map(({ name }) => code`args.${identifier(name)} = `);
  const name = string(call.name);
  return code`
${docComment([
  `Makes a ${call.name} that checks its arguments, runs \`body\`, and checks what it returned.`,
  "",
  "Throws CallRefused for arguments that break the contract, OutcomeRefused for a code that it",
  "does not allow, and NotImplemented where there is no body.",
])}export function ${create}(
  body?: ${type},
  options: ${libType("StubOptions")}<${type}, ${factsType()}, ${profilesType(call)}> = {},
): ${type} {
  const { facts, onIssues } = options;
  const how = ${lib("howToCheck")}(CALL.profiles, options);
  // Calls that come one behind the other share a record: a call makes nothing.
  let spare: ${args} | null = null;
  return (${params}) => {
    const known = facts?.(${params});
    const args = spare ?? { ${params} };
    spare = null;
    ${names.map((of) => code`args.${of} = ${of};\n`)}${lib("admit")}(${name}, ${check}(args, known, how), onIssues);
    ${kept.length === 0 ? nothing : code`${letGo}${lib("GONE")};`}
    spare = args;
    if (body === undefined) throw new ${lib("NotImplemented")}(${name});
    ${result(call, params)}
  };
}
`;
}

/** True for a parameter that stands for memory, which nobody may keep from being collected. */
const isObject = (model: Model, { type }: ParamModel): boolean =>
  typeOf(model, type).kind !== "integer";

/** A code that the contract lists needs no further look. */
function result(call: CallModel, params: Code): Code {
  const contract = contractOf(call);
  const outcomes = code`${namespace(contract.name, contract.module)}.outcomes`;
  const name = string(call.name);
  const profile = code`options.profile ?? ${string(call.profiles[0] ?? "documented")}`;
  if (call.errorIn === undefined) {
    const listed = call.outcomes.map(
      (outcome) => code`returned === ${imported(outcome.name, codesModule(outcome.set))}`,
    );
    const isListed =
      listed.length === 0 ? nothing : code`if (${join(listed, code` || `)}) return returned;`;
    return code`const returned = body(${params});
    ${isListed}
    return ${lib("allowed")}(${name}, ${outcomes}, returned, ${profile});`;
  }
  // Where the error code comes back through a parameter, that one is checked too.
  const error = identifier(call.errorIn);
  return code`const result = body(${params});
    if (result === 0) return result;
    return ${lib("allowedResult")}(
      ${name}, ${outcomes}, { result, error: ${error} }, ${profile});`;
}
