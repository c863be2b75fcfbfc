/** Expressions that nobody thought of: what is accepted compiles, and is judged as it is proven. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { emit } from "../../generator/emit/index.js";
import { ExpressionError, parseExpression } from "../../generator/expression/parse.js";
import { resolve } from "../../generator/expression/resolve.js";
import { build } from "../../generator/build.js";
import { check } from "../../generator/check.js";
import { Diagnostics } from "../../generator/diagnostics.js";
import { load } from "../../generator/load.js";
import type { Model } from "../../generator/model.js";
import { printFile } from "../../generator/print/file.js";
import { holds } from "../../generator/prove/evaluate.js";
import { callScope } from "../../generator/scope.js";
import { Registry } from "../../generator/registry.js";
import { compileStrictly, relativeTo } from "../strict.js";
import { temporaryFolder } from "../temp.js";
import { materialize } from "../vectors.js";

const schema = fileURLToPath(new URL("../fixtures/sound", import.meta.url));

const { condition } = fc.letrec((tie) => ({
  number: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(
      "0", "1", "4", "2147483648", "SOUND_FOUR", "SOUND_HIGH", "SOUND_ALL", "Flags", "Deep", "High",
      "Near", "InfoLength", "Blob.Size", "Chain.ByteCount", "length(Info)", "length(Blob.Bytes)",
      "length(Arrays)", "total(Arrays, len)", "total(Chain, ByteCount)", "fact(irql)",
    ), // prettier-ignore
    fc
      .tuple(tie("number"), fc.constantFrom("&", "|", "+"), tie("number"))
      .map((of) => `(${of.join(" ")})`),
  ),
  condition: fc.oneof(
    { depthSize: "small" },
    fc
      .tuple(tie("number"), fc.constantFrom("==", "!=", "<", "<=", ">", ">="), tie("number"))
      .map((of) => of.join(" ")),
    fc
      .tuple(
        fc.constantFrom("Blob", "Info", "Arrays", "Chain", "Blob.Bytes", "Chain.Next"),
        fc.constantFrom("==", "!="),
      )
      .map((of) => `${of.join(" ")} NULL`),
    fc.constantFrom(
      "wellFormed(Info, InfoLength)", "wellFormed(Info, Flags)", "allOnes(High)", "fact(socket.closed)",
      "Chain == Chain.Next", "Info == Blob.Bytes", "NULL != Blob", "NULL == Chain",
    ), // prettier-ignore
    fc
      .tuple(tie("condition"), fc.constantFrom("&&", "||"), tie("condition"))
      .map((of) => of.join(" ")),
    tie("condition").map((of) => `!(${String(of)})`),
  ),
})) as { condition: fc.Arbitrary<string> };

/** The call of the fixture with rules of these expressions, as far as they are accepted. */
async function modelWith(texts: readonly string[]): Promise<Model> {
  const entries = await load(schema, new Diagnostics());
  const [item] = new Registry(entries).calls;
  if (item === undefined) throw new Error("no call");
  const scope = callScope(new Registry(entries), item.value);
  const accepted = texts.filter((text) => {
    try {
      return resolve(parseExpression(text), scope);
    } catch (error) {
      if (error instanceof ExpressionError) return false;
      throw error;
    }
  });
  expect(accepted.length).toBeGreaterThan(40);
  const rule = { ...item.value.rules["low-bits"], accepts: [{}], rejects: [{}] };
  const on = ["Flags", "Blob", "Chain", "Info", "High", "Arrays"];
  const rules = Object.fromEntries(
    accepted
      .slice(0, 90)
      .map((require, i) => [`r${i}`, { ...rule, on: [on[i % on.length]], require }]),
  );
  const diagnostics = new Diagnostics();
  const made = entries.map((entry) =>
    entry === item.entry ? { ...entry, value: { ...entry.value, rules } } : entry,
  );
  const registry = check(made, "sound", diagnostics);
  expect(diagnostics.all).toEqual([]);
  return build(registry);
}

function write(model: Model, out: string, support?: string): void {
  for (const file of emit(model)) {
    mkdirSync(dirname(join(out, file.path)), { recursive: true });
    writeFileSync(join(out, file.path), printFile(file, support === undefined ? {} : { support }));
  }
}

const mdl = { Next: null, MdlFlags: 4, MappedSystemVa: { bytes: 4 }, ByteCount: 4 };
const some = fc.record({
  Deep: fc.constantFrom(0, -5, -5n, 2n ** 63n - 1n, 4),
  High: fc.constantFrom(0, 1, 0x8000_0000, 2n ** 64n - 1n),
  Near: fc.constantFrom(0, -1, 4),
  Blob: fc.constantFrom(null, { Bytes: null, Size: 4 }, { Bytes: { bytes: 4 }, Size: 4n }),
  Flags: fc.constantFrom(0, 1, 4, 0x8000_0000, 0x8000_0004, 0xffff_ffff),
  Info: fc.constantFrom(null, { bytes: 16 }, { hex: "10000000000000000000000000000000" }),
  InfoLength: fc.constantFrom(0, 16, 4n),
  Arrays: fc.constantFrom(null, [], [{ len: 2, buf: { bytes: 2 } }]),
  Chain: fc.constantFrom(null, mdl, { ...mdl, Next: mdl }),
});
const world = fc.record({ irql: fc.constantFrom(0, 1, 4), "socket.closed": fc.boolean() });

test.each([1, 2, 3])("seed %i", async (seed) => {
  const model = await modelWith(fc.sample(condition, { seed, numRuns: 400 }));
  const folder = temporaryFolder();
  write(model, join(folder, "generated"));
  expect(compileStrictly(folder)).toBe("");
  const out = join(temporaryFolder(), "generated");
  write(model, out, relativeTo(out, "support"));
  const { checkSoundAll, isSoundAllArgs } = (await import(join(out, "index.ts"))) as {
    checkSoundAll(args: unknown, facts?: object): { rule: string; strength: string }[];
    isSoundAllArgs(args: unknown): boolean;
  };
  const rules = model.calls[0]?.rules ?? [];
  for (const [data, facts] of fc.sample(fc.tuple(some, world), { seed, numRuns: 100 })) {
    const values = materialize(data) as Record<string, unknown>;
    const broken = rules.filter(
      ({ check }) => check.kind === "require" && !holds(check.expression, { values, facts }),
    );
    const found = checkSoundAll(values, facts).map((issue) => issue.rule);
    expect(found.sort()).toEqual(broken.map(({ id }) => id).sort());
    const isBroken = checkSoundAll(values).some(({ strength }) => strength === "must");
    expect(isSoundAllArgs(values)).toBe(!isBroken);
  }
});
