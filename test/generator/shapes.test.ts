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

const CALLS = ["OddRows", "OddLean", "OddNames", "OddChains", "OddTrees", "OddBushes", "OddAll"];

type Args = Record<string, unknown>;
type Judge = (args: unknown) => boolean;
type Check = (
  args: unknown,
  facts?: object,
  options?: object,
) => readonly { readonly rule: string; readonly expected: string }[];
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

const TOO_MUCH = `at most ${MAX_STRUCTS} structs in each other, ${MAX_DEPTH} deep`;

describe("what holds itself", () => {
  const heap = (Left: Heap | null, Right: Heap | null, Key = 9): Heap => ({ Left, Right, Key });
  const args = (Plain: Heap | null): Args => ({ ...argsOf(callOf("OddTrees"), {}), Plain });
  const said = (given: Args): { is: boolean; check: string[]; loud: string[]; zod: boolean } => {
    const check = Reflect.get(modules.checks, "checkOddTrees") as Check;
    const zod = Reflect.get(modules.zod, "OddTreesArgsSchema") as Zod;
    const tell = (issues: ReturnType<Check>): string[] => [
      ...new Set(issues.map(({ rule, expected }) => `${rule} ${expected}`)),
    ];
    return {
      is: (Reflect.get(modules.checks, "isOddTreesArgs") as Judge)(given),
      check: tell(check(given)),
      loud: tell(check(given, undefined, { rules: {} })),
      zod: zod.safeParse(given).success,
    };
  };
  const fine = { is: true, check: [], loud: [], zod: true };
  const wrong = (...check: string[]): object => ({ is: false, check, loud: check, zod: false });
  const list = (length: number, Key: number): Heap =>
    Array.from({ length }).reduce<Heap>(
      (below) => heap(below, null, below.Key + 1),
      heap(null, null, Key),
    );

  test("may be as deep as may be, and not deeper", () => {
    expect(said(args(list(MAX_DEPTH - 1, 0)))).toEqual(fine);
    expect(said(args(list(MAX_DEPTH, 0)))).toEqual(wrong(`OddTrees/Plain.type ${TOO_MUCH}`));
    const endless = heap(null, null);
    endless.Right = endless;
    expect(said(args(endless))).toEqual(wrong(`OddTrees/Plain.type ${TOO_MUCH}`));
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
    expect(said(args(shared(60)))).toEqual(wrong(`OddTrees/Plain.type ${TOO_MUCH}`));
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
    expect(check(given)[0]).toMatchObject({ rule: "OddBushes/Tower.type", expected: TOO_MUCH });
  });
});
