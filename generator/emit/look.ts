/**
 * The straight-line looks at the arguments of a call: `is…Args`, which knows its profile and goes
 * through everything on the spot, and `weigh…`, which takes terms. They read each property once,
 * allocate nothing but who counts where there may be very much, and tell no more than how it went;
 * only where they find something does a collector go through the arguments again.
 */
import type { Profile, Strength } from "../../schema/vocabulary.js";
import type { CallModel, Model, ParamModel, RuleModel } from "../model.js";
import type { Code } from "../print/code.js";
import { code, join, nothing } from "../print/code.js";
import { docComment, identifier, imported, key, string } from "../print/encode.js";
import type { OutputFile } from "../print/file.js";
import { textOf } from "../print/file.js";
import type { View } from "./expression.js";
import { JUDGE } from "./expression.js";
import type { Around, Place } from "./around.js";
import { archOf } from "./around.js";
import { emitFits, isEntered } from "./fits.js";
import { localOf, Locals, property } from "./locals.js";
import type { Said } from "./lean.js";
import { knowing, onceEach, saidBy, saysOfNull } from "./lean.js";
import { lib, libType, list, namesOf } from "./pieces.js";
import { declare, Reads } from "./reads.js";
import { brokenBy, needsOf, rulesOfArguments } from "./rule-checks.js";
import { mustIn, profileTest, strengthOf } from "./strength.js";
import { isWide, reachesMild, typeOf } from "./type-code.js";
import { isVast, WALK } from "./weight.js";

/** The function that takes terms. */
export const weighOf = (call: CallModel): Code =>
  imported(`weigh${call.name}`, `./verdicts/${call.stem}`);

/** Emits verdicts/: that function, a file a call. */
export function emitVerdicts(model: Model): OutputFile[] {
  return model.calls.map((call) => ({
    path: `verdicts/${call.stem}.ts`,
    source: call.file,
    body: weigh(model, call),
  }));
}

/** Emits `is…Args`, and where its profile has more to tell than that, `tellsMore`. */
export function emitGuard(model: Model, call: CallModel): Code {
  const { args, guard } = namesOf(call);
  const profile = call.profiles[0] ?? "documented";
  const leave = code`return false;`;
  const terms = imported("TERMS", `./${call.stem}`);
  const around: Around = { model, leave, profile, terms, locals: localsOf() };
  const binding = bindingIn(model, call, profile);
  const said = saidBy(binding);
  const rules = onceEach(binding, said);
  const { reads, params } = look(call, { rules, said }, around);
  const view = reads.view(archOf(around));
  const stated = rules.map((rule) => {
    const broken = brokenBy(model, rule, { call, view });
    return broken === undefined ? nothing : code`if (${broken}) ${around.leave}\n`;
  });
  const body = code`${declare(reads.kept)}${params}${stated}`;
  const asked = body.parts.includes(terms.parts[0] ?? "")
    ? code`const TERMS: ${libType("Terms")} = { profile: ${string(profile)}, arch: "x64" };\n\n`
    : nothing;
  return code`
${asked}${docComment([
    `True for arguments that break no binding rule of ${call.name}. Never throws, and never copies.`,
  ])}export function ${guard}(args: unknown): args is ${args} {
  try {
    if (!${lib("isRecord")}(args)) return false;
    ${body}return true;
  } catch {
    return false;
  }
}
${tellsMore(model, call, profile)}`;
}

/** The rules that refuse in a profile. */
const bindingIn = (model: Model, call: CallModel, profile: Profile): RuleModel[] =>
  rulesOfArguments(model, call).filter((rule) => mustIn(rule, profile) !== undefined);

/** True where a check may have something to tell of what a guard lets pass. */
export const isMild = (model: Model, call: CallModel): boolean =>
  reachesMild(model, call) || mildRules(model, call, call.profiles[0] ?? "documented").length > 0;

const mildRules = (model: Model, call: CallModel, profile: Profile): RuleModel[] =>
  rulesOfArguments(model, call).flatMap((rule) => {
    const how = strengthOf(rule, profile);
    const { isNull } = saidBy(bindingIn(model, call, profile));
    const isMild = how !== undefined && how !== "must";
    return isMild ? (knowing(rule, { isNull, nonNull: new Set() }) ?? []) : [];
  });

function tellsMore(model: Model, call: CallModel, profile: Profile): Code {
  const rules = mildRules(model, call, profile);
  if (reachesMild(model, call) || rules.length === 0) return nothing;
  const view: View = { ...JUDGE, arch: code`"x64"` };
  const broken = rules.flatMap((rule) => brokenBy(model, rule, { call, view }) ?? []);
  const body = join(
    broken.map((one) => code`(${one})`),
    code` || `,
  );
  const needs = rules.map((rule) => needsOf(model, rule, call));
  const asked = new Set(needs.flatMap(({ typed, read }) => [...typed, ...read]));
  const names = call.params.filter(({ name }) => asked.has(name)).map(({ name }) => key(name));
  return code`
/** True where there is something to tell of arguments that break no binding rule. */
function tellsMore(args: ${namesOf(call).args}): boolean {
  try {
    const { ${list(names)} } = args;
    return ${body};
  } catch {
    return true;
  }
}
`;
}

function weigh(model: Model, call: CallModel): Code {
  const leave = code`return ${lib("REFUSED")};`;
  const around: Around = { model, leave, locals: localsOf() };
  const rules = rulesOfArguments(model, call);
  const { reads, params } = look(call, { rules }, around);
  const view = reads.view(archOf(around));
  const stated = rules.map((rule) => statement(model, call, { rule, view }));
  const isTold = rules.some((rule) => profilesBy(call, rule).told.length > 0);
  const end = reachesMild(model, call)
    ? code`return ${lib("WARNED")};`
    : isTold ? code`return verdict;` : code`return ${lib("CLEAN")};`; // prettier-ignore
  const verdict = isTold && !reachesMild(model, call)
    ? code`let verdict: ${libType("Verdict")} = ${lib("CLEAN")};\n`
    : nothing; // prettier-ignore
  const body = code`${declare(reads.kept)}${params}${verdict}${stated}${end}`;
  const name = identifier(`weigh${call.name}`);
  const terms = /\bterms\b/.test(textOf(body)) ? code`terms` : code`_terms`;
  return code`
${docComment([
  `Looks at the arguments of ${call.name} once, and tells no more than how it went. Never throws.`,
])}export function ${name}(args: unknown, ${terms}: ${libType("Terms")}): ${libType("Verdict")} {
  try {
    if (!${lib("isRecord")}(args)) return ${lib("REFUSED")};
    ${body}
  } catch {
    return ${lib("REFUSED")};
  }
}
`;
}

/** The names that a look has before it begins. */
const localsOf = (): Locals => new Locals(["args", "terms", "verdict", "TERMS"]);

function look(
  call: CallModel,
  { rules, said }: { readonly rules: readonly RuleModel[]; readonly said?: Said },
  around: Around,
): { reads: Reads; params: Code[] } {
  const { model, locals } = around;
  const typeOfParam = (name: string): string =>
    call.params.find((param) => param.name === name)?.type ?? "";
  const taken = locals.takeAll(call.params.map(({ name }) => name));
  const local = (name: string): Code => localOf(taken, name);
  const reads = new Reads(rules, { model, locals, typeOf: typeOfParam, own: local });
  const params = simpleFirst(model, call).map((param) => {
    const { name, type, optional } = param;
    // That a parameter is not NULL shows where its type does.
    const nullable = optional && said?.nonNull.has(name) !== true;
    const place = { value: local(name), type, nullable, reads: reads.of(name) };
    const isKnown = isSaid(param, rules, { call, around });
    const read = code`const { ${property(name, place.value)} } = args;\n`;
    return isKnown ? read : code`${read}${emitParam(place, around)}`;
  });
  return { reads, params };
}

/** A parameter of which there may be very much is counted by itself, by guards or on the spot. */
function emitParam(place: Place, around: Around): Code {
  if (!isVast(around.model, place.type) || !isEntered(place, around))
    return emitFits(place, around);
  const walk = around.locals.take(WALK);
  const counted = emitFits(place, { ...around, counter: { walk, isThere: true } });
  return code`const ${walk} = new ${lib("Walk")}();\n${counted}`;
}

/** True where only one number passes, or only NULL: what is compared with it needs no type. */
function isSaid(
  { name, type }: ParamModel,
  rules: readonly RuleModel[],
  { call, around }: { readonly call: CallModel; readonly around: Around },
): boolean {
  const about = rules.filter((rule) => needsOf(around.model, rule, call).typed.includes(name));
  const [only] = about;
  if (about.length !== 1 || only === undefined) return false;
  const isNumber = only.check.kind === "must-be" && !isWide(around.model, type);
  if (!isNumber && saysOfNull(only, "==") !== name) return false;
  const profiles = around.profile === undefined ? call.profiles : [around.profile];
  return profiles.every((profile) => strengthOf(only, profile) === "must");
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
