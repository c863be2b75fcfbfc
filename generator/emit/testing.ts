/**
 * testing/<call>.ts: arguments for tests with fast-check: those that break no rule, and those that
 * break one. fast-check comes in through wskit/support/testing alone.
 */
import type { CallModel, Model } from "../model.js";
import type { Code } from "../print/code.js";
import { code, join } from "../print/code.js";
import {
  docComment, identifier, imported, importedType, key, string,
} from "../print/encode.js"; // prettier-ignore
import type { OutputFile } from "../print/file.js";
import { SUPPORT_TESTING } from "../print/file.js";
import { baseOf } from "../prove/data.js";
import type { NearMissModel } from "../testing/near-misses.js";
import { nearMissesOf } from "../testing/near-misses.js";
import { data } from "./data.js";
import { list } from "./pieces.js";
import { emitMoves } from "./testing-moves.js";
import { emitTypeArbitraries } from "./testing-types.js";

/** Emits the arbitraries of all types, a file for each call, and their index. */
export function emitTesting(model: Model): OutputFile[] {
  const files = ["types", ...model.calls.map(({ stem }) => stem)];
  const lines = files.map((file) => code`export * from ${string(`./${file}.js`)};\n`);
  const index = { path: "testing/index.ts", source: "the schema", body: code`${lines}` };
  return [
    emitTypeArbitraries(model),
    ...model.calls.map((call) => emitCallArbitraries(model, call)),
    index,
  ];
}

const lib = (name: string): Code => imported(name, SUPPORT_TESTING);
const libType = (name: string): Code => importedType(name, SUPPORT_TESTING);
const arbitrary = (): Code => importedType("Arbitrary", SUPPORT_TESTING);

function emitCallArbitraries(model: Model, call: CallModel): OutputFile {
  const misses = nearMissesOf(model, call);
  const body = code`
${valid(call)}${misses.length === 0 ? code`` : breaking(call, misses)}
const BASE: ${libType("ExampleData")} = ${data(baseOf(model, call))};

const CALL: ${libType("Walked")}<${argsType(call)}, ${profileType(call)}> = {
  check: ${imported(`check${call.name}`, `./${call.stem}`)},
  moves: ${emitMoves(model, call)},
};
`;
  return { path: `testing/${call.stem}.ts`, source: call.file, body };
}

const argsType = (call: CallModel): Code => importedType(`${call.name}Args`, `./${call.stem}`);
const profileType = (call: CallModel): Code =>
  importedType(`${call.name}Profile`, `./${call.stem}`);

function valid(call: CallModel): Code {
  const doc = docComment([
    `Arguments of ${call.name} that break no rule about arguments: no error and no warning.`,
  ]);
  return code`
${doc}export function ${identifier(`arb${call.name}Args`)}(
  options: { readonly profile?: ${profileType(call)} } = {},
): ${arbitrary()}<${argsType(call)}> {
  return ${lib("anyValid")}(CALL, { base: BASE, options });
}
`;
}

function breaking(call: CallModel, misses: readonly NearMissModel[]): Code {
  const type = identifier(`${call.name}NearMiss`);
  const table = identifier(`${call.name}NearMisses`);
  const miss = code`${libType("NearMiss")}<${profileType(call)}>`;
  const ids = join(
    misses.map(({ rule }) => string(rule.id)),
    code` | `,
  );
  return code`
${docComment([`The rules that arb${call.name}Breaking knows how to break.`])}export type ${type} = ${ids};

${docComment([
  `How each rule about the arguments of ${call.name} is broken: the profile to judge by, the rules`,
  "that may come along, and the examples that it begins with.",
])}export const ${table}: Readonly<Record<${type}, ${miss}>> = {
  ${misses.map(nearMiss)}
};

${docComment([
  `Arguments of ${call.name} that break this rule, and none but it and those of its \`alongside\`.`,
])}export function ${identifier(`arb${call.name}Breaking`)}(
  rule: ${type},
): ${arbitrary()}<Record<keyof ${argsType(call)}, unknown>> {
  return ${lib("anyBreaking")}(CALL, { base: BASE, rule, miss: ${table}[rule] });
}
`;
}

function nearMiss({ rule, profile, alongside, from }: NearMissModel): Code {
  return code`
  ${key(rule.id)}: {
    profile: ${string(profile)},
    alongside: [${list(alongside.map(string))}],
    from: [${list(from.map(data))}],
  },
`;
}
