/** Rules: each relation has its rule, each rule its check, and each check cases of both sides. */
import type { Example, RuleBase, StructType } from "../../schema/define.js";
import type { AnyCall, Rule } from "../../schema/define-call.js";
import type { Profile } from "../../schema/vocabulary.js";
import type { Diagnostics, Place } from "../diagnostics.js";
import { ExpressionError, parseExpression } from "../expression/parse.js";
import { MistakenElsewhere, resolve } from "../expression/resolve.js";
import type { Scope, Typed } from "../expression/typed.js";
import { uses } from "../expression/typed.js";
import { factValue } from "../happenings.js";
import type { Check } from "../model.js";
import type { Item, Registry } from "../registry.js";
import { keyOf, placeOf } from "../registry.js";
import { callScope, nextOf, structScope } from "../scope.js";
import { didYouMean } from "../../support/suggest.js";
import { returnsCheck, statedChecks } from "../words.js";
import { checkEvents, checkLifetime } from "./lifetimes.js";
import { Mentions } from "./mentions.js";

/** Checks the rules of all structs and calls. */
export function checkRules(registry: Registry, diagnostics: Diagnostics): void {
  const check = new RuleCheck(registry, diagnostics);
  for (const item of registry.structs) check.struct(item);
  for (const item of registry.calls) check.call(item);
}

class RuleCheck {
  readonly #registry: Registry;
  readonly #diagnostics: Diagnostics;
  readonly #mentions: Mentions;

  constructor(registry: Registry, diagnostics: Diagnostics) {
    this.#registry = registry;
    this.#diagnostics = diagnostics;
    this.#mentions = new Mentions(registry, diagnostics);
  }

  struct(item: Item<StructType>): void {
    const { value: struct } = item;
    const scope = structScope(this.#registry, struct);
    const chain = nextOf(struct);
    if (chain !== undefined && !Object.hasOwn(struct.rules ?? {}, `${chain}.chain`)) {
      const name = `${chain}.chain`;
      this.#diagnostics.report("rule-missing", keyOf(item, "fields", chain), { name });
    }
    for (const [key, rule] of Object.entries(struct.rules ?? {})) {
      if ((rule.require === undefined) !== (key === `${chain}.chain`)) {
        this.#diagnostics.report("rule-unchecked", keyOf(item, "rules", key), { name: key });
      }
      if (key === `${chain}.chain` && rule.strength !== "must") {
        const place = placeOf(item, "rules", key, "strength");
        this.#diagnostics.report("chain-not-binding", place, { name: key });
      }
      if (rule.require !== undefined)
        this.#require(rule.require, scope, placeOf(item, "rules", key, "require"));
      this.#examples(item, { key, rule, roots: Object.keys(struct.fields) });
      this.#mentions.member(rule.on, struct.fields, placeOf(item, "rules", key, "on"));
    }
  }

  call(item: Item<AnyCall>): void {
    const { params, rules, profiles } = item.value;
    const stated = statedChecks(item.value);
    for (const key of stated.keys()) {
      if (Object.hasOwn(rules, key)) continue;
      const name = key.split(".")[0] ?? "";
      this.#diagnostics.report("rule-missing", keyOf(item, "params", name), { name: key });
    }
    const scope = callScope(this.#registry, item.value);
    for (const [key, rule] of Object.entries(rules)) {
      const check = stated.get(key) ?? returnsCheck(item.value, key);
      this.#checked(item, { key, rule, stated: check, scope });
      if (rule.lifetime !== undefined) {
        checkLifetime(this.#registry, this.#diagnostics, { item, key, lifetime: rule.lifetime });
      }
      this.#examples(item, { key, rule, roots: Object.keys(params) });
      this.#profiles(item, { key, rule, profiles });
    }
  }

  #checked(
    item: Item<AnyCall>,
    at: { key: string; rule: Rule; stated: Check | undefined; scope: Scope },
  ): void {
    const { key, rule, stated, scope } = at;
    const { require, lifetime, unchecked, seenBy } = rule;
    const isOne =
      [stated, require, lifetime, unchecked].filter((way) => way !== undefined).length === 1;
    if (!isOne || (seenBy === "reader") !== (unchecked !== undefined)) {
      this.#diagnostics.report("rule-unchecked", keyOf(item, "rules", key), { name: key });
      return;
    }
    const place = placeOf(item, "rules", key, "require");
    const typed = require === undefined ? undefined : this.#require(require, scope, place);
    const asksFacts =
      typed === undefined
        ? stated === undefined || stated.kind === "null-only-if" || stated.kind === "returns"
        : uses(typed).facts.length > 0;
    if (seenBy === "state" && !asksFacts) {
      const at = placeOf(item, "rules", key, "seenBy");
      this.#diagnostics.report("witness-mistaken", at, { name: key });
    }
  }

  #require(text: string, scope: Scope, place: Place): Typed | undefined {
    try {
      return resolve(parseExpression(text), scope);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      if (error instanceof MistakenElsewhere) return undefined;
      this.#diagnostics.report(
        "expression-invalid",
        { ...place, offset: error.at },
        { received: error.message },
      );
      return undefined;
    }
  }

  #examples(
    item: Item<unknown>,
    of: {
      key: string;
      rule: RuleBase & Pick<Partial<Rule>, "unchecked">;
      roots: readonly string[];
    },
  ): void {
    const { key, rule, roots } = of;
    for (const side of ["accepts", "rejects"] as const) {
      if (rule[side].length === 0 && rule.unchecked === undefined) {
        const wanted = side === "accepts" ? "accepted" : "rejected";
        this.#diagnostics.report("rule-without-example", keyOf(item, "rules", key), {
          name: key,
          wanted,
        });
      }
      rule[side].forEach((example, i) =>
        this.#example(item, example, { path: ["rules", key, side, i], roots }),
      );
    }
  }

  #example(
    item: Item<unknown>,
    example: Example,
    at: { path: (string | number)[]; roots: readonly string[] },
  ): void {
    for (const name of Object.keys(example.set ?? {})) {
      if (!at.roots.includes(name.split(".")[0] ?? "")) {
        this.#diagnostics.report("example-misplaced", keyOf(item, ...at.path, "set", name), {
          name,
        });
      }
    }
    const events = { item, path: at.path, events: example.events ?? [] };
    checkEvents(this.#registry, this.#diagnostics, events);
    for (const [name, value] of Object.entries(example.facts ?? {})) {
      const isNumber = factValue(value, this.#registry) !== undefined;
      if (!isNumber && !this.#registry.isMistaken(String(value))) {
        const other = didYouMean(String(value), this.#registry.names("codes"));
        const place = placeOf(item, ...at.path, "facts", name);
        this.#diagnostics.report("unknown-constant", place, { name: String(value), other });
      }
      this.#mentions.fact(name, keyOf(item, ...at.path, "facts", name));
    }
  }

  #profiles(
    item: Item<AnyCall>,
    of: { key: string; rule: Rule; profiles: readonly Profile[] },
  ): void {
    const { key, rule, profiles } = of;
    const named = typeof rule.strength === "string" ? [] : Object.keys(rule.strength);
    if (typeof rule.strength !== "string" && named.length === 0) {
      this.#diagnostics.report("strength-missing", keyOf(item, "rules", key), { name: key });
    }
    for (const name of named) {
      if (!profiles.some((profile) => profile === name)) {
        this.#diagnostics.report("profile-unknown", keyOf(item, "rules", key, "strength", name), {
          name,
        });
      }
    }
  }
}
