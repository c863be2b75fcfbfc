/**
 * A WSK_BUF_LIST of which all entries share one long MDL chain: there is far more to go through
 * than there is. Each judge goes so far and no further, and all of them equally far.
 */
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { fitsMDL, fitsWSK_BUF_LIST } from "../../generated/guards.js";
import {
  checkWskSend, checkWskSendMessages, checkWskSendMessagesOperation, isWskSendMessagesArgs,
} from "../../generated/index.js"; // prettier-ignore
import type { WskSendMessagesProfile } from "../../generated/index.js";
import { weighWskSendMessages } from "../../generated/verdicts/wsk-send-messages.js";
import { WskSendMessagesArgsSchema } from "../../generated/zod/index.js";
import { loadModel } from "../../generator/index.js";
import type { CheckOptions, Issue } from "../../support/index.js";
import { CLEAN, MAX_STRUCTS, passes, REFUSED } from "../../support/index.js";
import { baseArgs, schema } from "../vectors.js";
import type { Compare } from "./judges.js";
import { judgesOf } from "./judges.js";

const callOf = (name: string): (typeof schema.calls)[number] =>
  schema.calls.find((call) => call.name === name) ?? expect.unreachable();
const call = callOf("WskSendMessages");

const MappedSystemVa = new Uint8Array(1);
const TERMS = { profile: "documented", arch: "x64" } as const;
const TOO_MANY = `at most ${MAX_STRUCTS} structs and elements, shared ones counted again`;

interface Link {
  Next: Link | null;
}

function chain<T extends object>(length: number, make: (i: number) => T): (T & Link) | null {
  let first: (T & Link) | null = null;
  for (let i = 0; i < length; i++) first = { Next: first, ...make(i) };
  return first;
}

const mdls = (length: number): Link | null =>
  chain(length, () => ({ MdlFlags: 4, MappedSystemVa, ByteCount: 1 }));

/** The same, the first one of which may be read so often, and throws when it is read again. */
function watched(length: number, most = Infinity, MdlFlags = 4): Link {
  let reads = 0;
  const get = (): number => {
    if (++reads > most) throw new Error("gone through too often");
    return MdlFlags;
  };
  return Object.defineProperty(mdls(length) ?? { Next: null }, "MdlFlags", { get });
}

/** Arguments with so many entries. The last one may have another chain. */
function listOf(length: number, shared: Link | null, last = shared): Record<string, unknown> {
  const BufferList = chain(length, (i) => {
    const Mdl = i === 0 ? last : shared;
    return { Buffer: { Mdl, Offset: 0, Length: 1 } };
  });
  return { ...baseArgs(call), BufferList };
}

/** All that judges the arguments: each says whether they are right, and what is wrong. */
const judges: readonly (readonly [string, (args: Record<string, unknown>) => boolean | readonly Issue[]])[] = [
  ["isWskSendMessagesArgs", isWskSendMessagesArgs],
  ["fitsWSK_BUF_LIST", ({ BufferList }) => fitsWSK_BUF_LIST(BufferList, TERMS)],
  ["weighWskSendMessages", (args) => weighWskSendMessages(args, TERMS) !== REFUSED],
  ["check", (args) => checkWskSendMessages(args)],
  ["check with a profile", (args) => checkWskSendMessages(args, {}, { profile: "header" })],
  ["check with rules", (args) => checkWskSendMessages(args, {}, { rules: {} })],
  ["operation", (args) => checkWskSendMessagesOperation(args, {})],
  ["schema", (args) => WskSendMessagesArgsSchema.safeParse(args).success],
]; // prettier-ignore

/** `true`, `false`, or each issue by place and what was expected. */
const told = (said: boolean | readonly Issue[]): unknown =>
  typeof said === "boolean" ? said : said.map(({ path, expected }) => [...path, expected]);

let compare: Compare;
beforeAll(async () => {
  const model = await loadModel(fileURLToPath(new URL("../../schema", import.meta.url)));
  compare = judgesOf(model, call);
});

describe.each(judges)("%s", (_, judge) => {
  const right = judge(baseArgs(call));

  test.each([4000, 100_000])("goes through no more than may be: %i times as many MDLs", (n) => {
    // A boolean goes through it once; whatever tells what is wrong, some times more.
    const args = listOf(n, watched(n, 8 * Math.ceil(MAX_STRUCTS / n)));
    expect(told(judge(args))).toEqual(right === true ? false : [["BufferList", TOO_MANY]]);
  });

  test("is right about as much as may be, and refuses more", () => {
    const shared = mdls(1022);
    expect(told(judge(listOf(1024, shared)))).toEqual(told(right));
    const more = judge(listOf(1024, shared, mdls(1023)));
    expect(told(more)).toEqual(right === true ? false : [["BufferList", TOO_MANY]]);
  });

  test("takes 262,144 datagrams of two MDLs each", () => {
    const BufferList = chain(MAX_STRUCTS / 4, () => ({
      Buffer: { Mdl: mdls(2), Offset: 1, Length: 1 },
    }));
    expect(told(judge({ ...baseArgs(call), BufferList }))).toEqual(told(right));
  });
});

test("all judges say what the oracle says, at the bound and above it", () => {
  const shared = mdls(1022);
  expect(compare(listOf(1024, shared, watched(1022, Infinity, 0)), "documented")).toBeUndefined();
  expect(compare(listOf(1024, shared, mdls(1023)), "documented")).toBeUndefined();
});

test("what is wrong is told though there is too much", () => {
  const args = listOf(4000, mdls(4000));
  Object.assign(args["BufferList"] as object, { Buffer: { Mdl: null, Offset: 0, Length: 1 } });
  expect(told(checkWskSendMessages(args))).toEqual([
    ["BufferList", "Buffer", "Mdl", expect.any(String)],
    ["BufferList", TOO_MANY],
  ]);
});

test.each<CheckOptions<WskSendMessagesProfile>>([
  { rules: { "MDL/locked": "off" } },
  { rules: { "MDL/locked": "note" } },
  { rules: { "WskSendMessages/BufferList.type": "off" } },
  { rules: { "MDL/locked": "off", "WskSendMessages/BufferList.type": "off" } },
])("it is no more where less is told: %j", (options) => {
  const shared = watched(4000, 8 * Math.ceil(MAX_STRUCTS / 4000), 0);
  const issues = checkWskSendMessages(listOf(4000, shared), {}, options);
  expect(issues.length).toBeLessThanOrEqual(100);
  expect(issues.map(({ expected }) => expected)).not.toContain("arguments that can be read");
});

test("what was met in one value counts in no other one", () => {
  const { Next: last } = watched(2);
  const boom = Object.defineProperty({ Next: last }, "ByteCount", {
    get: () => {
      throw new Error("boom");
    },
  });
  expect(passes(checkWskSendMessages(listOf(3, mdls(2), boom as Link)))).toBe(false);
  const Mdl = watched(100_000, Infinity, 0);
  const args = { ...baseArgs(callOf("WskSend")), Buffer: { Mdl, Offset: 0, Length: 1 } };
  for (let i = 0; i < 2 + MAX_STRUCTS / 100_000; i++)
    expect(checkWskSend(args).map(({ rule }) => rule)).toEqual(["MDL/locked"]);
});

test("a chain by itself is counted by nobody", () => {
  expect(fitsMDL(mdls(1000))).toBe(true);
  const most = 1_000_000;
  const args = {
    ...baseArgs(callOf("WskSend")),
    Buffer: { Mdl: mdls(most), Offset: 0, Length: 1 },
  };
  expect(checkWskSend(args)).toEqual([]);
  expect(weighWskSendMessages(listOf(1, mdls(most)), TERMS)).toBe(CLEAN);
});
