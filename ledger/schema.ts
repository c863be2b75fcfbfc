/** Loads what is held together: the pages, their ledgers, and all ties of the schema. */
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Diagnostics, SchemaError } from "../generator/diagnostics.js";
import { load } from "../generator/load.js";
import type { AnyCall } from "../schema/define-call.js";
import type { Ledger } from "../schema/define-ledger.js";
import type { ConstantSet, Page } from "../schema/define.js";
import { impliedBy } from "./implied.js";
import { citationsIn } from "./ties.js";
import type { Tie } from "./ties.js";

/** The schema folder of this project. */
export const SCHEMA: string = fileURLToPath(new URL("../schema", import.meta.url));

/** The folder of the ledgers, one file a page. */
export const LEDGERS: string = join(SCHEMA, "ledger");

/** What the schema says about pages. */
export interface Loaded {
  readonly pages: readonly Page[];
  readonly ledgers: readonly Ledger[];
  readonly ties: readonly Tie[];
}

/** Loads the schema. Throws SchemaError where a file of it does not load. */
export async function loadSchema(): Promise<Loaded> {
  const diagnostics = new Diagnostics();
  const entries = await load(SCHEMA, diagnostics);
  if (diagnostics.failed) throw new SchemaError(diagnostics.all);
  const of = <T>(kind: string): T[] =>
    entries.filter((entry) => entry.kind === kind).map(({ value }) => value as T);
  const sets = of<ConstantSet>("constants");
  const ties = [
    ...entries.flatMap(({ value }) => citationsIn(value)),
    ...of<AnyCall>("call").flatMap((call) => impliedBy(call, sets)),
  ];
  return { pages: of<Page>("page"), ledgers: await loadLedgers(), ties };
}

async function loadLedgers(): Promise<Ledger[]> {
  if (!existsSync(LEDGERS)) return [];
  const ledgers: Ledger[] = [];
  for (const file of (await readdir(LEDGERS)).sort()) {
    const module: object = await import(pathToFileURL(join(LEDGERS, file)).href);
    ledgers.push(...Object.values(module).filter(isLedger));
  }
  return ledgers;
}

const isLedger = (value: unknown): value is Ledger =>
  typeof value === "object" && value !== null && "kind" in value && value.kind === "ledger";
