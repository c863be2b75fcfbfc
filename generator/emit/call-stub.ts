/** The stub of a call: its arguments are checked, the body runs, what it returned is checked. */
import type { CallModel } from "../model.js";
import type { Code } from "../print/code.js";
import { code, join, nothing } from "../print/code.js";
import { docComment, identifier, imported, namespace, string } from "../print/encode.js";
import { codesModule, factsType, lib, libType, list, namesOf, profilesType } from "./pieces.js";
import { contractOf } from "./rule-checks.js";

/** Emits the stub of a call. */
export function emitStub(call: CallModel): Code {
  const { args, check, create } = namesOf(call);
  const type = identifier(call.typedef);
  const params = list(call.params.map((param) => identifier(param.name)));
  const name = string(call.name);
  return code`
${docComment([
  `Makes a ${call.name} that checks its arguments, runs \`body\`, and checks what it returned.`,
  "",
  "Throws CallRefused for arguments that break the contract, OutcomeRefused for a code that it",
  "does not allow, and NotImplemented where there is no body.",
])}export function ${create}(
  body?: ${type},
  options: ${libType("StubOptions")}<${args}, ${factsType()}, ${profilesType(call)}> = {},
): ${type} {
  const { facts, onIssues } = options;
  const how = ${lib("howToCheck")}(CALL.profiles, options);
  return (${params}) => {
    const args: ${args} = { ${params} };
    ${lib("admit")}(${name}, ${check}(args, facts?.(args), how), onIssues);
    if (body === undefined) throw new ${lib("NotImplemented")}(${name});
    ${result(call, params)}
  };
}
`;
}

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
