/**
 * Compares every layout and table with the catalogue of facts: sizes, alignments, offsets on three
 * architectures, and tables by version. The catalogue is not part of the project; its folder is
 * the argument.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Diagnostics } from "../generator/diagnostics.js";
import { Layouts, scalarOf } from "../generator/layout/resolve.js";
import { load } from "../generator/load.js";
import { Registry } from "../generator/registry.js";
import { ARCHITECTURES } from "../schema/vocabulary.js";
import { cmsgDataAlign, cmsgHdrAlign, cmsgLen, cmsgSpace } from "../support/index.js";

interface TypeFact {
  readonly size: number;
  readonly align: number;
  readonly fields: Readonly<Record<string, { readonly offset: number; readonly size: number }>>;
}

const folder = process.argv[2] ?? "";
const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), "utf8"));
const problems: string[] = [];
let compared = 0;

function same(what: string, found: number | undefined, fact: number): void {
  compared += 1;
  if (found !== fact) problems.push(`${what} is ${found}, the compiler has ${fact}`);
}

const entries = await load(new URL("../schema", import.meta.url).pathname, new Diagnostics());
const registry = new Registry(entries);
const layouts = new Layouts(registry);

const facts = read("abi.json") as Readonly<Record<string, Readonly<Record<string, TypeFact>>>>;
for (const arch of ARCHITECTURES) {
  for (const [name, fact] of Object.entries(facts[arch] ?? {})) {
    const type = registry.types.get(name)?.value;
    const scalar = type && scalarOf(type, arch);
    if (scalar === undefined && !layouts.definitions.has(name)) {
      problems.push(`${name} has no layout`);
      continue;
    }
    const whole = scalar === undefined ? layouts.layout(name, arch) : undefined;
    same(`${arch} ${name}: size`, whole?.size ?? scalar?.size, fact.size);
    same(`${arch} ${name}: alignment`, whole?.align ?? scalar?.size, fact.align);
    for (const [path, { offset, size }] of Object.entries(fact.fields)) {
      const member = whole?.members.find((one) => one.path === path);
      same(`${arch} ${name}.${path}: offset`, member?.offset, offset);
      same(`${arch} ${name}.${path}: size`, member?.size, size);
    }
  }
}

/** The versions of the catalogue, oldest first, and what slots and tables call them. */
const VERSIONS = ["VISTA", "WIN7", "WIN8", "WIN10", "WIN10_RS2", "WIN10_NI"];
const SINCE: Readonly<Record<string, string>> = {
  "Windows 7": "WIN7",
  "Windows 8": "WIN8",
  "Windows 10, version 1703": "WIN10_RS2",
};
const isIn = (since: string | undefined, version: string): boolean =>
  since === undefined || VERSIONS.indexOf(SINCE[since] ?? "") <= VERSIONS.indexOf(version);

interface CmsgFact {
  readonly LEN: Readonly<Record<string, number>>;
  readonly SPACE: Readonly<Record<string, number>>;
  readonly HDR_ALIGN: Readonly<Record<string, number>>;
  readonly DATA_ALIGN: Readonly<Record<string, number>>;
}

const { cmsg, dispatchSizesByNTDDI } = read("cmsg-and-dispatch.json") as {
  readonly cmsg: Readonly<Record<string, CmsgFact>>;
  readonly dispatchSizesByNTDDI: Readonly<Record<string, Readonly<Record<string, number>>>>;
};
const MACROS = {
  LEN: cmsgLen, SPACE: cmsgSpace, HDR_ALIGN: cmsgHdrAlign, DATA_ALIGN: cmsgDataAlign,
}; // prettier-ignore
for (const arch of ARCHITECTURES) {
  for (const [macro, compute] of Object.entries(MACROS)) {
    const facts = Object.entries(cmsg[arch]?.[macro as keyof typeof MACROS] ?? {});
    for (const [n, fact] of facts) same(`${arch} ${macro}(${n})`, compute(Number(n), arch), fact);
  }
}
for (const [key, sizes] of Object.entries(dispatchSizesByNTDDI)) {
  const [version = "", arch = ""] = key.split("/");
  const pointer = arch === "x86" ? 4 : 8;
  for (const { value: table } of registry.tables.filter(
    (item) => item.value.prefix === undefined,
  )) {
    const later = table.slots.filter(
      (slot) => typeof slot !== "string" && !isIn(slot.since, version),
    );
    const whole = layouts.layout(table.name, arch as "x64").size - later.length * pointer;
    const size = sizes[table.name];
    if (isIn(table.since, version)) same(`${table.name} in ${key}`, whole, size ?? 0);
    else if (size !== undefined) problems.push(`${table.name} is in ${key} already`);
  }
}

for (const problem of problems) process.stdout.write(`${problem}\n`);
process.stdout.write(`${compared} numbers of ${layouts.definitions.size} layouts compared\n`);
if (problems.length > 0 || compared < 1500) process.exitCode = 1;
