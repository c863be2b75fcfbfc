/** Which names are taken, by what, and whether a parameter of that name would hide a value. */
import * as codec from "../../support/codec/index.js";
import * as support from "../../support/index.js";
import type { Diagnostics, Place } from "../diagnostics.js";

interface Use {
  readonly what: string;
  /** True for what generated functions mention as a value. */
  readonly isValue: boolean;
}

/** Types of the support code that generated files mention. */
const SUPPORT_TYPES = [
  "Arch", "CheckOptions", "DispatchTable", "Fields", "Flavored", "FlavoredText", "FlavoredWide",
  "Given", "Issue", "Judge", "JudgedCall", "Layout", "Lifetime", "OpaqueFunction", "Outcomes",
  "Profiles", "Rule", "StandardSchema", "StubOptions", "TableOf", "Terms", "Verdict", "Watched",
  "Wide",
]; // prettier-ignore

const CODEC_TYPES = ["Memory", "StructCodec", "WritableMemory", "WriteOptions"];

/** What generated arbitraries import, and the names they have for themselves. */
const TESTING = [
  "anyArray", "anyBoolean", "anyBreaking", "anyCell", "anyChain", "anyControlInfo", "anyFlags",
  "anyMemory", "anyOpaque", "anyRoutine", "anyValid", "anyWhole", "anyWide", "exactMemory",
  "measured", "orNull", "constant", "record", "Arbitrary", "ExampleData", "NearMiss", "Walked",
  "BASE", "CALL",
]; // prettier-ignore

/** The names of everything that generated modules export or import. */
export class TakenNames {
  readonly #diagnostics: Diagnostics;
  readonly #uses = new Map<string, Use>();

  constructor(diagnostics: Diagnostics) {
    this.#diagnostics = diagnostics;
    for (const name of Object.keys(support)) this.#set(name, "a name of wskit/support", true);
    for (const name of SUPPORT_TYPES) this.#set(name, "a type of wskit/support", false);
    for (const name of [...Object.keys(codec), ...CODEC_TYPES]) {
      this.#set(name, "a name of wskit/support/codec", false);
    }
    for (const name of ["param", "between", "quick"])
      this.#set(name, "a name of wskit/support/zod", true);
    for (const name of TESTING) this.#set(name, "a name of wskit/support/testing", false);
    this.#set("FACT_NAMES", "a name of the generated code", true);
    this.#set("Facts", "a type of the generated code", false);
  }

  /** Takes a name; it is a mistake where somebody else has it. */
  take(name: string, place: Place, of: { what: string; isValue: boolean }): void {
    const other = this.#uses.get(name)?.what;
    if (other !== undefined) this.#diagnostics.report("name-taken", place, { name, other });
    else this.#set(name, of.what, of.isValue);
  }

  /** What a parameter or field of that name would hide; undefined where nothing. */
  hiddenBy(name: string): string | undefined {
    const use = this.#uses.get(name);
    return use?.isValue === true ? use.what : undefined;
  }

  #set(name: string, what: string, isValue: boolean): void {
    this.#uses.set(name, { what, isValue });
  }
}
