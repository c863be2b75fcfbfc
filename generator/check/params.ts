/** Parameters: the words that relate one to its neighbours fit their types. */
import type { IntegerType } from "../../schema/define.js";
import type { AnyCall, Param } from "../../schema/define-call.js";
import type { Diagnostics, Place } from "../diagnostics.js";
import { integerPhrase, rangeOf } from "../phrases.js";
import type { Item, RawType, Registry } from "../registry.js";
import { placeOf } from "../registry.js";
import { isOptional } from "../scope.js";
import { didYouMean } from "../../support/suggest.js";
import { aliasIn, isArchValue, ownNames, valueIn } from "../values.js";
import { Mentions } from "./mentions.js";

/** Checks the parameters of all calls. */
export function checkParams(registry: Registry, diagnostics: Diagnostics): void {
  for (const item of registry.calls) {
    for (const [name, param] of Object.entries(item.value.params))
      new ParamCheck({ registry, diagnostics }, item, name).param(param);
  }
}

class ParamCheck {
  readonly #registry: Registry;
  readonly #diagnostics: Diagnostics;
  readonly #mentions: Mentions;
  readonly #item: Item<AnyCall>;
  readonly #name: string;

  constructor(
    of: { registry: Registry; diagnostics: Diagnostics },
    item: Item<AnyCall>,
    name: string,
  ) {
    this.#registry = of.registry;
    this.#diagnostics = of.diagnostics;
    this.#mentions = new Mentions(of.registry, of.diagnostics);
    this.#item = item;
    this.#name = name;
  }

  param(param: Param): void {
    this.#mentions.type(param.type, this.#at("type"));
    this.#measures(param, "bytesOf");
    this.#measures(param, "countOf");
    const type = this.#type(param.type);
    const isPointer = type?.kind === "pointer" || type?.kind === "routine";
    if (isOptional(param) && type !== undefined && !isPointer)
      this.#mismatch(this.#name, "a pointer or a callback", this.#at(nullWord(param)));
    if (param.nullIff) this.#nullIff(param.nullIff);
    param.nullOnlyIf?.any.forEach((fact, i) =>
      this.#mentions.fact(fact, this.#at("nullOnlyIf", "any", i)),
    );
    if (param.mustBe !== undefined && type?.kind === "integer")
      this.#inRange(type, { value: param.mustBe, place: this.#at("mustBe") });
    else if (param.mustBe !== undefined && type !== undefined)
      this.#mismatch(this.#name, "a whole number", this.#at("mustBe"));
    if (param.flags !== undefined) this.#flags(param, param.flags);
    else if (param.undocumented !== undefined)
      this.#mismatch(this.#name, "of a set of flags", this.#at("undocumented"));
  }

  /** The length of memory or of an array. */
  #measures(param: Param, word: "bytesOf" | "countOf"): void {
    const other = param[word];
    const { params } = this.#item.value;
    if (other === undefined) return;
    this.#mentions.member(other, params, this.#at(word));
    const type = this.#type(param.type);
    if (type !== undefined && type.kind !== "integer")
      this.#mismatch(this.#name, "a whole number", this.#at(word));
    const pointee = this.#type(params[other]?.type);
    const form = word === "bytesOf" ? "bytes" : "array";
    if (pointee === undefined || (pointee.kind === "pointer" && pointee.form === form)) return;
    const wanted = word === "bytesOf" ? "a pointer to memory" : "a pointer to an array";
    this.#mismatch(other, wanted, this.#at(word));
  }

  #nullIff({ param: by, is }: NonNullable<Param["nullIff"]>): void {
    const { params } = this.#item.value;
    this.#mentions.member(by, params, this.#at("nullIff", "param"));
    const type = this.#type(params[by]?.type);
    if (type?.kind === "integer")
      this.#inRange(type, { value: is, place: this.#at("nullIff", "is") });
    else if (type !== undefined) this.#mismatch(by, "a whole number", this.#at("nullIff", "param"));
  }

  #flags(param: Param, name: string): void {
    const set = this.#registry.constantSet(name);
    this.#mentions.constantSet(name, this.#at("flags"));
    const type = this.#type(param.type);
    const isNarrow = type?.kind === "integer" && type.bits !== "pointer" && type.bits !== 64;
    if (type !== undefined && !isNarrow)
      this.#mismatch(this.#name, "a whole number of at most 32 bits", this.#at("flags"));
    if (set === undefined) return;
    const flags = ownNames(set.values);
    if (set.use !== "flags") this.#mismatch(name, 'a set with use: "flags"', this.#at("flags"));
    else if (flags.length === 0) this.#mismatch(name, "a set with a flag", this.#at("flags"));
    else if (flags.some((flag) => isArchValue(valueIn(set.values, flag))))
      this.#mismatch(name, "of one value on every architecture", this.#at("flags"));
    else if (type?.kind === "integer" && isNarrow) this.#fitsFlags(param, type, set.values);
    param.undocumented?.forEach((flag, i) => {
      const place = this.#at("undocumented", i);
      if (aliasIn(set.values, flag) !== undefined)
        this.#mismatch(flag, "a value of its own, and no alias,", place);
      if (Object.hasOwn(set.values, flag)) return;
      const other = didYouMean(flag, Object.keys(set.values));
      this.#diagnostics.report("unknown-constant", place, { name: flag, other });
    });
  }

  /** Each flag can be passed, and so can the value that alone is allowed. */
  #fitsFlags(param: Param, type: IntegerType, values: Parameters<typeof ownNames>[0]): void {
    let all = 0n;
    for (const flag of ownNames(values)) {
      const value = Number(valueIn(values, flag));
      const received = `${flag} is ${value}, which`;
      this.#inRange(type, { value, place: this.#at("flags"), received });
      all |= BigInt(value);
    }
    const { mustBe } = param;
    if (mustBe === undefined || !Number.isSafeInteger(mustBe)) return;
    if ((BigInt(mustBe) & ~all) === 0n) return;
    const words = { received: String(mustBe), wanted: `a combination of ${param.flags}` };
    this.#diagnostics.report("value-out-of-range", this.#at("mustBe"), words);
  }

  #inRange(
    type: IntegerType,
    { value, place, received }: { value: number; place: Place; received?: string },
  ): void {
    const { low, high } = rangeOf(type);
    const isExact = Number.isSafeInteger(value);
    if (isExact && BigInt(value) >= low && BigInt(value) <= high) return;
    const words = { received: received ?? String(value), wanted: integerPhrase(type) };
    this.#diagnostics.report("value-out-of-range", place, words);
  }

  #type(name: string | undefined): RawType | undefined {
    return this.#registry.types.get(name ?? "")?.value;
  }

  #at(...path: (string | number)[]): Place {
    return placeOf(this.#item, "params", this.#name, ...path);
  }

  #mismatch(name: string, wanted: string, place: Place): void {
    this.#diagnostics.report("relation-mismatch", place, { name, wanted });
  }
}

const nullWord = (param: Param): string =>
  param.nullIff !== undefined
    ? "nullIff"
    : param.nullOnlyIf !== undefined
      ? "nullOnlyIf"
      : "nullable";
