/**
 * Calls with known verdicts, for mutants to get wrong: one fault at each place as in the matrix of
 * test/proof, examples of every rule, chains and arrays of every length. They are made once and
 * judged by every mutant, because no judge changes what it looks at.
 */
import type { Profile, TermsOptions } from "../../support/index.js";
import { Walk } from "../../support/index.js";
import { cases } from "../examples.js";
import { nearOf } from "../proof/near.js";
import { basesOf, valueAt, vastArgs, waysIn, withAt } from "../proof/places.js";
import type { Way } from "../proof/places.js";
import { POOL, THROWING } from "../proof/pool.js";
import type { CallData } from "../vectors.js";
import { baseArgs, exampleArgs, exampleOf, materialize, schema, setAt } from "../vectors.js";
import type { Judge } from "./modules.js";
import { LIMITS, turns } from "./modules.js";

/** A function, what it is given, and what it makes of that where nothing has been changed. */
export interface Known {
  readonly name: string;
  readonly value: unknown;
  /** By what it judges, where it takes terms or somebody who counts. */
  readonly by: By;
  readonly verdict: unknown;
  /** How many turns of loops a mutant may take. */
  readonly most: number;
}

const FAULTS = [...POOL, ...THROWING];
const { MAX_CHAIN, MAX_ITEMS, MAX_STRUCTS } = LIMITS;

/** A value that is another one at the second look: each judge needs its own. */
class Fickle {
  readonly make: () => unknown;
  constructor(make: () => unknown) {
    this.make = make;
  }
}

/** What a function makes of a value; a throw is an answer as well. */
export function answer(judge: Judge, { value, by }: Pick<Known, "value" | "by">): unknown {
  turns.count = 0;
  const { terms, most } = by;
  const rest = [
    terms ?? [],
    most === undefined ? [] : Object.assign(new Walk(), { left: most }),
  ].flat();
  try {
    return judge(value instanceof Fickle ? value.make() : value, ...rest);
  } catch {
    return "throws";
  }
}

/** Terms, and how much may be met where the caller says who counts. */
interface By {
  readonly terms?: TermsOptions;
  readonly most?: number;
}

/** By all terms, where a function takes some; once with nobody who counts, and once with somebody. */
function byOf(judge: Judge, terms: readonly TermsOptions[]): By[] {
  const [head = ""] = String(judge).split("{");
  const of: By[] = /\b_?terms\b/.test(head) ? terms.map((one) => ({ terms: one })) : [{}];
  return /\bwalk\)/.test(head) ? of.flatMap((by) => [by, { ...by, most: 3 }]) : of;
}

/** The calls for all that judges calls, then those for the guards of all types. */
export function batteryFor(judges: Readonly<Record<string, Judge>>): Known[] {
  const known: Known[] = [];
  const add = (name: string, of: readonly TermsOptions[], values: Iterable<unknown>): void => {
    const judge = judges[name];
    if (judge === undefined) return;
    const distinct = byOf(judge, of);
    for (const value of values) {
      for (const by of distinct) {
        const verdict = answer(judge, { value, by });
        known.push({ name, value, by, verdict, most: turns.count * 2 + 8 });
      }
    }
  };
  for (const call of schema.calls) {
    const terms = termsOf(call.profiles);
    const values = [...argumentsOf(call)];
    add(`is${call.name}Args`, terms, values);
    add(`look${call.name}`, terms, values);
    add(`weigh${call.name}`, terms, values);
  }
  const terms = termsOf([...new Set(schema.calls.flatMap((call) => call.profiles))]);
  for (const { name } of schema.types) add(`fits${name}`, terms, valuesOf(name));
  return known;
}

const termsOf = (profiles: readonly string[]): TermsOptions[] =>
  profiles.flatMap((profile) =>
    (["x64", "x86"] as const).map((arch) => ({ profile: profile as Profile, arch })),
  );

function* argumentsOf(call: CallData): Generator<unknown> {
  for (const { rule, under, call: of } of cases) {
    if (of !== call || rule.seenBy !== "arguments") continue;
    for (const example of [...rule.accepts, ...rule.rejects])
      if (example.set !== undefined) yield exampleArgs(call, example, under);
  }
  for (const { make } of FAULTS) yield make();
  const met = new Set<string>();
  for (const { make } of basesOf(call)) {
    const ways = waysIn(make()).filter((way) => !met.has(way.join(".")));
    for (const way of ways) met.add(way.join("."));
    yield make();
    yield* wrongAt(ways, make);
    yield* nearly(make);
  }
  yield vastArgs(call);
  yield* grown(() => baseArgs(call));
  for (const { name } of call.params) yield new Fickle(() => throwingLater(baseArgs(call), name));
}

/** Arguments of which one may be read once. */
function throwingLater(args: Record<string, unknown>, name: string): unknown {
  const value = args[name];
  let looks = 0;
  const get = (): unknown => {
    if (looks++ > 0) throw new Error("read again");
    return value;
  };
  return Object.defineProperty(args, name, { get });
}

function* valuesOf(type: string): Generator<unknown> {
  const make = (): unknown => exampleOf(type);
  for (const rule of schema.types.find(({ name }) => name === type)?.rules ?? []) {
    for (const example of [...rule.accepts, ...rule.rejects]) {
      const value = make();
      for (const [path, data] of Object.entries(example.set ?? {}))
        setAt(value as Record<string, unknown>, path, data, materialize(data));
      yield value;
    }
  }
  yield make();
  for (const fault of FAULTS) yield fault.make();
  yield* wrongAt(waysIn(make()), make);
  yield* nearly(make);
  yield* grown(make);
}

function* wrongAt(ways: readonly Way[], make: () => unknown): Generator<unknown> {
  for (const way of ways) for (const fault of FAULTS) yield withAt(make(), way, fault.make());
}

function* nearly(make: () => unknown): Generator<unknown> {
  for (const way of [[], ...waysIn(make())]) {
    for (const near of nearOf(valueAt(make(), way))) yield withAt(make(), way, near.make());
  }
}

/** The same with chains and arrays that are longer, wrong further on, or without an end. */
function* grown(make: () => unknown): Generator<unknown> {
  for (const way of [[], ...waysIn(make())]) {
    const at = (): unknown => valueAt(make(), way);
    const one = at();
    const variants = Array.isArray(one)
      ? arraysOf(() => Reflect.get(Object(at()), 0))
      : typeof one === "object" && one !== null && Object.hasOwn(one, "Next")
        ? [...chainsOf(() => at() as Link), ...sharesOf(() => at() as Link)]
        : [];
    for (const variant of variants) yield withAt(make(), way, variant);
  }
}

function* arraysOf(make: () => unknown): Generator<unknown> {
  for (const length of [0, 2, 3, MAX_ITEMS - 1, MAX_ITEMS, MAX_ITEMS + 1])
    yield Array.from({ length }, make);
  for (const element of wrongAt(waysIn(make()), make)) yield [make(), element];
  for (const fault of FAULTS) yield [make(), fault.make()];
  for (const length of [Number.NaN, -1, 0.5, "1", null])
    yield new Proxy([make()], { get: (of, key) => (key === "length" ? length : Reflect.get(of, key)) });
} // prettier-ignore

interface Link {
  Next: unknown;
}

/** Where the last link of a chain leads: the number of links, and of those before the circle. */
const CIRCLES = [[1, 0], [2, 0], [2, 1], [3, 0], [3, 1], [5, 2], [8, 0], [12, 4], [20, 3], [20, 12]] as const; // prettier-ignore

function* chainsOf(make: () => Link): Generator<unknown> {
  const linked = (length: number, last: (links: readonly Link[]) => unknown): unknown => {
    const links = Array.from({ length }, make);
    links.forEach((link, i) => (link.Next = links[i + 1] ?? last(links)));
    return links[0];
  };
  for (const length of [2, 3, MAX_CHAIN, MAX_CHAIN + 1, MAX_CHAIN + 2])
    yield linked(length, () => null);
  for (const [length, back] of CIRCLES) yield linked(length, (links) => links[back]);
  for (const link of wrongAt(waysIn(make()), make)) yield linked(1, () => link);
}

/** Datagrams that share their MDLs, as much as may be and one more, whatever that is. */
function* sharesOf(make: () => Link): Generator<unknown> {
  const mdl = valueAt(make(), ["Buffer", "Mdl"]);
  if (typeof mdl !== "object" || mdl === null) return;
  const chain = (length: number, of: (i: number) => object): unknown =>
    Array.from({ length }).reduce<unknown>((Next, _, i) => ({ ...of(i), Next }), null);
  const entries = 20;
  const most = MAX_STRUCTS / entries - 2;
  const shared = chain(most, () => mdl);
  const list = (more: number, end: unknown): unknown => {
    const last = chain(most + more, () => mdl);
    const entry = (i: number): Link =>
      withAt(make(), ["Buffer", "Mdl"], i === 0 ? last : shared) as Link;
    const first = entry(0);
    first.Next = end;
    return Array.from({ length: entries - 1 }).reduce<Link>(
      (Next, _, i) => ({ ...entry(i + 1), Next }),
      first,
    );
  };
  for (const more of [0, 1]) yield list(more, null);
  const empty = { Next: null, Buffer: { Mdl: null, Offset: 0, Length: 0 } };
  for (const more of [-2, -1, 0]) yield list(more, empty);
}
