/**
 * The one-fault matrix: every valid call that the schema knows, every place in it, every value of
 * the pool, and what is near to what stands there. All judges say the same.
 */
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { loadModel } from "../../generator/index.js";
import type { Model } from "../../generator/model.js";
import type { Profile } from "../../support/index.js";
import { schema } from "../vectors.js";
import { judgesOf } from "./judges.js";
import { nearOf } from "./near.js";
import { basesOf, valueAt, vastArgs, waysIn, withAt } from "./places.js";
import { POOL } from "./pool.js";

let model: Model;
beforeAll(async () => {
  model = await loadModel(fileURLToPath(new URL("../../schema", import.meta.url)));
});

test.each(schema.calls.map((call) => [call.name, call] as const))("%s", (_, call) => {
  const compare = judgesOf(model, call);
  const differences: string[] = [];
  let count = 0;
  for (const base of basesOf(call)) {
    for (const way of [[], ...waysIn(base.make())]) {
      for (const fault of [...POOL, ...nearOf(valueAt(base.make(), way))]) {
        const args = withAt(base.make(), way, fault.make());
        const profile = (call.profiles[count++ % call.profiles.length] ?? "documented") as Profile;
        const difference = compare(args, profile);
        if (difference !== undefined) {
          differences.push(
            `${base.name}, ${way.join(".")} = ${fault.name}, ${profile}: ${difference}`,
          );
        }
      }
    }
  }
  const vast = vastArgs(call);
  if (vast !== undefined) expect(compare(vast, call.profiles[0] as Profile)).toBeUndefined();
  expect(differences.slice(0, 10)).toEqual([]);
  expect(count).toBeGreaterThan(3000);
});
