/**
 * The language of `require`: C-like, without side effects.
 *
 *   or      := and ("||" and)*
 *   and     := compare ("&&" compare)*
 *   compare := sum (("==" | "!=" | "<=" | ">=" | "<" | ">") sum)?
 *   sum     := bits ("+" bits)*
 *   bits    := unary (("&" | "|") unary)*
 *   unary   := "!" unary | "(" or ")" | number | NULL | fact(name) | function(names) | name(.name)*
 *
 * In C, "&" and "|" bind looser than "==" and "+". So that nothing is read in two ways, they want
 * parentheses beside those.
 */

/** A parsed expression; `at` is the offset in its text. */
export type Expression =
  | { readonly kind: "number"; readonly value: bigint; readonly at: number }
  | { readonly kind: "null"; readonly at: number }
  | { readonly kind: "name"; readonly path: readonly string[]; readonly at: number }
  | { readonly kind: "fact"; readonly name: string; readonly at: number }
  | Application
  | { readonly kind: "not"; readonly of: Expression; readonly at: number }
  | Binary; // prettier-ignore

/** A function and what it is applied to. */
export interface Application {
  readonly kind: "apply";
  readonly name: string;
  readonly args: readonly Expression[];
  readonly at: number;
}

/** Two operands. */
export interface Binary {
  readonly kind: "binary";
  readonly op: Operator;
  readonly left: Expression;
  readonly right: Expression;
  readonly at: number;
}

/** The operators, from the loosest to the tightest. */
export type Operator = "||" | "&&" | Comparison | "+" | "&" | "|";

/** The operators that compare. */
export type Comparison = "==" | "!=" | "<=" | ">=" | "<" | ">";

/** Text that is no expression, and the offset at which that shows. */
export class ExpressionError extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/** Longer than any rule that somebody reads; it also bounds how deep the parser goes. */
const MAX_LENGTH = 1000;

const TOKEN = /\s*(?:(0x[0-9a-fA-F]+|\d+)|([A-Za-z_]\w*)|(\|\||&&|==|!=|<=|>=|[<>+&|!().,]))/y;
const COMPARISONS = new Set<string>(["==", "!=", "<=", ">=", "<", ">"]);

interface Token {
  readonly kind: "number" | "name" | "sign" | "end";
  readonly text: string;
  readonly at: number;
}

/** Parses the text of a `require`. Throws ExpressionError. */
export function parseExpression(text: string): Expression {
  if (text.length > MAX_LENGTH) {
    throw new ExpressionError(`an expression has at most ${MAX_LENGTH} characters`, MAX_LENGTH);
  }
  return new Parser(text).whole();
}

class Parser {
  readonly #text: string;
  /** What stands in parentheses. */
  readonly #grouped = new Set<Expression>();
  #next = 0;
  #token: Token;

  constructor(text: string) {
    this.#text = text;
    this.#token = this.#read();
  }

  whole(): Expression {
    const expression = this.#or();
    if (this.#token.kind !== "end") throw this.#unexpected("an operator or the end");
    return expression;
  }

  #or(): Expression {
    return this.#chain(["||"], () => this.#chain(["&&"], () => this.#compare()));
  }

  #compare(): Expression {
    const left = this.#sum();
    if (!COMPARISONS.has(this.#token.text)) return left;
    const op = this.#take().text as Comparison;
    const right = this.#sum();
    for (const side of [left, right]) this.#unlikeC(side, op);
    return { kind: "binary", op, left, right, at: left.at };
  }

  #sum(): Expression {
    return this.#chain(["+"], () => this.#chain(["&", "|"], () => this.#unary()));
  }

  /** Refuses an operand without parentheses that C would take apart. */
  #unlikeC(side: Expression, around: Operator): void {
    if (side.kind !== "binary" || this.#grouped.has(side)) return;
    if ((side.op !== "&" && side.op !== "|") || side.op === around) return;
    const why =
      around === "|" || around === "&" ? `${side.op} beside` : `in C, ${side.op} binds looser than`;
    throw new ExpressionError(`${why} ${around}: put parentheses around the ${side.op}`, side.at);
  }

  #chain(ops: readonly Operator[], operand: () => Expression): Expression {
    let left = operand();
    for (let op = this.#one(ops); op !== undefined; op = this.#one(ops)) {
      this.#take();
      const right = operand();
      if (op !== "||" && op !== "&&") for (const side of [left, right]) this.#unlikeC(side, op);
      left = { kind: "binary", op, left, right, at: left.at };
    }
    return left;
  }

  #one(ops: readonly Operator[]): Operator | undefined {
    return ops.find((op) => op === this.#token.text);
  }

  #unary(): Expression {
    const { kind, text, at } = this.#token;
    if (kind === "number") {
      this.#take();
      return { kind: "number", value: BigInt(text), at };
    }
    if (kind === "name") return this.#name();
    if (text === "!") {
      this.#take();
      return { kind: "not", of: this.#unary(), at };
    }
    if (text !== "(") throw this.#unexpected("a value");
    this.#take();
    const inner = this.#or();
    this.#expect(")");
    this.#grouped.add(inner);
    return inner;
  }

  #name(): Expression {
    const { text, at } = this.#take();
    if (text === "NULL") return { kind: "null", at };
    if (this.#token.text === "(") return text === "fact" ? this.#fact(at) : this.#apply(text, at);
    const path = [text];
    while (this.#token.text === ".") {
      this.#take();
      if (this.#token.kind !== "name") throw this.#unexpected("the name of a field");
      path.push(this.#take().text);
    }
    return { kind: "name", path, at };
  }

  /** Names of facts contain dots and hyphens, so they are read as they stand. */
  #fact(at: number): Expression {
    const end = this.#text.indexOf(")", this.#token.at);
    if (end < 0) throw this.#unexpected("fact(name)");
    const name = this.#text.slice(this.#token.at + 1, end).trim();
    this.#next = end + 1;
    this.#token = this.#read();
    return { kind: "fact", name, at };
  }

  #apply(name: string, at: number): Expression {
    const args: Expression[] = [];
    do {
      this.#take();
      args.push(this.#or());
    } while (this.#token.text === ",");
    this.#expect(")");
    return { kind: "apply", name, args, at };
  }

  #expect(text: string): void {
    if (this.#token.text !== text) throw this.#unexpected(`"${text}"`);
    this.#take();
  }

  #take(): Token {
    const token = this.#token;
    this.#token = this.#read();
    return token;
  }

  #read(): Token {
    TOKEN.lastIndex = this.#next;
    const match = TOKEN.exec(this.#text);
    if (match === null) {
      const at = this.#text.length - this.#text.slice(this.#next).trimStart().length;
      if (at < this.#text.length)
        throw new ExpressionError(`unexpected "${this.#text.at(at)}"`, at);
      return { kind: "end", text: "", at };
    }
    this.#next = TOKEN.lastIndex;
    const [all, number, name, sign] = match;
    const text = number ?? name ?? sign ?? "";
    const at = match.index + all.length - text.length;
    return {
      kind: number !== undefined ? "number" : name !== undefined ? "name" : "sign",
      text,
      at,
    };
  }

  #unexpected(wanted: string): ExpressionError {
    const { text, at } = this.#token;
    return new ExpressionError(
      `expected ${wanted}, received ${text === "" ? "the end" : `"${text}"`}`,
      at,
    );
  }
}
