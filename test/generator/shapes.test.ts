/**
 * What is generated for unusual schemas, judged as our own is: every call and every accepted
 * example of the fixture, with every value of the pool at every place. Guard, check and zod say
 * what the oracle says.
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { loadModel } from "../../generator/index.js";
import type { CallModel, ExampleModel, Model } from "../../generator/model.js";
import { generate } from "../../generator/pipeline.js";
import { baseOf, withValue } from "../../generator/prove/data.js";
import { Fitter } from "../../generator/prove/fit.js";
import { MAX_DEPTH, MAX_STRUCTS } from "../../support/index.js";
import type { Compare } from "../proof/judges.js";
import { comparing } from "../proof/judges.js";
import { nearOf } from "../proof/near.js";
import { valueAt, waysIn, withAt } from "../proof/places.js";
import type { Fault } from "../proof/pool.js";
import { POOL } from "../proof/pool.js";
import { relativeTo } from "../strict.js";
import { temporaryFolder } from "../temp.js";

const schema = fileURLToPath(new URL("../fixtures/odd", import.meta.url));

/** False for a fault that cannot be made where a field is called length, or throws there. */
function isMade({ make }: Fault): boolean {
  try {
    return Reflect.get(Object(make()), "length") !== make;
  } catch {
    return false;
  }
}

const FAULTS = POOL.filter(isMade);

const CALLS = [
  "OddRows", "OddLean", "OddNames", "OddChains", "OddTrees", "OddBushes", "OddShares", "OddAll",
]; // prettier-ignore

type Args = Record<string, unknown>;
type Judge = (args: unknown) => boolean;
type Check = (
  args: unknown,
  facts?: object,
  options?: object,
) => readonly { readonly rule: string; readonly expected: string; readonly path: unknown[] }[];
interface Zod {
  safeParse(args: unknown): { success: boolean };
}

let model: Model;
let modules: { checks: object; zod: object };

beforeAll(async () => {
  const out = join(temporaryFolder(), "generated");
  await generate({ schema, out, support: relativeTo(out, "support") });
  model = await loadModel(schema);
  modules = {
    checks: (await import(join(out, "index.ts"))) as object,
    zod: (await import(join(out, "zod/index.ts"))) as object,
  };
}, 60_000);

const callOf = (name: string): CallModel =>
  model.calls.find((call) => call.name === name) ?? expect.unreachable();

/** The arguments of an example, made anew; undefined for one that is about something else. */
function argsOf(call: CallModel, { set = {} }: ExampleModel): Args {
  let data = baseOf(model, call);
  for (const [path, value] of Object.entries(set))
    data = withValue(data, path, value) ?? expect.unreachable();
  const fitter = new Fitter(model);
  const args = call.params.map(({ name, type, optional }) => [
    name,
    fitter.fit(name, { type, nullable: optional }, data[name]),
  ]);
  return fitter.join(Object.fromEntries(args)) as Args;
}

const compareOf = (call: CallModel): Compare => comparing(model, call, modules);

describe.each(CALLS)("%s", (name) => {
  test("all judges say the same of every fault", { timeout: 120_000 }, () => {
    const call = callOf(name);
    const compare = compareOf(call);
    const examples = call.rules.flatMap(({ accepts, rejects }) => [...accepts, ...rejects]);
    const differences: string[] = [];
    let count = 0;
    for (const example of [{}, ...examples]) {
      const make = (): Args => argsOf(call, example);
      for (const way of waysIn(make())) {
        // All faults where the call is as all examples begin; some of them everywhere else.
        const faults = FAULTS.filter((_, i) => example.set === undefined || (i + count) % 96 === 0);
        const near = nearOf(valueAt(make(), way)).filter(isMade);
        for (const fault of [...faults, ...near]) {
          const args = withAt(make(), way, fault.make());
          const profile = call.profiles[count++ % call.profiles.length] ?? "documented";
          const difference = compare(args, profile);
          if (difference !== undefined)
            differences.push(`${way.join(".")} = ${fault.name}, ${profile}: ${difference}`);
        }
      }
    }
    expect(differences.slice(0, 10)).toEqual([]);
    expect(count).toBeGreaterThan(100);
  });
});

interface Heap {
  Left: Heap | null;
  Right: Heap | null;
  Key: number;
}

const TOO_MANY = `at most ${MAX_STRUCTS} structs and elements, shared ones counted again`;
const TOO_DEEP = `at most ${MAX_DEPTH} structs in each other`;

/** What all judges of a call say: the booleans, and what was expected where. */
function saidOf(name: string, given: Args): Record<"is" | "check" | "loud" | "zod", unknown> {
  const is = Reflect.get(modules.checks, `is${name}Args`) as Judge;
  const check = Reflect.get(modules.checks, `check${name}`) as Check;
  const zod = Reflect.get(modules.zod, `${name}ArgsSchema`) as Zod;
  const tell = (issues: ReturnType<Check>): string[] => [
    ...new Set(issues.map(({ rule, expected }) => `${rule} ${expected}`)),
  ];
  return {
    is: is(given),
    check: tell(check(given)),
    loud: tell(check(given, undefined, { rules: {} })),
    zod: zod.safeParse(given).success,
  };
}
const fine = { is: true, check: [], loud: [], zod: true };
const wrong = (...check: string[]): object => ({ is: false, check, loud: check, zod: false });

describe("what holds itself", () => {
  const heap = (Left: Heap | null, Right: Heap | null, Key = 9): Heap => ({ Left, Right, Key });
  const args = (Plain: Heap | null): Args => ({ ...argsOf(callOf("OddTrees"), {}), Plain });
  const said = (given: Args): object => saidOf("OddTrees", given);
  const list = (length: number, Key: number): Heap =>
    Array.from({ length }).reduce<Heap>(
      (below) => heap(below, null, below.Key + 1),
      heap(null, null, Key),
    );

  test("may be as deep as may be, and not deeper", () => {
    expect(said(args(list(MAX_DEPTH - 1, 0)))).toEqual(fine);
    expect(said(args(list(MAX_DEPTH, 0)))).toEqual(wrong(`OddTrees/Plain.type ${TOO_DEEP}`));
    const endless = heap(null, null);
    endless.Right = endless;
    expect(said(args(endless))).toEqual(wrong(`OddTrees/Plain.type ${TOO_DEEP}`));
  });

  test("is gone through once, be it wrong at its end", () => {
    let looks = 0;
    const bottom = heap(null, null);
    const end = Object.defineProperty(bottom, "Key", {
      get: () => (looks++, -1),
      enumerable: true,
    });
    let deep: Heap = end;
    for (let i = 0; i < 400; i++) deep = heap(deep, null);
    expect(said(args(deep))).toEqual(wrong("OddTrees/Plain.type a ULONG (0 to 4294967295)"));
    expect(looks).toBeLessThan(40);
  });

  test("may share its parts, as long as there are not too many ways", { timeout: 60_000 }, () => {
    const shared = (levels: number): Heap =>
      Array.from({ length: levels }).reduce<Heap>(
        (below) => heap(below, below, below.Key + 1),
        heap(null, null, 0),
      );
    expect(said(args(shared(12)))).toEqual(fine);
    expect(said(args(shared(60)))).toEqual(wrong(`OddTrees/Plain.type ${TOO_MANY}`));
  });

  test("levels of structs are many, too", { timeout: 60_000 }, () => {
    let floor: object = {};
    for (let level = 0; level < 30; level++)
      floor = Object.fromEntries([0, 1, 2].map((i) => [`TOWER_${level}_${i}`, floor]));
    const call = callOf("OddBushes");
    const is = Reflect.get(modules.checks, "isOddBushesArgs") as Judge;
    const check = Reflect.get(modules.checks, "checkOddBushes") as Check;
    expect(is(argsOf(call, {}))).toBe(true);
    const given = { ...argsOf(call, {}), Tower: floor };
    expect(is(given)).toBe(false);
    expect(check(given)[0]).toMatchObject({ rule: "OddBushes/Tower.type", expected: TOO_MANY });
  });
});

interface Link {
  Next: Link | null;
  Key?: unknown;
}

/** Things of a length, the first of which may be read so often. */
type Make = (length: number, most?: number) => object;

const watched = (of: object, key: string | number, most = Infinity): object => {
  let reads = 0;
  const get = (): number => {
    if (++reads > most) throw new Error("gone through too often");
    return 1;
  };
  return most === Infinity ? of : Object.defineProperty(of, key, { get });
};

const numbers: Make = (length, most) =>
  watched(
    Array.from({ length }, () => 1),
    0,
    most,
  );

const beads: Make = (length, most) =>
  watched(chained(length, () => ({ Key: 1 })) ?? {}, "Key", most);

function chained(length: number, make: () => object): Link | null {
  let first: Link | null = null;
  for (let i = 0; i < length; i++) first = { Next: first, ...make() };
  return first;
}

/** What may be shared, in places of which each counts for so much besides what is in it. */
const SHARED: readonly {
  readonly name: string;
  readonly outer: "array" | "chain";
  readonly key?: string;
  readonly make: Make;
  readonly besides: number;
}[] = [
  { name: "Rows", outer: "array", make: numbers, besides: 1 },
  { name: "Crates", outer: "chain", key: "Items", make: numbers, besides: 1 },
  { name: "Strings", outer: "array", make: beads, besides: 0 },
  { name: "Belt", outer: "chain", key: "Beads", make: beads, besides: 1 },
  { name: "Trays", outer: "array", key: "Items", make: numbers, besides: 1 },
  { name: "Cups", outer: "array", key: "value", make: numbers, besides: 1 },
];

describe.each(SHARED)("shared in $name", ({ name, outer, key, make, besides }) => {
  const places = 1024;
  const most = MAX_STRUCTS / places - besides;
  const tooMany = wrong(`OddShares/${name}.type ${TOO_MANY}`);
  const said = (given: Args): object => saidOf("OddShares", given);

  /** Places with the same things in each, but for the last one. */
  function args(length: number, inner: object, last: object = inner): Args {
    let left = length;
    // A chain is made from its end.
    const isLast = (): boolean => (outer === "chain" ? left-- === length : --left === 0);
    const place = (): object => {
      const inside = isLast() ? last : inner;
      return key === undefined ? inside : { [key]: inside };
    };
    const value = outer === "chain" ? chained(length, place) : Array.from({ length }, place);
    return { ...argsOf(callOf("OddShares"), {}), [name]: value };
  }

  test("is judged up to the bound, and told above it", () => {
    const inner = make(most);
    expect(said(args(places, inner))).toEqual(fine);
    const more = args(places, inner, make(most + 1));
    expect(said(more)).toEqual(tooMany);
    const check = Reflect.get(modules.checks, "checkOddShares") as Check;
    expect(check(more).map(({ path }) => path)).toEqual([[name]]);
    expect(compareOf(callOf("OddShares"))(more, "strict")).toBeUndefined();
  });

  test("is met so often only, however much it is", () => {
    for (const n of [4000, 100_000]) {
      // A boolean goes through it once, two checks and a schema some times more.
      expect(said(args(n, make(n, 16 * Math.ceil(MAX_STRUCTS / n))))).toEqual(tooMany);
    }
  });

  test("is counted once where it is wrong at its end", () => {
    const last = make(most);
    if (Array.isArray(last)) last[most - 1] = -1;
    else endOf(last as Link).Key = -1;
    const given = args(places, make(most), last);
    expect(said(given)).toEqual(wrong(`OddShares/${name}.type a ULONG (0 to 4294967295)`));
    expect(compareOf(callOf("OddShares"))(given, "documented")).toBeUndefined();
  });
});

function endOf(first: Link): Link {
  let link = first;
  while (link.Next !== null) link = link.Next;
  return link;
}
