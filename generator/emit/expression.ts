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
import { codesModule, constantsModule, shown, lib } from "./pieces.js";

/** Where generated code finds what an expression refers to. */
export interface View {
  /** A parameter or field, or a field below one. */
  readonly member: (path: readonly string[]) => Code;
  /** How many elements an array has, or how many bytes memory. */
  readonly length: (path: readonly string[], of: "bytes" | "array") => Code;
  readonly total: (typed: TotalTyped) => Code;
  /** A fact that is known; read from what was told where left out. */
  readonly fact?: (name: string) => Code;
  /** The architecture of the caller. */
  readonly arch: Code;
  /** True where what is behind a pointer is in locals, which are 0 where there is nothing. */
  readonly isKept?: boolean;
}

type TotalTyped = Extract<Typed, { kind: "total" }>;

/** The view of a judge: parameters are locals, everything below them is read where it is. */
export const JUDGE: View = {
  member,
  length: (path, of) => lengthCode(member(path), of),
  total,
  arch: code`on.arch`,
};

const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);
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
export function emitExpression(typed: Typed, view: View = JUDGE, inside = 0): Code {
  const part = (of: Typed): Code => emitExpression(of, view);
  switch (typed.kind) {
    case "number":
      return typed.value > MAX_SAFE ? bigint(typed.value) : number(Number(typed.value));
    case "constant":
      return constant(typed, view);
    case "member":
      return view.member(typed.path);
    case "null":
      return code`null`;
    case "fact":
      return view.fact?.(typed.name) ?? factCode(typed.name);
    case "total":
      return view.total(typed);
    case "length":
      return lengthOf(typed.of, view);
    case "wellFormed": {
      const length =
        sort(typed.length) === "wide" ? code`Number(${part(typed.length)})` : part(typed.length);
      return code`${lib("isControlInfo")}(${part(typed.bytes)}, ${length}, ${view.arch})`;
    }
    case "allOnes":
      return code`${lib("isAllOnes")}(${part(typed.of)}, ${view.arch})`;
    case "not":
      return code`!${emitExpression(typed.of, view, 9)}`;
    case "binary":
      return binary(typed, view, inside);
    default:
      return never(typed);
  }
}

/** The length of what stands in `value`: memory may lie about its own. */
export const lengthCode = (value: Code, of: "bytes" | "array"): Code =>
  of === "bytes" ? code`${lib("lengthOf")}(${value})` : code`${value}.length`;

function lengthOf(of: Typed, view: View): Code {
  if (of.kind !== "member") return nothing;
  return view.length(of.path, of.meaning.kind === "bytes" ? "bytes" : "array");
}

/** A function from an element to its number. */
const numberOf = (path: readonly string[]): Code =>
  code`(of) => of.${join(path.map(identifier), code`.`)}`;

/** A constant; the one of the caller's architecture where they differ. */
function constant(typed: Extract<Typed, { kind: "constant" }>, view: View): Code {
  const module = typed.isCode ? codesModule(typed.set) : constantsModule(typed.set);
  const name = imported(typed.name, module);
  const value = isArchValue(typed.value) ? code`${name}[${view.arch}]` : name;
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

function binary(typed: Extract<Typed, { kind: "binary" }>, view: View, inside: number): Code {
  const { op, left, right, wide } = typed;
  const binds = BINDS[op];
  if (op === "||" || op === "&&") {
    const [first, then] = [left, right].map((side) => emitExpression(side, view, binds));
    const joined = code`${first ?? nothing} ${sign(op)} ${then ?? nothing}`;
    return binds < inside ? code`(${joined})` : joined;
  }
  if (wide && wideFunction(op) !== undefined) return exact(typed, view);
  const isZero = [left, right].some((side) => side.kind === "number" && side.value === 0n);
  const showsSign = op === "+" || (op in OPPOSITE && !isZero);
  const operand = (of: Typed): Code =>
    showsSign ? unsigned(of, view, binds + 1) : emitExpression(of, view, binds + 1);
  const joined = code`${operand(left)} ${sign(op)} ${operand(right)}`;
  return binds < inside || binds === 0 ? code`(${joined})` : joined;
}

/** JavaScript's bit operators answer signed numbers, C's unsigned ones: it shows unless it is 0. */
function unsigned(typed: Typed, view: View, inside: number): Code {
  const isBits = typed.kind === "binary" && (typed.op === "&" || typed.op === "|") && !typed.wide;
  return isBits
    ? code`(${emitExpression(typed, view)} >>> 0)`
    : emitExpression(typed, view, inside);
}

/** Numbers that may be bigints: nothing rounds and nothing wraps. Order they know by themselves. */
function exact(typed: Extract<Typed, { kind: "binary" }>, view: View): Code {
  const [a, b] = [typed.left, typed.right].map((side) => unsigned(side, view, 0));
  const call = code`${lib(wideFunction(typed.op) ?? "")}(${a ?? nothing}, ${b ?? nothing})`;
  return typed.op === "!=" ? code`!${call}` : call;
}

function wideFunction(op: Operator): string | undefined {
  switch (op) {
    case "==":
    case "!=":
      return "isSame";
    case "+":
      return "sum";
    case "&":
      return "bitsOfBoth";
    case "|":
      return "bitsOfEither";
    default:
      return undefined;
  }
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
  const last = lastCompared(typed, blamed);
  const isShown = last !== undefined && isReadable(last, behind(NOTHING, typed, false));
  if (!isShown) return factsOf(typed, blamed);
  return sort(last) === "wide" && last.kind !== "member"
    ? code`String(${emitExpression(last)})`
    : shown(emitExpression(last));
}

function factsOf(typed: Typed, blamed: string | undefined): Code {
  const [first, ...rest] = uses(typed).facts;
  if (first === undefined) {
    return blamed === undefined ? code`"something else"` : shown(identifier(blamed));
  }
  if (rest.length === 0 && blamed === undefined) return shown(factCode(first));
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
  // Of a sum, only the part that the rule is about was passed by the caller.
  if (left.kind === "binary")
    return [left.left, left.right].find((side) => rootOf(side) === blamed);
  return rootOf(left) === blamed ? left : undefined;
}

function total({ of, field, along, count }: TotalTyped): Code {
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
