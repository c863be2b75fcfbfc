/**
 * verdicts/<call>.ts: the look at the arguments of a call that comes before anything is told about
 * them. It is straight-line code; only where it finds something does a collector go through them
 * again.
 */
import type { Profile, Strength } from "../../schema/vocabulary.js";
import type { CallModel, Model, ParamModel, RuleModel } from "../model.js";
import type { Code } from "../print/code.js";
import { code, nothing } from "../print/code.js";
import { docComment, identifier, imported, key } from "../print/encode.js";
import type { OutputFile } from "../print/file.js";
import { textOf } from "../print/file.js";
import type { View } from "./expression.js";
import { JUDGE } from "./expression.js";
import type { Around } from "./fits.js";
import { declare, emitFits } from "./fits.js";
import { lib, libType, list } from "./pieces.js";
import { Reads } from "./reads.js";
import { brokenBy } from "./rule-checks.js";
import { profileTest, strengthOf } from "./strength.js";
import { reachesMild, typeOf } from "./type-code.js";

/** The function, for a file of the output. */
export const weighOf = (call: CallModel): Code =>
  imported(`weigh${call.name}`, `./verdicts/${call.stem}`);

/** Emits a file for each call. */
export function emitVerdicts(model: Model): OutputFile[] {
  return model.calls.map((call) => ({
    path: `verdicts/${call.stem}.ts`,
    source: call.file,
    body: weigh(model, call),
  }));
}

function weigh(model: Model, call: CallModel): Code {
  const around: Around = { model, leave: code`return ${lib("REFUSED")};` };
  const rules = call.rules.filter(
    (rule) =>
      rule.seenBy !== "protocol" && brokenBy(model, rule, { call, view: JUDGE }) !== undefined,
  );
  const typeOfParam = (name: string): string =>
    call.params.find((param) => param.name === name)?.type ?? "";
  const reads = new Reads(model, rules, typeOfParam);
  const names = list(call.params.map(({ name }) => key(name)));
  const params = simpleFirst(model, call).map(({ name, type, optional }) =>
    emitFits({ value: identifier(name), type, nullable: optional, reads: reads.of(name) }, around),
  );
  const view = reads.view(code`terms.arch`);
  const stated = rules.map((rule) => statement(model, call, { rule, view }));
  const isMild = rules.some((rule) => profilesBy(call, rule).told.length > 0);
  const end = reachesMild(model, call)
    ? code`return ${lib("WARNED")};`
    : isMild ? code`return verdict;` : code`return ${lib("CLEAN")};`; // prettier-ignore
  const verdict = isMild && !reachesMild(model, call)
    ? code`let verdict: ${libType("Verdict")} = ${lib("CLEAN")};\n`
    : nothing; // prettier-ignore
  const body = code`${declare(reads.all)}${params}${verdict}${stated}${end}`;
  const name = identifier(`weigh${call.name}`);
  const terms = /\bterms\b/.test(textOf(body)) ? code`terms` : code`_terms`;
  return code`
${docComment([
  `Looks at the arguments of ${call.name} once, and tells no more than how it went. Never throws.`,
])}export function ${name}(args: unknown, ${terms}: ${libType("Terms")}): ${libType("Verdict")} {
  try {
    if (!${lib("isRecord")}(args)) return ${lib("REFUSED")};
    const { ${names} } = args;
    ${body}
  } catch {
    return ${lib("REFUSED")};
  }
}
`;
}

/** Numbers before what has an inside: most wrong calls are known before anything is walked. */
function simpleFirst(model: Model, call: CallModel): ParamModel[] {
  const isSimple = ({ type }: ParamModel): boolean => {
    const { kind } = typeOf(model, type);
    return kind === "integer" || kind === "boolean" || kind === "routine";
  };
  return [...call.params.filter(isSimple), ...call.params.filter((param) => !isSimple(param))];
}

/** In which profiles a rule refuses, and in which it only has something to tell. */
function profilesBy(call: CallModel, rule: RuleModel): Record<"refused" | "told", Profile[]> {
  const by = (is: (how: Strength) => boolean): Profile[] =>
    call.profiles.filter((profile) => {
      const how = strengthOf(rule, profile);
      return how !== undefined && is(how);
    });
  return { refused: by((how) => how === "must"), told: by((how) => how !== "must") };
}

function statement(model: Model, call: CallModel, of: { rule: RuleModel; view: View }): Code {
  const { rule, view } = of;
  const broken = brokenBy(model, rule, { call, view });
  const { refused, told } = profilesBy(call, rule);
  if (broken === undefined || refused.length + told.length === 0) return nothing;
  const leave = code`return ${lib("REFUSED")};`;
  const warn = code`verdict = ${lib("WARNED")};`;
  const all = call.profiles;
  const isIn = (some: readonly Profile[]): Code =>
    some.length === all.length ? nothing : code`${profileTest(some, all)} && `;
  if (told.length === 0) return code`if (${isIn(refused)}${broken}) ${leave}\n`;
  if (refused.length === 0) return code`if (${isIn(told)}${broken}) ${warn}\n`;
  const rest =
    refused.length + told.length === all.length ? nothing : code`if (${profileTest(told, all)}) `;
  return code`if (${broken}) {
    if (${profileTest(refused, all)}) ${leave}
    ${rest}${warn}
  }\n`;
}
