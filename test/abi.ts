/**
 * Asks compilers whether the layouts are true: `npm run verify:abi [-- seed]`. Every type is
 * declared in C from its members; types of user mode are held against the headers of mingw-w64 as
 * well, and clang judges random types. Exit code 1 on a mismatch, 4 without a compiler.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Diagnostics } from "../generator/diagnostics.js";
import { flatten } from "../generator/layout/flatten.js";
import { layOut } from "../generator/layout/record.js";
import { Layouts, pointerSize } from "../generator/layout/resolve.js";
import { load } from "../generator/load.js";
import { Registry } from "../generator/registry.js";
import type { BitProbe } from "./abi/assert.js";
import { assertions, bitProbes } from "./abi/assert.js";
import { sectionsOf } from "./abi/coff.js";
import type { Compiler } from "./abi/compilers.js";
import { compile, compilers } from "./abi/compilers.js";
import { Declarations, PRELUDE } from "./abi/declare.js";
import { HEADERS, INCLUDES } from "./abi/headers.js";
import { Dice, randomRecord } from "./abi/random.js";

const RANDOM_TYPES = 400;
const folder = mkdtempSync(join(tmpdir(), "wskit-abi-"));
const schema = fileURLToPath(new URL("../schema", import.meta.url));
const layouts = new Layouts(new Registry(await load(schema, new Diagnostics())));
const definitions = [...layouts.definitions.entries()];
let mismatches = 0;

/** A file to compile: its text, what it states, and bit fields to look for in its object. */
interface Unit {
  readonly text: string;
  readonly count: number;
  readonly probes: readonly BitProbe[];
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** Our own declarations of every type. */
function ownUnit({ arch }: Compiler): Unit {
  const declarations = new Declarations();
  const unit = new UnitBuilder();
  for (const { name } of new Set(layouts.definitions.values())) {
    const type = declarations.declare(layouts.spec(name, arch));
    unit.add(type, layouts.layout(name, arch));
  }
  return unit.end(`${PRELUDE}${declarations.lines.join("\n")}\n`);
}

/** The types of the headers that the compiler brings. */
function headerUnit({ arch }: Compiler): Unit {
  const unit = new UnitBuilder();
  for (const [name] of definitions) {
    if (!HEADERS.has(name)) continue;
    unit.add(name, layouts.layout(name, arch));
  }
  return unit.end(INCLUDES);
}

/** Types that nobody thought of. */
function randomUnit({ arch }: Compiler, seed: number): Unit {
  const [declarations, unit, dice] = [new Declarations(), new UnitBuilder(), new Dice(seed)];
  const pointer = pointerSize(arch);
  for (let i = 0; i < RANDOM_TYPES; i++) {
    const spec = randomRecord(dice, `r${i}`, 3, pointer);
    unit.add(declarations.declare(spec), flatten(layOut(spec, pointer)));
  }
  return unit.end(`${PRELUDE}${declarations.lines.join("\n")}\n`);
}

class UnitBuilder {
  #text = "";
  #count = 0;
  #next = 0;
  readonly #probes: BitProbe[] = [];

  add(type: string, layout: Parameters<typeof assertions>[1]): void {
    const { text, count } = assertions(type, layout);
    const probes = bitProbes(type, layout, () => this.#next++);
    this.#text += text + probes.map((probe) => probe.text).join("");
    this.#count += count;
    this.#probes.push(...probes);
  }

  end(before: string): Unit {
    return { text: before + this.#text, count: this.#count, probes: this.#probes };
  }
}

/** Compiles a unit, and says what came of it. */
function judge(compiler: Compiler, what: string, unit: Unit): void {
  const { errors, object } = compile(compiler, unit.text, folder);
  const problems = errors.split("\n").filter((line) => line.includes("error:"));
  if (errors === "") {
    const sections = sectionsOf(object);
    for (const { section, expected, what: field } of unit.probes) {
      const found = sections.get(section)?.subarray(0, expected.length) ?? new Uint8Array();
      if (Buffer.compare(found, expected) !== 0) problems.push(`error: ${field} lies elsewhere`);
    }
  }
  const count = `${unit.count} assertions, ${unit.probes.length} bit fields`;
  const failed = errors === "" ? problems.length : Math.max(problems.length, 1);
  say(`${compiler.name}, ${what}: ${count}, ${failed} wrong`);
  for (const problem of problems.slice(0, 10)) say(`  ${problem}`);
  mismatches += failed;
}

/** An assertion with a wrong number must stop the compiler, or all others prove nothing. */
function proveItself(compiler: Compiler): void {
  const { text } = ownUnit(compiler);
  const wrong = text.replace(/(offsetof\(struct our_WSK_BUF, Length\) == )\d+/, "$11");
  const isCaught =
    wrong !== text && compile(compiler, wrong, folder).errors.includes("our_WSK_BUF");
  say(`${compiler.name}, a wrong offset on purpose: ${isCaught ? "noticed" : "NOT NOTICED"}`);
  if (!isCaught) mismatches += 1;
}

const found = compilers();
const seed = Number(process.argv[2] ?? 1);
for (const compiler of found) {
  judge(compiler, "declared from the schema", ownUnit(compiler));
  if (compiler.hasHeaders) judge(compiler, "from the headers", headerUnit(compiler));
  if (compiler.isExact) {
    judge(compiler, `${RANDOM_TYPES} random types, seed ${seed}`, randomUnit(compiler, seed));
  }
  proveItself(compiler);
}
rmSync(folder, { recursive: true });
if (found.length === 0) {
  say("no compiler: apt-get install -y gcc-mingw-w64-x86-64 gcc-mingw-w64-i686 clang");
  process.exitCode = 4;
} else if (mismatches > 0) process.exitCode = 1;
