/**
 * Expressions of the schema as TypeScript: exact, narrowed, with as few parentheses as it takes.
 */
import { behind, isReadable, NOTHING } from "../expression/known.js";
import type { Operator } from "../expression/parse.js";
import type { Typed } from "../expression/typed.js";
import { sort, uses } from "../expression/typed.js";
import { never } from "../fault.js";
import type { Code } from "../print/code.js";
import { code, join, nothing } from "../print/code.js";
import { bigint, identifier, imported, key, number, string } from "../print/encode.js";
import { isArchValue } from "../values.js";
import { codesModule, constantsModule, describe, lib } from "./pieces.js";

const OPPOSITE = { "==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">" } as const;
const BINDS: Readonly<Record<Operator, number>> = {
  "||": 1, "&&": 2, "==": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4, "+": 6, "&": 0, "|": 0,
}; // prettier-ignore

/** The condition under which an expression is false, without a leading "!". */
export function negate(typed: Typed): Typed {
  if (typed.kind === "not") return typed.of;
  if (typed.kind !== "binary") return { kind: "not", of: typed };
  const { op, left, right, wide } = typed;
  if (op === "&&" || op === "||") {
    return {
      kind: "binary",
      op: op === "&&" ? "||" : "&&",
      left: negate(left),
      right: negate(right),
      wide,
    };
  }
  if (op in OPPOSITE) return { ...typed, op: OPPOSITE[op as keyof typeof OPPOSITE] };
  return { kind: "not", of: typed };
}

/** An expression; `inside` is how tightly the operator around it binds. */
export function emitExpression(typed: Typed, inside = 0): Code {
  switch (typed.kind) {
    case "number":
      return number(Number(typed.value));
    case "constant":
      return constant(typed);
    case "member":
      return member(typed.path);
    case "null":
      return code`null`;
    case "fact":
      return factCode(typed.name);
    case "total":
      return total(typed);
    case "length":
      return code`${emitExpression(typed.of)}.length`;
    case "wellFormed":
      return code`${lib("isControlInfo")}(
        ${emitExpression(typed.bytes)}, ${narrow(typed.length)}, on.arch)`;
    case "allOnes":
      return code`${lib("isAllOnes")}(${emitExpression(typed.of)}, on.arch)`;
    case "not":
      return code`!${emitExpression(typed.of, 9)}`;
    case "binary":
      return binary(typed, inside);
    default:
      return never(typed);
  }
}

/** A function from an element to its number. */
const numberOf = (path: readonly string[]): Code =>
  code`(of) => of.${join(path.map(identifier), code`.`)}`;

/** A number where generated code wants no bigint; nothing is as long as what it rounds. */
const narrow = (typed: Typed): Code =>
  sort(typed) === "wide" ? code`Number(${emitExpression(typed)})` : emitExpression(typed);

/** A constant; the one of the caller's architecture where they differ. */
function constant(typed: Extract<Typed, { kind: "constant" }>): Code {
  const module = typed.isCode ? codesModule(typed.set) : constantsModule(typed.set);
  const name = imported(typed.name, module);
  const value = isArchValue(typed.value) ? code`${name}[on.arch]` : name;
  return typed.inWideSet && sort(typed) === "number" ? code`Number(${value})` : value;
}

/** How generated code reads a fact. */
export function factCode(name: string): Code {
  return code`facts[${string(name)}]`;
}

function member(path: readonly string[]): Code {
  return (
    path.reduce<Code | undefined>(
      (made, key) => (made === undefined ? identifier(key) : code`${made}.${identifier(key)}`),
      undefined,
    ) ?? code``
  );
}

function binary(typed: Extract<Typed, { kind: "binary" }>, inside: number): Code {
  const { op, left, right, wide } = typed;
  const binds = BINDS[op];
  const isZero = [left, right].some((side) => side.kind === "number" && side.value === 0n);
  const showsSign = op === "+" || (op in OPPOSITE && !isZero);
  const operand = (of: Typed): Code => {
    if (wide) return exact(of);
    return showsSign ? unsigned(of, binds + 1) : emitExpression(of, binds + 1);
  };
  const joined =
    op === "||" || op === "&&"
      ? code`${emitExpression(left, binds)} ${sign(op)} ${emitExpression(right, binds)}`
      : code`${operand(left)} ${sign(op)} ${operand(right)}`;
  return binds < inside || binds === 0 ? code`(${joined})` : joined;
}

/** JavaScript's bit operators answer signed numbers, C's unsigned ones: it shows unless it is 0. */
function unsigned(typed: Typed, inside: number): Code {
  const isBits = typed.kind === "binary" && (typed.op === "&" || typed.op === "|");
  return isBits ? code`(${emitExpression(typed)} >>> 0)` : emitExpression(typed, inside);
}

/** A number as a bigint, so that nothing rounds and nothing wraps. */
function exact(typed: Typed): Code {
  if (typed.kind === "number") return bigint(typed.value);
  if (typed.kind === "constant" && !isArchValue(typed.value)) return bigint(BigInt(typed.value));
  if (typed.kind === "total" || (typed.kind === "binary" && sort(typed) === "wide"))
    return emitExpression(typed, 5);
  return code`BigInt(${unsigned(typed, 0)})`;
}

function sign(op: Operator): Code {
  switch (op) {
    case "||":
      return code`||`;
    case "&&":
      return code`&&`;
    case "==":
      return code`===`;
    case "!=":
      return code`!==`;
    case "<":
      return code`<`;
    case "<=":
      return code`<=`;
    case ">":
      return code`>`;
    case ">=":
      return code`>=`;
    case "+":
      return code`+`;
    case "&":
      return code`&`;
    case "|":
      return code`|`;
    default:
      return never(op);
  }
}

/** What to show where an expression is false: the value that was compared, or the facts. */
export function received(typed: Typed, blamed: string | undefined): Code {
  const shown = lastCompared(typed, blamed);
  const isShown = shown !== undefined && isReadable(shown, behind(NOTHING, typed, false));
  if (!isShown) return factsOf(typed, blamed);
  return sort(shown) === "wide" && shown.kind !== "member"
    ? code`String(${emitExpression(shown)})`
    : describe(emitExpression(shown));
}

function factsOf(typed: Typed, blamed: string | undefined): Code {
  const [first, ...rest] = uses(typed).facts;
  if (first === undefined) {
    return blamed === undefined ? code`"something else"` : describe(identifier(blamed));
  }
  if (rest.length === 0 && blamed === undefined) return describe(factCode(first));
  const facts = [first, ...rest].map((name) => code`${key(name)}: ${factCode(name)}`);
  return code`${lib("describeFacts")}({ ${join(facts, code`, `)} })`;
}

function lastCompared(typed: Typed, blamed: string | undefined): Typed | undefined {
  if (typed.kind !== "binary") return undefined;
  if (typed.op === "||" || typed.op === "&&") return lastCompared(typed.right, blamed);
  const { left } = typed;
  if (left.kind === "binary" && (left.op === "&" || left.op === "|")) {
    return rootOf(left.left) === blamed ? left.left : undefined;
  }
  if (left.kind === "binary")
    return [left.left, left.right].some((side) => rootOf(side) === blamed) ? left : undefined;
  return rootOf(left) === blamed ? left : undefined;
}

function total({ of, field, along, count }: Extract<Typed, { kind: "total" }>): Code {
  if (along !== undefined)
    return code`${lib("totalAlong")}(${identifier(of)}, ${string(along)}, ${numberOf(field)})`;
  const first = count === undefined ? nothing : code`, ${identifier(count)}`;
  return code`${lib("totalOf")}(${identifier(of)}, ${numberOf(field)}${first})`;
}

function rootOf(typed: Typed): string | undefined {
  if (typed.kind === "member") return typed.path[0];
  if (typed.kind === "total") return typed.of;
  if (typed.kind === "length" || typed.kind === "allOnes") return rootOf(typed.of);
  return undefined;
}
