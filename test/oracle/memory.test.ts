/** The cases of the oracle on the network in memory, held against what Wine did when recorded. */
import { describe, expect, test } from "vitest";
import { memoryNetwork } from "wskit/runtime";
import { CASES } from "../../oracle/cases/index.js";
import { compare, judge } from "../../oracle/differ.js";
import { DIVERGENCES, OF_MEMORY } from "../../oracle/divergences/index.js";
import { arrived, MemoryPeer } from "../../oracle/memory-peer.js";
import { OurProvider } from "../../oracle/ours/spi.js";
import { OurKernel } from "../../oracle/ours/wsk.js";
import { play } from "../../oracle/play.js";
import { readRecord } from "../../oracle/record.js";
import type { Executor } from "../../oracle/vocabulary.js";

const wine = readRecord(CASES);

/** As much as a send buffer of Linux takes. */
const CAPACITY = 4 * 1024 * 1024;

/** What is sent over loopback has arrived when the next call is made; in memory that takes turns. */
const unhurried = (executor: Executor): Executor => ({
  run: async (command) => {
    const answer = await executor.run(command);
    await arrived();
    return answer;
  },
});

describe("in memory every difference from Wine is explained", () => {
  test.concurrent.each(CASES.map((one, i) => [one.name, i] as const))("%s", async (_, i) => {
    const example = CASES[i] ?? expect.unreachable();
    const network = memoryNetwork({ capacity: CAPACITY });
    const executor = example.calls === "wsk" ? new OurKernel(network) : new OurProvider(network);
    const ours = await play(example, unhurried(executor), new MemoryPeer(network));
    const differences = compare(example, wine[i] ?? [], ours);
    expect(judge(differences, [...DIVERGENCES, ...OF_MEMORY]).unexplained).toEqual([]);
  });
});
