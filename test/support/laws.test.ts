/** Laws of every check: it never throws, it always ends, and what it says is short. */
import { describe, expect, test } from "vitest";
import type { CheckOptions, Issue } from "wskit";
import * as wskit from "wskit";
import { checkWskSend, checkWskSendTo, checkWSPSend, isWskSendArgs, passes } from "wskit";
import { Collector } from "../../support/index.js";
import { baseArgs, schema } from "../vectors.js";

const base = (name: string): Record<string, unknown> => {
  const call = schema.calls.find((c) => c.name === name);
  if (call === undefined) throw new Error(`no call ${name}`);
  return baseArgs(call);
};
const rules = (issues: readonly Issue[]): string[] => issues.map((issue) => issue.rule);

const revoked = (): object => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};
const throwing = (): object =>
  new Proxy(
    {},
    {
      get: () => {
        throw new Error("no");
      },
    },
  );

describe("never throws", () => {
  const strange: readonly (readonly [string, unknown])[] = [
    ["undefined", undefined], ["null", null], ["a number", 1], ["a bigint", 1n], ["text", "x"],
    ["a symbol", Symbol("x")], ["a function", () => 1], ["an array", []], ["a date", new Date()],
    ["a revoked proxy", revoked()], ["a throwing proxy", throwing()],
    ["no prototype", Object.create(null)], ["a boxed number", Object(2)], ["NaN", Number.NaN],
  ]; // prettier-ignore

  test.each(strange)("on %s as the arguments, or as any argument", (_, value) => {
    for (const call of schema.calls) {
      const check = Reflect.get(wskit, `check${call.name}`) as typeof checkWskSend;
      expect(check(value).length).toBeGreaterThan(0);
      for (const { name } of call.params) {
        const issues = check({ ...base(call.name), [name]: value });
        for (const issue of issues) expect(issue.message.length).toBeLessThan(500);
      }
    }
  });

  test("a getter that throws is an issue that says so", () => {
    const args = Object.defineProperty(base("WskSend"), "Flags", {
      get: () => {
        throw new Error("boom");
      },
    });
    const issues = checkWskSend(args);
    expect(rules(issues)).toEqual(["WskSend/arguments"]);
    expect(issues[0]?.message).toContain("arguments that can be read");
  });
});

describe("chains and sums", () => {
  const mdl = (next: unknown, bytes = 8): Record<string, unknown> => ({
    Next: next,
    MdlFlags: 2,
    MappedSystemVa: new Uint8Array(bytes),
    ByteCount: bytes,
  });
  const send = (chain: unknown, length: number | bigint = 1): readonly Issue[] =>
    checkWskSend({ ...base("WskSend"), Buffer: { Mdl: chain, Offset: 0, Length: length } });

  test.each([1, 2, 3, 7, 100])("a cycle of %i ends with an issue", (size) => {
    const links = Array.from({ length: size }, () => mdl(null));
    links.forEach((link, i) => (link["Next"] = links[(i + 1) % size]));
    const issues = send(mdl(links[0]));
    expect(rules(issues)).toContain("MDL/Next.chain");
    expect(issues.at(-1)?.expected).toBe("an MDL chain that ends");
  });

  test("a chain of 100,000 is walked, not recursed into", () => {
    let chain = mdl(null);
    for (let i = 0; i < 100_000; i++) chain = mdl(chain, 1);
    expect(send(chain, 100_008)).toEqual([]);
    expect(rules(send(chain, 100_009))).toEqual(["WSK_BUF/length-in-chain"]);
  });

  test("the second MDL is named where it is at fault", () => {
    const issues = send(mdl({ ...mdl(null), MdlFlags: 0 }));
    expect(issues.map((issue) => issue.path.join("."))).toEqual(["Buffer.Mdl.Next.MdlFlags"]);
  });

  test("a million wrong buffers give a hundred issues", () => {
    const lpBuffers = Array.from({ length: 1_000_000 }, () => ({ len: -1, buf: null }));
    const issues = checkWSPSend({ ...base("WSPSend"), lpBuffers, dwBufferCount: 1 });
    expect(issues).toHaveLength(100);
  });

  test("holes of an array are no buffers", () => {
    const issues = checkWSPSend({ ...base("WSPSend"), lpBuffers: Array(2), dwBufferCount: 2 });
    expect(issues.map((issue) => issue.path.join("."))).toEqual(["lpBuffers.0", "lpBuffers.1"]);
  });

  test.each([
    [2 ** 53, false], [9007199254740993n, true], [2n ** 64n - 1n, true], [2n ** 64n, false],
    [-1, false], [1.5, false], [Number.NaN, false], ["1", false],
  ] as const)("SIZE_T takes %s: %s", (value, fits) => {
    const issues = checkWskSend({ ...base("WskSend"), Buffer: { Mdl: null, Offset: 0, Length: value } });
    expect(rules(issues).includes("WskSend/Buffer.type")).toBe(!fits);
  }); // prettier-ignore

  test("x86 has 32 bits", () => {
    const args = { ...base("WSPSend"), s: 0x1_0000_0000 };
    expect(checkWSPSend(args)).toEqual([]);
    expect(rules(checkWSPSend(args, {}, { arch: "x86" }))).toEqual(["WSPSend/s.type"]);
    const invalid = { ...base("WSPSend"), s: 0xffff_ffff };
    expect(rules(checkWSPSend(invalid, {}, { arch: "x86" }))).toEqual(["WSPSend/valid-descriptor"]);
    expect(checkWSPSend(invalid)).toEqual([]);
  });
});

describe("memory", () => {
  const control = (ControlInfo: unknown): string[] =>
    rules(checkWskSendTo({ ...base("WskSendTo"), ControlInfoLength: 16, ControlInfo }));
  const header = Uint8Array.of(16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 19, 0, 0, 0);

  test("a Buffer and a view into more memory are bytes", () => {
    expect(control(Buffer.from(header))).toEqual([]);
    const larger = new Uint8Array(64);
    larger.set(header, 8);
    expect(control(larger.subarray(8, 24))).toEqual([]);
  });

  test.each([
    ["a prototype trick", Object.create(Uint8Array.prototype)],
    ["a Uint16Array", new Uint16Array(8)],
    ["a Uint16Array in disguise", Object.setPrototypeOf(new Uint16Array(8), Uint8Array.prototype)],
    ["a DataView", new DataView(new ArrayBuffer(16))],
    ["an array", [...header]],
  ])("%s is not", (_, value) => {
    expect(control(value)).toContain("WskSendTo/ControlInfo.type");
  });

  test("control information is read as the architecture lays it out", () => {
    const x86 = Uint8Array.of(20, 0, 0, 0, 41, 0, 0, 0, 19, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8);
    const args = { ...base("WskSendTo"), ControlInfoLength: 20, ControlInfo: x86 };
    expect(checkWskSendTo(args, {}, { arch: "x86" })).toEqual([]);
    expect(rules(checkWskSendTo(args))).toEqual(["WskSendTo/control-info-well-formed"]);
  });

  test("the last header counts, also where it ends with the bytes", () => {
    const two = new Uint8Array(32);
    two.set(header);
    const judge = (second: number): string[] => {
      two[16] = second;
      const args = { ...base("WskSendTo"), ControlInfoLength: 32, ControlInfo: two };
      return rules(checkWskSendTo(args));
    };
    expect(judge(16)).toEqual([]);
    expect(judge(15)).toEqual(["WskSendTo/control-info-well-formed"]);
    expect(judge(17)).toEqual(["WskSendTo/control-info-well-formed"]);
  });
});

describe("arguments without an end", () => {
  const link = (): Record<string, unknown> => ({
    Next: null,
    MdlFlags: 0,
    MappedSystemVa: new Uint8Array(1),
    ByteCount: 1,
  });
  const withMdl = (Mdl: unknown): object => ({
    ...base("WskSend"),
    Buffer: { Mdl, Offset: 0, Length: 1 },
  });

  test.each([1, 36, 37, 100, 1000])("a circle of %i broken MDLs is refused", (count) => {
    const links = Array.from({ length: count }, link);
    links.forEach((mdl, i) => (mdl["Next"] = links[(i + 1) % count]));
    expect(isWskSendArgs(withMdl(links[0]))).toBe(false);
    expect(checkWskSend(withMdl(links[0])).length).toBeLessThanOrEqual(100);
  });

  test("a chain that ends only at the first look is not followed for ever", () => {
    let looks = 0;
    const mdl: object = {
      ...link(),
      MdlFlags: 4,
      get Next() {
        looks += 1;
        return looks < 3 ? null : mdl;
      },
    };
    expect(() => checkWskSend(withMdl(mdl))).not.toThrow();
  });

  test("arrays of billions and bigints of megabytes are told in a few words", () => {
    const lpBuffers = Object.assign([], { length: 2 ** 32 - 1 });
    expect(checkWSPSend({ ...base("WSPSend"), lpBuffers })[0]?.message).toMatch(/at most 2097152/);
    const huge = {
      ...base("WskSend"),
      Buffer: { Mdl: null, Offset: 0, Length: 1n << 10_000_000n },
    };
    expect(checkWskSend(huge)[0]?.received).toBe("a bigint of many digits");
  });
});

test("a hundred warnings do not crowd out an error", () => {
  const rule = { id: "T/r", expects: "e", advice: "A.", sources: ["s"] };
  const on = new Collector(["documented"], {});
  const issues = on.inspect("T", () => {
    for (let i = 0; i < 150; i++) on.breach({ ...rule, strength: "should" }, null, "w");
    on.breach({ ...rule, strength: "must" }, null, "m");
    for (let i = 0; i < 150; i++) on.breach({ ...rule, strength: "should" }, null, "w");
  });
  expect(issues).toHaveLength(100);
  expect(passes(issues)).toBe(false);
});

describe("facts", () => {
  test("a rule whose fact is not given is named as not judged, and passes nothing silently", () => {
    const told: string[] = [];
    const args = { ...base("WskSendTo"), RemoteAddress: null };
    const notJudged = (rule: string, fact: string): void => void told.push(`${rule} wants ${fact}`);
    expect(checkWskSendTo(args, {}, { notJudged })).toEqual([]);
    expect(told).toEqual(
      expect.arrayContaining([
        "WskSendTo/RemoteAddress.null-only-if wants socket.remote-address-fixed",
        "WskSendTo/remote-address-fits-socket wants socket.address-family",
        "WskSendTo/irql wants irql",
        "WskSendTo/bound wants socket.bound",
        "WskSendTo/not-closed wants socket.closed",
      ]),
    );
    expect(new Set(told).size).toBe(told.length);
  });

  test("only rules of the profile are named", () => {
    const told: string[] = [];
    const notJudged = (rule: string): void => void told.push(rule);
    checkWSPSend(base("WSPSend"), {}, { notJudged, profile: "spi" });
    expect(told).not.toContain("WSPSend/socket-overlapped");
    expect(told).toContain("WSPSend/socket-connected");
  });

  test.each([Number.NaN, 1.5, null, "3"])("%s is no fact", (irql) => {
    const issues = checkWskSend(base("WskSend"), { irql: irql as number });
    expect(issues.map((issue) => issue.rule)).toEqual(["WskSend/facts"]);
  });
});

test("the guard narrows, and judges as the check does", () => {
  const args: unknown = base("WskSend");
  expect(isWskSendArgs(args) && args.Flags === 0).toBe(true);
  expect(isWskSendArgs({ ...base("WskSend"), Flags: 1 })).toBe(false);
});

describe("options", () => {
  test("a profile or architecture that the call does not know is an issue, not a free pass", () => {
    const judge = (options: object): string[] =>
      checkWskSend(base("WskSend"), {}, options).map((issue) => issue.message);
    expect(judge({ profile: "san" })).toEqual([
      'WskSend: expected one of the profiles documented, header, strict, received "san" [WskSend/options]',
    ]);
    expect(judge({ arch: "x68" })[0]).toContain(
      "expected one of the architectures x64, x86, arm64",
    );
  });

  test("an unknown option is told without facts, and a strength that is none changes nothing", () => {
    const judge = (options: object): string[] =>
      checkWskSend({ ...base("WskSend"), Flags: 1 }, undefined, options).map(({ rule }) => rule);
    expect(judge({ profile: "Strict" })).toContain("WskSend/options");
    expect(judge({ arch: "X86" })).toContain("WskSend/options");
    expect(checkWskSend(base("WskSend"), undefined, { arch: "X86" as "x86" })).toHaveLength(1);
    expect(judge({ rules: { "WskSend/Flags.undocumented": "error" } })).toEqual([
      "WskSend/options",
      "WskSend/Flags.undocumented",
    ]);
  });

  test("a rule that is off is not told, and one that is stronger refuses", () => {
    const args = { ...base("WskSendTo"), Flags: 2, ControlInfo: new Uint8Array(16) };
    const judge = (rules?: CheckOptions["rules"]): string[] =>
      checkWskSendTo(args, {}, rules && { rules }).map(
        (issue) => `${issue.rule} ${issue.strength}`,
      );
    expect(judge()).toEqual(["WskSendTo/Flags.must-be must", "WskSendTo/ControlInfo.null should"]);
    expect(judge({ "WskSendTo/Flags.must-be": "off" })).toEqual([
      "WskSendTo/ControlInfo.null should",
    ]);
    expect(
      judge({ "WskSendTo/Flags.must-be": "note", "WskSendTo/ControlInfo.null": "must" }),
    ).toEqual(["WskSendTo/Flags.must-be note", "WskSendTo/ControlInfo.null must"]);
    const right = {
      ...base("WskSend"),
      Buffer: { ...Object(base("WskSend").Buffer), Offset: 64, Length: 0 },
    };
    const strict = { "WSK_BUF/offset-before-end": "must" } as const;
    expect(checkWskSend(right)).toEqual([]);
    expect(checkWskSend(right, {}, { rules: strict })).toHaveLength(1);
  });
});
