/**
 * One statement a rule: its sentence as a comment, the condition under which it is broken, the
 * report.
 */
import { uses } from "../expression/typed.js";
import { never } from "../fault.js";
import type { CallModel, Check, Model, RuleModel } from "../model.js";
import { camel } from "../names.js";
import type { Code } from "../print/code.js";
import { code, join, nothing } from "../print/code.js";
import { identifier, imported, lineComment, namespace, number, string } from "../print/encode.js";
import type { View } from "./expression.js";
import { emitExpression, factCode, JUDGE, negate, received } from "./expression.js";
import { withoutNullTests } from "./lean.js";
import { ownNames } from "../values.js";
import { constantsModule, shown, lib, list } from "./pieces.js";
import { isWide } from "./type-code.js";

/** The local that tells whether a parameter or field is of its type. */
export const okName = (name: string): Code => identifier(`${camel(name)}Ok`);

/** The module that declares the rules of a call or struct, and the name it is imported under. */
export interface Contract {
  readonly name: string;
  readonly module: string;
}

/** A rule, as a member of its module. */
export const ruleRef = (rule: RuleModel, { name, module }: Contract): Code =>
  code`${namespace(name, module)}.${identifier(rule.constant)}`;

/** The contract of a call. */
export const contractOf = (call: CallModel): Contract => ({
  name: "contract",
  module: `./contract/${call.stem}`,
});

interface Broken {
  /** The parameters whose types must be right for the question to make sense. */
  readonly typed: readonly string[];
  readonly facts: readonly string[];
  readonly when: Code;
  readonly received: Code;
}

/** The statement of a rule; nothing for a rule about types, which the judges have covered. */
export function emitRule(
  model: Model,
  rule: RuleModel,
  of: { contract: Contract; call?: CallModel },
): Code {
  const ref = ruleRef(rule, of.contract);
  const broken = brokenWhen(model, rule, { ref, call: of.call, view: JUDGE });
  if (broken === undefined) return nothing;
  const guards = [
    ...broken.typed.map(okName),
    ...broken.facts.map((name) => {
      const judge = identifier(model.facts.get(name)?.type ?? "boolean");
      return code`on.${judge}(${ref}, ${string(name)}, ${factCode(name)})`;
    }),
    broken.when,
  ];
  const blamed = rule.on[0];
  const where = blamed === undefined ? code`null` : string(blamed);
  const condition = join(guards, code` && `);
  return code`${lineComment(rule.says)}if (${condition}) {
    on.breach(${ref}, ${where}, ${broken.received});
  }\n\n`;
}

/** What the statement of a rule reads: results of type checks, and whether it asks for facts. */
export function needsOf(model: Model, rule: RuleModel, call: CallModel): Needs {
  const broken = brokenWhen(model, rule, { ref: nothing, call, view: JUDGE });
  const { check } = rule;
  const told = check.kind === "null-only-if" ? check.facts : (broken?.facts ?? []);
  const isBare = check.kind === "null-only-if" || check.kind === "required";
  return {
    typed: broken?.typed ?? [],
    read: isBare ? [check.param] : [],
    facts: told.length > 0,
    told,
  };
}

/** What the statement of a rule reads. */
export interface Needs {
  /** Parameters whose types must be right. */
  readonly typed: readonly string[];
  /** Parameters of whatever type. */
  readonly read: readonly string[];
  readonly facts: boolean;
  /** Their names. */
  readonly told: readonly string[];
}

/** When arguments break a rule; undefined for one that they alone cannot break. */
export function brokenBy(
  model: Model,
  rule: RuleModel,
  of: { call?: CallModel; view: View },
): Code | undefined {
  const broken = brokenWhen(model, rule, { ref: nothing, call: of.call, view: of.view });
  const isOfFacts = rule.check.kind === "null-only-if" || (broken?.facts.length ?? 0) > 0;
  return isOfFacts ? undefined : broken?.when;
}

/** The rules of a call that arguments alone may break, whoever it is that sees it. */
export const rulesOfArguments = (model: Model, call: CallModel): RuleModel[] =>
  call.rules.filter(
    (rule) =>
      rule.seenBy !== "protocol" && brokenBy(model, rule, { call, view: JUDGE }) !== undefined,
  );

/** When facts keep a rule, once all that it asks for are known. */
export interface FactsHeld {
  readonly facts: readonly string[];
  /** Undefined for a rule that is not judged so: its facts are never fine. */
  readonly holds: Code | undefined;
}

/** When facts keep a rule, with the arguments that it asks for. */
export function heldByFacts(
  model: Model,
  rule: RuleModel,
  of: { call: CallModel; view: View },
): FactsHeld {
  const { told } = needsOf(model, rule, of.call);
  return { facts: told, holds: heldWhen(rule.check, of.view) };
}

function heldWhen(check: Check, view: View): Code | undefined {
  if (check.kind === "require") return emitExpression(check.expression, view);
  if (check.kind !== "null-only-if") return undefined;
  const any = check.facts.map((name) => view.fact?.(name) ?? factCode(name));
  return join([code`${view.member([check.param])} !== null`, ...any], code` || `);
}

interface Asked {
  readonly ref: Code;
  readonly call: CallModel | undefined;
  readonly view: View;
}

function brokenWhen(model: Model, rule: RuleModel, of: Asked): Broken | undefined {
  const { check } = rule;
  const { ref, call, view } = of;
  switch (check.kind) {
    case "type":
    case "none":
    case "lifetime":
    case "chain":
      return undefined;
    case "returns":
      return returnsBroken(check, call);
    case "require":
      return requireBroken(rule, check, view);
    case "null-only-if":
      return factsBroken(check, ref);
    case "flags":
    case "undocumented":
      return flagsBroken(model, check, view);
    case "bytes-of":
    case "count-of":
      return lengthBroken(check, call, view);
    case "required":
    case "null":
      return nullBroken(model, check, { call, view });
    case "must-be": {
      const name = view.member([check.param]);
      const wide = isWide(model, paramOf(call, check.param)?.type ?? "ULONG");
      const when = wide
        ? code`!${lib("isSame")}(${name}, ${number(check.value)})`
        : code`${name} !== ${number(check.value)}`;
      return { typed: [check.param], facts: [], when, received: shown(name) };
    }
    default:
      return never(check);
  }
}

const paramOf = (
  call: CallModel | undefined,
  name: string,
): CallModel["params"][number] | undefined => call?.params.find((param) => param.name === name);

function requireBroken(
  rule: RuleModel,
  check: Extract<Check, { kind: "require" }>,
  view: View,
): Broken {
  const { members, facts } = uses(check.expression);
  const broken = negate(check.expression);
  const negated = view.isKept === true ? withoutNullTests(broken) : broken;
  const loose = negated.kind === "binary" && negated.op === "||";
  const bare = emitExpression(negated, view);
  const when = loose ? code`(${bare})` : bare;
  const shown = received(check.expression, rule.on[0]);
  return { typed: members, facts, when, received: shown };
}

function factsBroken(check: Extract<Check, { kind: "null-only-if" }>, ref: Code): Broken {
  const facts = check.facts.map((fact) => code`${string(fact)}: ${factCode(fact)}`);
  const anyFact = code`on.anyFact(${ref}, { ${list(facts)} })`;
  const when = code`${identifier(check.param)} === null && !${anyFact}`;
  return { typed: [], facts: [], when, received: code`"null"` };
}

function flagsBroken(
  model: Model,
  check: Extract<Check, { kind: "flags" | "undocumented" }>,
  view: View,
): Broken {
  const name = view.member([check.param]);
  const flags = model.constants.flatMap((set) =>
    ownNames(set.values)
      .filter((flag) => check.flags.includes(check.kind === "flags" ? set.name : flag))
      .filter((flag) => check.kind !== "flags" || check.except?.includes(flag) !== true)
      .map((flag) => imported(flag, constantsModule(set.name))),
  );
  const mask = flags.length === 0 ? code`0` : join(flags, code` | `);
  const when =
    check.kind === "flags" ? code`(${name} & ~(${mask})) !== 0` : code`(${name} & (${mask})) !== 0`;
  const shown =
    check.kind === "flags"
      ? code`${lib("describeFlags")}(${name}, ${mask})`
      : code`${lib("hex")}(${name})`;
  return { typed: [check.param], facts: [], when, received: shown };
}

function returnsBroken(
  check: Extract<Check, { kind: "returns" }>,
  call: CallModel | undefined,
): Broken | undefined {
  if (call === undefined) return undefined;
  const [fact, { name, module }] = [factCode(check.fact), contractOf(call)];
  const outcomes = code`${namespace(name, module)}.outcomes`;
  const when =
    check.which === "listed"
      ? code`!${lib("isListed")}(${outcomes}, ${fact})`
      : code`${lib("excludedName")}(${outcomes}, ${fact}) !== undefined`;
  return { typed: [], facts: [check.fact], when, received: shown(fact) };
}

function lengthBroken(
  check: Extract<Check, { kind: "bytes-of" | "count-of" }>,
  call: CallModel | undefined,
  view: View,
): Broken {
  const [length, of] = [view.member([check.param]), view.member([check.of])];
  const isNullable = paramOf(call, check.of)?.optional === true;
  const notNull = isNullable ? code`${of} !== null && ` : nothing;
  const unit = check.kind === "bytes-of" ? code` bytes` : nothing;
  const kind = check.kind === "bytes-of" ? "bytes" : "array";
  const there = view.length([check.of], kind);
  return {
    typed: [check.param, check.of],
    facts: [],
    when: code`${notNull}${there} < ${length}`,
    received: code`\`\${${length}} of \${${there}}${unit}\``,
  };
}

function nullBroken(
  model: Model,
  check: Extract<Check, { kind: "required" | "null" }>,
  { call, view }: Pick<Asked, "call" | "view">,
): Broken {
  const [name, by] = [view.member([check.param]), view.member([check.by])];
  const wide = isWide(model, paramOf(call, check.by)?.type ?? "ULONG");
  const is = number(check.is);
  const isSame = wide ? code`${lib("isSame")}(${by}, ${is})` : code`${by} === ${is}`;
  const isOther = wide ? code`!${isSame}` : code`${by} !== ${is}`;
  if (check.kind === "required") {
    return {
      typed: [check.by],
      facts: [],
      when: code`${isOther} && ${name} === null`,
      received: code`"null"`,
    };
  }
  const when = code`${isSame} && ${name} !== null`;
  return { typed: [check.by, check.param], facts: [], when, received: shown(name) };
}
