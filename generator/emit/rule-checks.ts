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
import {
  bigint,
  identifier,
  imported,
  lineComment,
  namespace,
  number,
  string,
} from "../print/encode.js";
import { emitExpression, factCode, negate, received } from "./expression.js";
import { ownNames } from "../values.js";
import { constantsModule, describe, lib, list } from "./pieces.js";
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
  const broken = brokenWhen(model, rule, { ref, call: of.call });
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
export function needsOf(
  model: Model,
  rule: RuleModel,
  call: CallModel,
): { typed: readonly string[]; facts: boolean } {
  const broken = brokenWhen(model, rule, { ref: nothing, call });
  const facts = (broken?.facts.length ?? 0) > 0 || rule.check.kind === "null-only-if";
  return { typed: broken?.typed ?? [], facts };
}

function brokenWhen(
  model: Model,
  rule: RuleModel,
  of: { ref: Code; call: CallModel | undefined },
): Broken | undefined {
  const { check } = rule;
  const { ref, call } = of;
  switch (check.kind) {
    case "type":
    case "none":
    case "lifetime":
    case "chain":
      return undefined;
    case "returns":
      return returnsBroken(check, call);
    case "require":
      return requireBroken(rule, check);
    case "null-only-if":
      return factsBroken(check, ref);
    case "flags":
    case "undocumented":
      return flagsBroken(model, check);
    case "bytes-of":
    case "count-of":
      return lengthBroken(check, call);
    case "required":
    case "null":
      return nullBroken(model, check, call);
    case "must-be": {
      const name = identifier(check.param);
      const wide = isWide(model, paramOf(call, check.param)?.type ?? "ULONG");
      const when = wide
        ? code`BigInt(${name}) !== ${bigint(BigInt(check.value))}`
        : code`${name} !== ${number(check.value)}`;
      return { typed: [check.param], facts: [], when, received: describe(name) };
    }
    default:
      return never(check);
  }
}

const paramOf = (
  call: CallModel | undefined,
  name: string,
): CallModel["params"][number] | undefined => call?.params.find((param) => param.name === name);

function requireBroken(rule: RuleModel, check: Extract<Check, { kind: "require" }>): Broken {
  const { members, facts } = uses(check.expression);
  const negated = negate(check.expression);
  const loose = negated.kind === "binary" && negated.op === "||";
  const when = loose ? code`(${emitExpression(negated)})` : emitExpression(negated);
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
): Broken {
  const name = identifier(check.param);
  const flags = model.constants.flatMap((set) =>
    ownNames(set.values)
      .filter((flag) => check.flags.includes(check.kind === "flags" ? set.name : flag))
      .map((flag) => imported(flag, constantsModule(set.name))),
  );
  const mask = join(flags, code` | `);
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
  return { typed: [], facts: [check.fact], when, received: describe(fact) };
}

function lengthBroken(
  check: Extract<Check, { kind: "bytes-of" | "count-of" }>,
  call: CallModel | undefined,
): Broken {
  const [length, of] = [identifier(check.param), identifier(check.of)];
  const isNullable = paramOf(call, check.of)?.optional === true;
  const notNull = isNullable ? code`${of} !== null && ` : nothing;
  const unit = check.kind === "bytes-of" ? code` bytes` : nothing;
  return {
    typed: [check.param, check.of],
    facts: [],
    when: code`${notNull}${of}.length < ${length}`,
    received: code`\`\${${length}} of \${${of}.length}${unit}\``,
  };
}

function nullBroken(
  model: Model,
  check: Extract<Check, { kind: "required" | "null" }>,
  call: CallModel | undefined,
): Broken {
  const [name, by] = [identifier(check.param), identifier(check.by)];
  const wide = isWide(model, paramOf(call, check.by)?.type ?? "ULONG");
  const [value, is] = wide
    ? [code`BigInt(${by})`, bigint(BigInt(check.is))]
    : [by, number(check.is)];
  if (check.kind === "required") {
    return {
      typed: [check.by],
      facts: [],
      when: code`${value} !== ${is} && ${name} === null`,
      received: code`"null"`,
    };
  }
  const when = code`${value} === ${is} && ${name} !== null`;
  return { typed: [check.by, check.param], facts: [], when, received: describe(name) };
}
