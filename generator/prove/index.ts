/**
 * Proves the examples of a schema that has no other mistake: what is accepted keeps its rule, what
 * is rejected breaks it, and what they all begin with breaks none.
 */
import type { Profile } from "../../schema/vocabulary.js";
import { strengthIn } from "../../support/issue.js";
import type { Diagnostics, Place } from "../diagnostics.js";
import type { CallModel, ExampleModel, Model, RuleModel, StructModel } from "../model.js";
import type { Item, Registry } from "../registry.js";
import { keyOf, placeOf } from "../registry.js";
import type { Data } from "./data.js";
import { baseOf, withValue } from "./data.js";
import { linksOf } from "./evaluate.js";
import type { Misfit } from "./fit.js";
import { Fitter } from "./fit.js";
import { judge } from "./judge.js";
import { nestedIn } from "./nested.js";

/** Reports every example that is not what it says. */
export function prove(model: Model, registry: Registry, diagnostics: Diagnostics): void {
  const proof = new Proof(model, diagnostics);
  for (const item of registry.structs) {
    const struct = model.types.get(item.value.name);
    if (struct?.kind === "struct") proof.struct(item, struct);
  }
  for (const item of registry.calls) {
    const call = model.calls.find(({ name }) => name === item.value.name);
    if (call !== undefined) proof.call(item, call);
  }
}

/** Whose rules are proven: where they stand, and how data becomes values. */
interface Owner {
  readonly item: Item<{ readonly name: string }>;
  readonly call: CallModel | undefined;
  readonly base: Data;
  readonly profiles: readonly Profile[];
  /** The field that continues the chain of a struct. */
  readonly next: string | undefined;
  readonly real: (data: Data, fitter: Fitter) => unknown;
}

class Proof {
  readonly #model: Model;
  readonly #diagnostics: Diagnostics;
  /** Structs whose example is mistaken; what begins with it is not proven. */
  readonly #mistaken = new Set<string>();

  constructor(model: Model, diagnostics: Diagnostics) {
    this.#model = model;
    this.#diagnostics = diagnostics;
  }

  struct(item: Item<{ readonly name: string }>, struct: StructModel): void {
    const real = (data: Data, fitter: Fitter): unknown => fitter.struct(struct, data);
    const base = struct.example;
    const owner = { item, call: undefined, base, profiles: [], next: struct.next, real };
    const at = (path: readonly string[]): Place => placeOf(item, "example", ...path);
    if (this.#begins(owner, at)) this.#rules(owner, struct.rules);
    else this.#mistaken.add(struct.name);
  }

  call(item: Item<{ readonly name: string }>, call: CallModel): void {
    const real = (data: Data, fitter: Fitter): unknown =>
      Object.fromEntries(
        call.params.map(({ name, type, optional }) => [
          name,
          fitter.fit(name, { type, nullable: optional }, data[name]),
        ]),
      );
    const base = baseOf(this.#model, call);
    const owner = { item, call, base, profiles: call.profiles, next: undefined, real };
    const at = ([param = "", ...path]: readonly string[]): Place =>
      placeOf(item, "params", param, "example", ...path);
    const isBased = call.params.some(
      ({ type, example }) => example === undefined && this.#reachesMistaken(type),
    );
    if (!isBased && this.#begins(owner, at)) this.#rules(owner, call.rules);
  }

  #reachesMistaken(name: string): boolean {
    const type = this.#model.types.get(name);
    if (type?.kind === "pointer") return this.#mistaken.has(type.to);
    return this.#mistaken.has(name);
  }

  /** The values that all examples begin with are of their types, and break no rule. */
  #begins(owner: Owner, at: (path: readonly string[]) => Place): boolean {
    const fitter = new Fitter(this.#model);
    const value = fitter.join(owner.real(owner.base, fitter));
    for (const misfit of fitter.misfits) this.#misfit(misfit, at(misfit.path));
    if (fitter.misfits.length > 0) return false;
    const broken = [...nestedIn(this.#model, owner.item.value.name, value)].filter(
      ({ rule, values, call }) => {
        if (rule.seenBy !== "arguments") return false;
        const world = { values, facts: {} };
        const profile = "documented";
        return judge(this.#model, rule, { world, call, example: {}, profile }) === "broken";
      },
    );
    for (const { rule, path } of broken)
      this.#diagnostics.report("example-base", at(path), { name: rule.id });
    return broken.length === 0;
  }

  #rules(owner: Owner, rules: readonly RuleModel[]): void {
    for (const rule of rules) {
      if (rule.check.kind === "type") continue;
      rule.accepts.forEach((example, i) =>
        this.#example(owner, rule, { example, side: "accepts", i }),
      );
      rule.rejects.forEach((example, i) =>
        this.#example(owner, rule, { example, side: "rejects", i }),
      );
    }
  }

  #example(
    owner: Owner,
    rule: RuleModel,
    of: { example: ExampleModel; side: "accepts" | "rejects"; i: number },
  ): void {
    const { example, side, i } = of;
    const key = rule.id.slice(owner.item.value.name.length + 1);
    const at = (...path: string[]): Place => placeOf(owner.item, "rules", key, side, i, ...path);
    const data = this.#changed(owner, example, (path) =>
      keyOf(owner.item, "rules", key, side, i, "set", path),
    );
    if (data === undefined || !this.#factsFit(example, at)) return;
    const fitter = new Fitter(this.#model);
    const value = fitter.join(owner.real(data, fitter));
    for (const misfit of fitter.misfits) this.#misfit(misfit, at(...placeIn(example, misfit)));
    if (fitter.misfits.length > 0 || rule.unchecked !== undefined) return;
    const profile = example.profile ?? firstProfile(rule, owner.profiles);
    if (example.profile !== undefined && !holdsIn(rule, example.profile, owner.profiles)) {
      this.#diagnostics.report("profile-unknown", at("profile"), { name: example.profile });
      return;
    }
    const verdicts = [...linksOf(value, owner.next)].map((link) => {
      const world = { values: { ...link }, facts: example.facts ?? {} };
      return judge(this.#model, rule, { world, call: owner.call, example, profile });
    });
    const verdict = verdicts.includes("broken") ? "broken" : (verdicts[0] ?? "kept");
    if (typeof verdict === "object")
      this.#diagnostics.report("example-unjudged", at(), { name: key, other: verdict.unjudged });
    else if (side === "accepts" && verdict === "broken")
      this.#diagnostics.report("example-breaks", at(), { name: key });
    else if (side === "rejects" && verdict === "kept")
      this.#diagnostics.report("example-keeps", at(), { name: key });
  }

  #changed(
    owner: Owner,
    { set = {} }: ExampleModel,
    at: (path: string) => Place,
  ): Data | undefined {
    let data: Data | undefined = owner.base;
    for (const [path, value] of Object.entries(set)) {
      const changed: Data | undefined = data && withValue(data, path, value);
      if (changed === undefined)
        this.#diagnostics.report("example-misplaced", at(path), { name: path });
      data = changed;
    }
    return data;
  }

  #factsFit({ facts = {} }: ExampleModel, at: (...path: string[]) => Place): boolean {
    const wrong = Object.entries(facts).filter(([name, value]) => {
      const type = this.#model.facts.get(name)?.type;
      if (type === "code") return value !== (Number(value) | 0);
      return type === "boolean" ? typeof value !== "boolean" : !Number.isSafeInteger(value);
    });
    for (const [name, value] of wrong) {
      const wanted = this.#model.facts.get(name)?.type ?? "declared";
      const misfit = { path: [name], wanted, received: String(value) };
      this.#misfit(misfit, at("facts", name));
    }
    return wrong.length === 0;
  }

  #misfit({ path, wanted, received }: Misfit, place: Place): void {
    const name = path.join(".");
    this.#diagnostics.report("example-misfit", place, { name, wanted, received });
  }
}

/** The key of the change that brought a misfit in; nothing where it is older. */
function placeIn({ set = {} }: ExampleModel, { path }: Misfit): string[] {
  const text = `${path.join(".")}.`;
  const key = Object.keys(set).find((one) => text.startsWith(`${one}.`));
  return key === undefined ? [] : ["set", key];
}

function holdsIn(rule: RuleModel, profile: Profile, profiles: readonly Profile[]): boolean {
  const isKnown = profiles.length === 0 || profiles.includes(profile);
  return isKnown && strengthIn(rule, profile) !== undefined;
}

const firstProfile = ({ strength }: RuleModel, profiles: readonly Profile[]): Profile =>
  profiles.find((one) => typeof strength === "string" || strength[one] !== undefined) ??
  "documented";
