/**
 * Text that is code, and the only ways to make some.
 *
 * Schema text is a plain `string`, and a hole of `code` takes no string: forgetting an encoder does
 * not compile, and if it is forced, it throws. Everything that may stand in a hole comes from
 * `code` itself or from an encoder of encode.ts.
 */
import { Fault } from "../fault.js";

/** A reference to a name of another module; printing it imports it. */
export interface Reference {
  readonly name: string;
  readonly from: string;
  /** How it is imported: as a value, as a type, or as the name of the whole module. */
  readonly as: "value" | "type" | "namespace";
}

type Part = string | Reference;

/** A key that only encode.ts asks for, so that nothing else makes code out of text. */
export const TRUSTED: unique symbol = Symbol("trusted");

/** A piece of program text. */
export class Code {
  readonly parts: readonly Part[];

  constructor(key: typeof TRUSTED, parts: readonly Part[]) {
    if (key !== TRUSTED) throw new Fault("code can be made by code`…` and by an encoder only");
    this.parts = parts;
  }
}

/** What may stand in a hole. */
export type Hole = Code | readonly Code[];

/** Code from a template. Pieces of a list follow each other as they are. */
export function code(template: TemplateStringsArray, ...holes: readonly Hole[]): Code {
  const parts: Part[] = [];
  template.forEach((text, i) => {
    parts.push(text);
    const hole = holes[i];
    if (hole === undefined) return;
    for (const piece of Array.isArray(hole) ? hole : [hole]) {
      if (!(piece instanceof Code)) throw new Fault("text reached the output without an encoder");
      // One by one: a call takes no more arguments than the stack holds.
      for (const part of piece.parts) parts.push(part);
    }
  });
  return new Code(TRUSTED, parts);
}

/** Pieces with something between them. */
export function join(pieces: readonly Code[], between: Code): Code {
  return code`${pieces.flatMap((piece, i) => (i === 0 ? [piece] : [between, piece]))}`;
}

/** No code at all. */
export const nothing: Code = code``;
