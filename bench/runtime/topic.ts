/** Measures one topic in this process, and prints its figures as JSON. */
import { measureBytes, measureIrp } from "./irp.js";
import { measureMemory } from "./memory.js";
import { measurePending } from "./pending.js";
import type { Figure } from "./rounds.js";
import { measureSpi } from "./spi.js";
import { measureNative, measureNode } from "./tcp.js";

const TOPICS: Readonly<Record<string, (rounds: number) => Promise<Figure[]>>> = {
  irp: measureIrp,
  bytes: measureBytes,
  node: measureNode,
  native: measureNative,
  memory: measureMemory,
  pending: measurePending,
  spi: measureSpi,
};

const [name = "", rounds = ""] = process.argv.slice(2);
const measure = TOPICS[name];
if (measure === undefined) throw new Error(`There is no topic ${name}.`);
process.stdout.write(JSON.stringify(await measure(Number(rounds))), () => process.exit());
