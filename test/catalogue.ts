/**
 * Compares the schema with the catalogue of facts that it was made from: every argument and
 * cross-argument rule is there, and every code and constant has its value. The catalogue is not
 * part of the project; its folder is the argument.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { RuleData } from "./vectors.js";
import { schema } from "./vectors.js";

const folder = process.argv[2] ?? "";
const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), "utf8"));
const problems: string[] = [];

interface CatalogueRule {
  readonly id: string;
  readonly fns: readonly string[];
  readonly cls: string;
}

const rules = read("rules.json") as readonly CatalogueRule[];
const known = new Set(rules.map((rule) => rule.id));
const ofStructs = schema.types.flatMap((type) => type.rules ?? []);
const numbers = (from: readonly RuleData[]): string[] => from.flatMap((rule) => rule.catalog);
for (const call of schema.calls) {
  const covered = new Set([...numbers(call.rules), ...numbers(ofStructs)]);
  for (const { id, fns, cls } of rules) {
    const isWanted = (cls === "a" || cls === "b") && fns.includes(call.name);
    if (isWanted && !covered.has(id)) problems.push(`${call.name} has no rule for ${id}`);
  }
  for (const id of covered) if (!known.has(id)) problems.push(`${id} is not in the catalogue`);
}

interface Valued {
  readonly value?: number;
}
interface Sets {
  readonly codes: readonly { readonly codes: Record<string, { readonly value: number }> }[];
  readonly constants: readonly { readonly values: Record<string, { readonly value: number }> }[];
}

const constants = read("constants.json") as Readonly<Record<string, Valued>>;
const sets = schema as unknown as Sets;
let compared = 0;
for (const set of [...sets.codes.map((s) => s.codes), ...sets.constants.map((s) => s.values)]) {
  for (const [name, { value }] of Object.entries(set)) {
    const fact = constants[name]?.value;
    if (fact === undefined) continue;
    compared += 1;
    if (fact >>> 0 !== value >>> 0) problems.push(`${name} is ${value}, the header has ${fact}`);
  }
}

interface Signature {
  readonly returns: string;
  readonly params: readonly {
    readonly name: string;
    readonly type: string;
    readonly sal: string;
  }[];
}
interface Prototype {
  readonly typedef: string;
  readonly params: readonly {
    readonly name: string;
    readonly type: string;
    readonly sal: string;
  }[];
}

const signatures = Object.assign({}, ...Object.values(read("signatures.json") as object)) as Record<
  string,
  Signature
>;
for (const { typedef, params } of schema.calls as unknown as readonly Prototype[]) {
  const text = (from: Signature["params"]): string =>
    from.map((p) => `${p.sal} ${p.type} ${p.name}`).join(", ");
  const wanted = text(signatures[typedef]?.params ?? []);
  if (text(params) !== wanted)
    problems.push(`${typedef} is (${text(params)}), the header has (${wanted})`);
}

for (const problem of problems) process.stdout.write(`${problem}\n`);
process.stdout.write(
  `${rules.length} rules, ${compared} constants, ${schema.calls.length} prototypes compared\n`,
);
if (problems.length > 0 || compared < 40) process.exitCode = 1;
