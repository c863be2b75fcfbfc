/** The notation of strace for arguments: strings, structures, arrays, flags, descriptors. */

/** An argument, or a part of one. */
export type Value =
  | { readonly kind: "text"; readonly text: string }
  /** A number, a name, flags, an address; `note` is what `-y` or `-yy` tells of a descriptor. */
  | { readonly kind: "word"; readonly text: string; readonly note?: string }
  | { readonly kind: "list"; readonly items: readonly Value[] }
  /** `loose` are the parts without a name, such as `inet_pton(…)`. */
  | {
      readonly kind: "struct";
      readonly fields: ReadonlyMap<string, Value>;
      readonly loose: readonly Value[];
    }
  | { readonly kind: "made"; readonly by: string; readonly args: readonly Value[] };

/** Text that is not in the notation; `at` is where, from 0. */
export class NotationError extends Error {
  readonly at: number;

  constructor(at: number) {
    super(`unexpected at ${at}`);
    this.at = at;
  }
}

/** How deep structures may nest; strace itself shows a handful of levels. */
const DEEPEST = 32;

/** Reads values from a text, one after the other. */
export class ValueReader {
  #at = 0;
  #depth = 0;

  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** Where the reader stands. */
  get at(): number {
    return this.#at;
  }

  /** All arguments up to the closing parenthesis, which is read as well. */
  args(): readonly Value[] {
    return this.#sequence(")");
  }

  #sequence(end: string): Value[] {
    const items: Value[] = [];
    this.#blank();
    if (this.#skip(end)) return items;
    for (;;) {
      items.push(this.#item());
      this.#blank();
      if (this.#skip(end)) return items;
      if (!this.#skip(",")) throw new NotationError(this.#at);
      this.#blank();
    }
  }

  /** A value; what has changed by the call stands behind `=>`, and counts. */
  #item(): Value {
    this.#depth++;
    if (this.#depth > DEEPEST) throw new NotationError(this.#at);
    let value = this.#value();
    this.#blank();
    while (this.#skip("=>")) {
      this.#blank();
      value = this.#value();
      this.#blank();
    }
    this.#depth--;
    return value;
  }

  #value(): Value {
    if (this.#skip("{")) return this.#struct();
    if (this.#skip("[")) return { kind: "list", items: this.#list() };
    if (this.text[this.#at] === '"' || this.text[this.#at] === "@") return this.#string();
    return this.#word();
  }

  /** Elements of arrays are parted by commas, those of sets of signals by blanks. */
  #list(): Value[] {
    const items: Value[] = [];
    for (;;) {
      this.#blank();
      if (this.#skip("]")) return items;
      items.push(this.#item());
      this.#blank();
      if (!this.#skip(",") && this.text[this.#at] !== "]" && this.text[this.#at - 1] !== " ")
        throw new NotationError(this.#at);
    }
  }

  #struct(): Value {
    const fields = new Map<string, Value>();
    const loose: Value[] = [];
    for (;;) {
      this.#blank();
      if (this.#skip("}")) return { kind: "struct", fields, loose };
      const name = this.#match(/([A-Za-z_][\w.]*)=(?!>)/y)?.[1];
      const value = this.#item();
      if (name === undefined) loose.push(value);
      else fields.set(name, value);
      this.#blank();
      if (!this.#skip(",") && this.text[this.#at] !== "}") throw new NotationError(this.#at);
    }
  }

  #string(): Value {
    const text = this.#match(/@?"((?:[^"\\]|\\[^])*)"(?:\.\.\.)?/y)?.[1];
    if (text === undefined) throw new NotationError(this.#at);
    return { kind: "text", text };
  }

  #word(): Value {
    const text = this.#match(/[^\s,()[\]{}<>="]+/y)?.[0];
    if (text === undefined) throw new NotationError(this.#at);
    if (this.#skip("(")) return { kind: "made", by: text, args: this.#sequence(")") };
    // Arguments may have names, too: `child_stack=NULL`.
    if (this.#match(/=(?!>)/y) !== undefined) return this.#value();
    const shift = this.#match(/<<\d+/y)?.[0] ?? "";
    const note = this.#match(/<((?:[^<>\n]|(?<=-)>|<[^<>]*>)*)>/y)?.[1];
    if (note !== undefined) return { kind: "word", text, note };
    return { kind: "word", text: text + shift };
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.text) ?? undefined;
    if (found !== undefined) this.#at += found[0].length;
    return found;
  }

  #skip(text: string): boolean {
    if (!this.text.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  /** White space, and the remarks of strace. */
  #blank(): void {
    this.#match(/(?:\s|\/\*.*?\*\/)*/y);
  }
}
