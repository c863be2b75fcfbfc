/** The arbitraries of each call: what they make, 2,000 times each, is what they say. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { NearMiss } from "../support/testing/index.js";
import * as testing from "../generated/testing/index.js";
import type { Profile } from "../support/index.js";
import { checkOf, named } from "./examples.js";
import { cases } from "./examples.js";
import { schema } from "./vectors.js";

type Made = Record<string, unknown>;
type Valid = (options?: { profile?: string }) => fc.Arbitrary<Made>;
type Breaking = (rule: string) => fc.Arbitrary<Made>;
const runs = { numRuns: 2_000 };

const validOf = (call: string): Valid => named<Valid>(testing, `arb${call}Args`);
const breakingOf = (call: string): Breaking => named<Breaking>(testing, `arb${call}Breaking`);
const missesOf = (call: string): Record<string, NearMiss> => named(testing, `${call}NearMisses`);
const at = (value: unknown, path: string): unknown =>
  path.split(".").reduce<unknown>((of, key) => Reflect.get(Object(of), key), value);

describe.each(schema.calls)("$name", (call) => {
  const check = checkOf(call);

  test("makes valid arguments, without a warning, in each profile", () => {
    for (const profile of call.profiles) {
      const options = { profile: profile as Profile };
      const isGood = (args: Made): boolean =>
        check(args, {}, options).every(({ strength }) => strength === "note");
      fc.assert(fc.property(validOf(call.name)(options), isGood), runs);
    }
  });

  const misses = Object.entries(missesOf(call.name));
  test.each(misses)("breaks %s", (rule, { profile, alongside }) => {
    const isMeant = (args: Made): boolean => {
      const issues = check(args, {}, { profile });
      const others = issues.filter((issue) => issue.rule !== rule && issue.strength !== "note");
      return others.length < issues.length && others.every((o) => alongside.includes(o.rule));
    };
    fc.assert(fc.property(breakingOf(call.name)(rule), isMeant), runs);
  });

  test("has a near miss of every rule about its arguments", () => {
    const rules = cases.filter((of) => of.call === call && of.rule.seenBy === "arguments");
    expect(misses.map(([rule]) => rule).sort()).toEqual(
      [...new Set(rules.map(({ rule }) => rule.id))].sort(),
    );
  });
});

test("where other rules come along, they have to", () => {
  const all = schema.calls.flatMap(({ name }) =>
    Object.entries(missesOf(name)).flatMap(([rule, { alongside }]) =>
      alongside.map((other) => `${name}: ${rule} with ${other}`),
    ),
  );
  // iTolen cannot be at least 16 bytes and at most the 8 that are there.
  expect(all).toEqual([
    "WSPSendTo: SOCKADDR/long-enough-for-ipv4 with WSPSendTo/address-length-covers",
    "WSPSendTo: SOCKADDR/long-enough-for-ipv6 with WSPSendTo/address-length-suffices",
  ]);
});

describe("shapes are varied", () => {
  const sample = (call: string): Made[] => fc.sample(validOf(call)(), { numRuns: 2_000, seed: 7 });
  const seen = <T>(all: readonly Made[], of: (args: Made) => T): Set<T> => new Set(all.map(of));
  const linksOf = (mdl: unknown): number => (mdl === null ? 0 : 1 + linksOf(at(mdl, "Next")));

  test("chains of one to eight MDLs, and none; data up to their end", () => {
    const all = sample("WskSend");
    expect([...seen(all, (args) => linksOf(at(args, "Buffer.Mdl")))].sort()).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8,
    ]);
    const total = (mdl: unknown): number =>
      mdl === null ? 0 : Number(at(mdl, "ByteCount")) + total(at(mdl, "Next"));
    const isFull = (args: Made): boolean =>
      Number(at(args, "Buffer.Offset")) + Number(at(args, "Buffer.Length")) ===
      total(at(args, "Buffer.Mdl"));
    expect(all.filter(isFull).length).toBeGreaterThan(50);
    expect(seen(all, ({ Flags }) => Flags)).toEqual(new Set([0, 2]));
  });

  test("none to sixteen buffers, handles at their bounds, as number and bigint", () => {
    const all = sample("WSPSend");
    expect(seen(all, ({ lpBuffers }) => Reflect.get(Object(lpBuffers), "length")).size).toBe(17);
    const handles = seen(all, ({ s }) => s);
    for (const edge of [0, 0n, 2 ** 53 - 1, 2n ** 53n, 2n ** 64n - 2n])
      expect(handles.has(edge), String(edge)).toBe(true);
    expect(seen(all, ({ lpOverlapped }) => lpOverlapped === null).size).toBe(2);
  });

  test("IPv4 and IPv6 addresses, none, and control information", () => {
    const all = sample("WskSendTo");
    const families = seen(all, (args) => at(args, "RemoteAddress.sa_family"));
    for (const family of [2, 23, undefined]) expect(families.has(family)).toBe(true);
    const lengths = seen(all, ({ ControlInfoLength }) => ControlInfoLength);
    for (const length of [0, 16, 24, 40]) expect(lengths.has(length), String(length)).toBe(true);
    expect(seen(sample("WSPSendTo"), ({ iTolen }) => iTolen).size).toBeGreaterThan(3);
  });

  test("near misses come as near as they can", () => {
    const of = (rule: string): Made[] =>
      fc.sample(breakingOf("WskSendTo")(rule), { numRuns: 500, seed: 7 });
    const lengths = of("WSK_BUF/length-in-chain").map((args) => at(args, "Buffer.Length"));
    expect(lengths).toContain(2n ** 64n - 1n);
    expect(seen(of("WskSendTo/Flags.must-be"), ({ Flags }) => Flags)).toContain(1);
    const odd = seen(of("WskSendTo/Buffer.type"), (args) => typeof args["Buffer"]);
    expect(odd.size).toBeGreaterThan(4);
    const inside = of("WskSendTo/Buffer.type").filter(
      (args) => at(args, "Buffer.Mdl") !== undefined,
    );
    expect(inside.length).toBeGreaterThan(0);
  });
});

test("every value is a fresh one, and what shrinks comes back to the example", () => {
  const [first, second] = fc.sample(validOf("WskSend")(), { numRuns: 2, seed: 1 });
  expect(at(first, "Irp")).not.toBe(at(second, "Irp"));
  const found = fc.check(
    fc.property(validOf("WskSend")(), (args) => linksOfMdl(args) < 2),
    { ...runs, seed: 3 },
  );
  const [smallest] = found.counterexample ?? [];
  expect(linksOfMdl(smallest)).toBe(2);
  expect(at(smallest, "Irp.CurrentLocation")).toBe(2);
});

const linksOfMdl = (args: unknown): number => {
  let links = 0;
  for (let mdl = at(args, "Buffer.Mdl"); mdl; mdl = at(mdl, "Next")) links += 1;
  return links;
};
