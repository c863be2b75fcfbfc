/**
 * Compares the schema with the catalogue of facts that it was made from: every rule is there in
 * its class, and every named value is there and right. The catalogue is not
 * part of the project; its folder is the argument.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { RuleData } from "./vectors.js";
import { materialize, schema } from "./vectors.js";

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
const CLASSES: Readonly<Record<string, string>> = {
  a: "argument",
  b: "cross-argument",
  c: "state",
  d: "lifetime",
  e: "documentary",
};

// Every rule of the catalogue stands at each call that it names, in its class.
for (const call of schema.calls) {
  const all = [...call.rules, ...ofStructs];
  for (const { id, fns, cls } of rules) {
    if (!fns.includes(call.name)) continue;
    const mine = all.filter((rule) => rule.catalog.includes(id));
    if (mine.length === 0) problems.push(`${call.name} has no rule for ${id}`);
    else if (!mine.some((rule) => rule.class === CLASSES[cls])) {
      problems.push(`${call.name}: ${id} is ${mine[0]?.class}, the catalogue has ${CLASSES[cls]}`);
    }
  }
  for (const id of numbers(call.rules)) {
    if (!known.has(id)) problems.push(`${call.name}: ${id} is not in the catalogue`);
  }
}

// Every silence and contradiction is decided, and a rule or a call rests on each decision.
const { decisions } = schema as unknown as { readonly decisions: readonly { catalog: string[] }[] };
const decided = new Set(decisions.flatMap((decision) => decision.catalog));
for (let number = 1; number <= 38; number++) {
  if (!decided.has(String(number))) problems.push(`silence ${number} is not decided`);
}

/** A value of the catalogue: a number, one for each of some architectures, or a GUID. */
interface Fact {
  readonly value?: number;
  readonly perArch?: Readonly<Record<string, number | string>>;
  readonly guid?: string;
}
type Named = Readonly<Record<string, { readonly value: unknown }>>;
interface Sets {
  readonly codes: readonly { readonly codes: Named }[];
  readonly constants: readonly { readonly values: Named }[];
  readonly guids: readonly { readonly values: Named }[];
}

const sets = schema as unknown as Sets;
const values = new Map(
  [
    ...sets.codes.map((set) => set.codes),
    ...[...sets.constants, ...sets.guids].map((set) => set.values),
  ].flatMap((set) => Object.entries(set).map(([name, of]) => [name, materialize(of.value)])),
);

/** What the schema has for one architecture; what it has at all, where that is the same for all. */
const onArch = (value: unknown, arch: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, arch) : value;

/** What is wrong about a value, one sentence a difference. */
function differences(value: unknown, { value: plain, perArch, guid }: Fact): string[] {
  const wanted = guid ?? plain;
  if (perArch === undefined)
    return value === wanted ? [] : [`is ${String(value)}, the header has ${wanted}`];
  return Object.entries(perArch).flatMap(([arch, fact]) => {
    const found = String(onArch(value, arch));
    const isRight = /^-?\d+$/.test(found) && BigInt(found) === BigInt(fact);
    return isRight ? [] : [`is ${found} on ${arch}, the header has ${fact}`];
  });
}

const constants = read("constants.json") as Readonly<Record<string, Fact>>;
let compared = 0;
for (const [name, fact] of Object.entries(constants)) {
  const value = values.get(name);
  compared += 1;
  if (value === undefined) problems.push(`the schema has no ${name}`);
  else for (const wrong of differences(value, fact)) problems.push(`${name} ${wrong}`);
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
    readonly spelled?: string;
    readonly sal: string;
  }[];
}

const signatures = Object.assign({}, ...Object.values(read("signatures.json") as object)) as Record<
  string,
  Signature
>;
for (const { typedef, params } of schema.calls as unknown as readonly Prototype[]) {
  const text = (from: Prototype["params"]): string =>
    from.map((p) => `${p.sal} ${p.spelled ?? p.type} ${p.name}`).join(", ");
  const wanted = text(signatures[typedef]?.params ?? []);
  if (text(params) !== wanted)
    problems.push(`${typedef} is (${text(params)}), the header has (${wanted})`);
}

for (const problem of problems) process.stdout.write(`${problem}\n`);
process.stdout.write(
  `${rules.length} rules, ${compared} constants, ${schema.calls.length} prototypes compared\n`,
);
if (problems.length > 0 || compared === 0) process.exitCode = 1;
