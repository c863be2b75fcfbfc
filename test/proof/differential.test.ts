/**
 * Several faults at once, at random: guard, check, zod and the oracle say the same of every call.
 * WSKIT_RUNS says how many calls are judged (50,000 where it says nothing), WSKIT_SEED repeats a
 * run.
 */
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { loadModel } from "../../generator/index.js";
import type { Model } from "../../generator/model.js";
import type { Profile } from "../../support/index.js";
import { schema } from "../vectors.js";
import { judgesOf } from "./judges.js";
import { basesOf, put, waysIn } from "./places.js";
import { POOL } from "./pool.js";

const runs = Math.ceil(Number(process.env["WSKIT_RUNS"] ?? 50_000) / schema.calls.length);
const seed = Number(process.env["WSKIT_SEED"] ?? Date.now() % 2 ** 31);

let model: Model;
beforeAll(async () => {
  model = await loadModel(fileURLToPath(new URL("../../schema", import.meta.url)));
});

test.each(schema.calls.map((call) => [call.name, call] as const))(
  `%s, ${runs} calls from seed ${seed}`,
  { timeout: 3_600_000 },
  (_, call) => {
    const compare = judgesOf(model, call);
    const bases = basesOf(call).map((base) => ({ ...base, ways: waysIn(base.make()) }));
    const faults = fc.array(fc.tuple(fc.nat(), fc.nat(POOL.length - 1)), { maxLength: 4 });
    const judged = fc.tuple(fc.nat(bases.length - 1), faults, fc.constantFrom(...call.profiles));
    let refused = 0;
    fc.assert(
      fc.property(judged, ([at, wrong, profile]) => {
        const base = bases[at] ?? expect.unreachable();
        const args = base.make();
        for (const [way, fault] of wrong) {
          put(args, base.ways[way % base.ways.length] ?? [], POOL[fault]?.make());
        }
        refused += wrong.length > 0 ? 1 : 0;
        expect(compare(args, profile as Profile)).toBeUndefined();
      }),
      { seed, numRuns: runs },
    );
    expect(refused).toBeGreaterThan(runs / 4);
  },
);
