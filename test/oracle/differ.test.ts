/** What the oracle takes for a difference, and what explains one. */
import { describe, expect, test } from "vitest";
import { CASES } from "../../oracle/cases/index.js";
import type { Divergence } from "../../oracle/differ.js";
import { compare, judge } from "../../oracle/differ.js";
import { DIVERGENCES } from "../../oracle/divergences/index.js";
import { OurProvider } from "../../oracle/ours/spi.js";
import { OurKernel } from "../../oracle/ours/wsk.js";
import { play } from "../../oracle/play.js";
import { formatRecord, parseRecord, readRecord, RecordError } from "../../oracle/record.js";
import type { Case } from "../../oracle/vocabulary.js";

const example: Case = {
  name: "winsock: an example",
  calls: "winsock",
  steps: ["socket", "send bufs=5", "wait"],
};
const divergence: Divergence = {
  in: /example/,
  keys: ["error"],
  wine: /^WSAECONNRESET$/,
  ours: /^WSAENOTCONN$/,
  follows: "ours",
  why: "a test",
};
const difference = {
  name: example.name,
  step: "send bufs=5",
  key: "error",
  wine: "WSAECONNRESET",
  ours: "WSAENOTCONN",
};

describe("compare", () => {
  const seen = [{ returned: "0" }, { returned: "0", sent: "5", event: "TRUE" }, {}];

  test("equal is equal, and a step that one side does not tell of is none", () => {
    expect(compare(example, seen, [...seen])).toEqual([]);
    expect(compare(example, seen, [seen[0] ?? {}, {}, {}])).toEqual([]);
  });

  test("each key is a difference of its own, also one that a side has not", () => {
    const ours = [seen[0] ?? {}, { returned: "0", sent: "4", error: "WSAEINVAL" }, {}];
    expect(compare(example, seen, ours)).toEqual([
      { ...difference, key: "sent", wine: "5", ours: "4" },
      { ...difference, key: "event", wine: "TRUE", ours: "–" },
      { ...difference, key: "error", wine: "–", ours: "WSAEINVAL" },
    ]);
  });

  test("where one side cannot, or blocks, the comparison ends", () => {
    const rest = { Internal: "0" };
    expect(compare(example, [{ returned: "0" }, ...seen], [{ cannot: "SOCK_DGRAM" }])).toEqual([
      { name: example.name, step: "socket", key: "cannot", wine: "0", ours: "SOCK_DGRAM" },
    ]);
    const blocked = [{}, { blocks: "yes" }, rest];
    const ours = [{}, { returned: "SOCKET_ERROR", error: "WSAEINVAL" }, {}];
    expect(compare(example, blocked, ours)).toEqual([
      { ...difference, key: "blocks", wine: "yes", ours: "SOCKET_ERROR WSAEINVAL" },
    ]);
  });

  test("behind a refusal it goes on", () => {
    const ours = [{ returned: "0" }, { refused: "WSPSend/lpBuffers.type" }, { Internal: "0x103" }];
    const wine = [{ returned: "0" }, { returned: "0", sent: "0" }, { Internal: "0" }];
    expect(compare(example, wine, ours)).toEqual([
      { ...difference, key: "refused", wine: "0", ours: "WSPSend/lpBuffers.type" },
      { ...difference, step: "wait", key: "Internal", wine: "0", ours: "0x103" },
    ]);
  });
});

describe("judge", () => {
  test("a difference is explained by case, key and both values", () => {
    const { explained, unexplained, stale } = judge([difference], [divergence]);
    expect([[...explained], unexplained, stale]).toEqual([[[divergence, [difference]]], [], []]);
    for (const other of [
      { ...difference, name: "winsock: another" },
      { ...difference, key: "returned" },
      { ...difference, wine: "WSAESHUTDOWN" },
      { ...difference, ours: "WSAEINVAL" },
    ]) {
      const verdict = judge([other], [divergence]);
      expect([verdict.unexplained, verdict.stale]).toEqual([[other], [divergence]]);
    }
  });

  test("an explanation that explains nothing is stale, also behind another one", () => {
    expect(judge([], [divergence]).stale).toEqual([divergence]);
    const twin = { ...divergence };
    expect(judge([difference], [divergence, twin]).stale).toEqual([twin]);
  });
});

describe("the record", () => {
  const seen = [[{ returned: "0" }, { returned: "0", sent: "5" }, {}]];

  test("comes back as it was", () => {
    expect(parseRecord([example], formatRecord([example], seen))).toEqual(seen);
  });

  test("of other steps, or of no such case, is refused", () => {
    const text = formatRecord([example], seen);
    for (const wrong of [
      { ...example, steps: ["socket"] },
      { ...example, name: "another" },
    ])
      expect(() => parseRecord([wrong], text)).toThrow(RecordError);
  });

  test("has every case, and explains none that is not there", () => {
    expect(readRecord(CASES)).toHaveLength(CASES.length);
    expect(new Set(CASES.map(({ name }) => name)).size).toBe(CASES.length);
    for (const { in: cases, why } of DIVERGENCES)
      expect(
        CASES.some(({ name }) => cases.test(name)),
        why,
      ).toBe(true);
  });
});

test("the runtime plays cases of both kinds, with the bytes that the programs send", async () => {
  const names = new Set(["winsock: three buffers, the middle one empty", "wsk: a part"]);
  const cases = CASES.filter(({ name }) => names.has(name));
  const wine = readRecord(cases);
  for (const [i, one] of cases.entries()) {
    const executor = one.calls === "wsk" ? new OurKernel() : new OurProvider();
    expect((await play(one, executor)).at(-1)).toEqual(wine[i]?.at(-1));
  }
});
