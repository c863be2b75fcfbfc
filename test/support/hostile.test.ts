/** Options, facts, memory and built-in functions that are not what they should be. */
import { describe, expect, test, vi } from "vitest";
import type { CheckOptions, Issue, Profile } from "wskit";
import * as wskit from "wskit";
import {
  CallRefused,
  checkWskSend,
  checkWskSendTo,
  checkWSPSend,
  passes,
  watchWskSend,
} from "wskit";
import { distance, nearestTo } from "../../support/suggest.js";
import { sum } from "../../support/index.js";
import { baseArgs, schema } from "../vectors.js";

const base = (name: string): Record<string, unknown> => {
  const call = schema.calls.find((c) => c.name === name) ?? expect.unreachable();
  return baseArgs(call);
};
const told = (issues: readonly Issue[]): string[] =>
  issues.map(({ rule, expected, received }) => `${rule}: ${expected}; ${received}`);
type Check = (args: unknown, facts?: unknown, options?: unknown) => readonly Issue[];
const checks: readonly (readonly [string, Check])[] = schema.calls.flatMap(({ name }) => [
  [name, Reflect.get(wskit, `check${name}`) as Check] as const,
]);
const operations = checks.flatMap(([name]) => {
  const check: unknown = Reflect.get(wskit, `check${name}Operation`);
  return typeof check === "function" ? [[name, check as Check] as const] : [];
});

const revoked = (): object => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};
const boom = (): never => {
  throw new Error("boom");
};
const throwing = (name: string): object => Object.defineProperty({}, name, { get: boom, enumerable: true }); // prettier-ignore
const THROWS = "something that throws when read";

describe("options that are none", () => {
  const wrong: readonly (readonly [string, unknown, string, string])[] = [
    ["null", null, "options by name", "null"],
    ["text", "strict", "options by name", '"strict"'],
    ["a list", [], "options by name", "an array of 0"],
    ["a Map", new Map([["profile", "strict"]]), "options by name", "an object"],
    ["a function", boom, "options by name", "a function"],
    ["a revoked proxy", revoked(), "options by name", THROWS],
    ["a profile that throws", throwing("profile"), "one of the profiles", THROWS],
    ["a profile that is null", { profile: null }, "one of the profiles", "null"],
    ["an architecture that throws", throwing("arch"), "one of the architectures", THROWS],
    ["an architecture that is a proxy", { arch: revoked() }, "one of the architectures", THROWS],
    ["rules that are null", { rules: null }, "as the option rules", "null"],
    ["rules that throw", throwing("rules"), "as the option rules", THROWS],
    ["rules that are a revoked proxy", { rules: revoked() }, "as the option rules", THROWS],
    ["rules as a Map", { rules: new Map([["a", "off"]]) }, "as the option rules", "an object"],
    ["a rule that throws", { rules: throwing("WskSend/irql") }, "as the option rules", THROWS],
    ["a rule that is on", { rules: { "a\u001b[31m": "on" } }, 'the rule "a\\u001b[31m"', '"on"'],
    ["notJudged that throws", throwing("notJudged"), "the option notJudged", THROWS],
    ["notJudged that is null", { notJudged: null }, "the option notJudged", "null"],
    ["notJudged that is text", { notJudged: "no" }, "the option notJudged", '"no"'],
  ];

  test.each(wrong)("%s: an issue that names the option, and nothing else", (_, options, ...say) => {
    for (const [name, check] of [...checks, ...operations]) {
      const issues = check(base(name), {}, options);
      expect(issues.map(({ rule }) => rule), name).toEqual([`${name}/options`]); // prettier-ignore
      expect(issues[0]?.expected).toContain(say[0]);
      expect(issues[0]?.received).toBe(say[1]);
      expect(issues[0]?.profile).toBe(schema.calls.find((c) => c.name === name)?.profiles[0]);
    }
  });

  test("what is wrong with the arguments is told as well", () => {
    const args = { ...base("WskSend"), Flags: 8 };
    for (const [, options] of wrong) {
      const issues = checkWskSend(args, {}, options as CheckOptions<"strict">);
      expect(issues.map(({ rule }) => rule)).toEqual(["WskSend/options", "WskSend/Flags.flags"]);
    }
  });

  test("an option is read once: what a getter says later counts for nothing", () => {
    for (const name of ["profile", "arch", "rules", "notJudged"]) {
      let looks = 0;
      const options = Object.defineProperty({}, name, { get: () => void looks++ });
      expect(checkWskSend(base("WskSend"), { irql: 0 }, options)).toEqual([]);
      expect(looks, name).toBe(1);
    }
  });

  test("notJudged that throws is told, once, and blames no argument", () => {
    const notJudged = vi.fn(boom);
    expect(told(checkWskSend(base("WskSend"), {}, { notJudged }))).toEqual([
      "WskSend/options: a function as the option notJudged; one that throws",
    ]);
    expect(notJudged).toHaveBeenCalledOnce();
  });

  test("a million rules are read in one go, and ten wrong ones told", () => {
    const names = Array.from({ length: 1_000_000 }, (_, i) => [`r${i}`, "on"]);
    const options = { rules: Object.fromEntries(names) as CheckOptions["rules"] & object };
    expect(checkWskSend(base("WskSend"), {}, options)).toHaveLength(10);
  });

  test("a watch tells them too, once", () => {
    const bad = [null, { profile: "san" }, throwing("profile")] as unknown as CheckOptions<"strict">[]; // prettier-ignore
    for (const options of bad) {
      const watch = watchWskSend(options);
      expect(told(watch.see({ happening: "call" }))[0]).toContain("WskSend/options");
      expect(watch.see({ happening: "return", code: 0 })).toEqual([]);
    }
  });
});

describe("facts that are none", () => {
  const judge = (facts: unknown, options?: object): string[] =>
    told((checkWskSend as Check)(base("WskSend"), facts, options));

  test.each([
    ["null", null, "null"],
    ["a Map", new Map([["irql", 3]]), "an object"],
    ["a list", [["irql", 3]], "an array of 1"],
    ["text", "irql", '"irql"'],
  ])("%s", (_, facts, received) => {
    expect(judge(facts)).toEqual([`WskSend/facts: facts by name; ${received}`]);
  });

  test("that throw are facts that throw, not arguments", () => {
    const issue = `WskSend/facts: facts that can be read; ${THROWS}`;
    expect(judge(throwing("irql"))).toEqual([issue]);
    expect(judge(revoked())).toEqual([issue]);
    expect(judge(new Proxy({}, { ownKeys: boom }))).toEqual([issue]);
  });

  test("that are inherited, or a proxy answers, are facts", () => {
    const high = ["WskSend/irql: an IRQL of at most DISPATCH_LEVEL; 3"];
    expect(judge(Object.create({ irql: 3 }))).toEqual(high);
    expect(judge(new Proxy({}, { get: (_, name) => (name === "irql" ? 3 : undefined) }))).toEqual(high); // prettier-ignore
    expect(judge(new (class { get irql() { return 3; } })())).toEqual(high); // prettier-ignore
  });

  test("that flip are read once", () => {
    let looks = 0;
    const facts = { get irql() { return looks++ === 0 ? 3 : 0; } }; // prettier-ignore
    expect(judge(facts)).toEqual(["WskSend/irql: an IRQL of at most DISPATCH_LEVEL; 3"]);
    expect(looks).toBe(1);
  });

  test("of megabytes are compared with no name", () => {
    const long = "x".repeat(4_000_000);
    const started = performance.now();
    expect(judge({ [long]: 1 })).toHaveLength(1);
    expect(nearestTo(long, ["irql"])).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(1000);
    expect(nearestTo("irgl", ["irql"])).toBe("irql");
    expect(distance("irgl", "irql")).toBe(1);
  });

  test("that are missing are told also where others are wrong", () => {
    const missing: string[] = [];
    const notJudged = (_: string, fact: string): void => void missing.push(fact);
    expect(judge(null, { notJudged })).toHaveLength(1);
    expect(missing).toContain("irql");
  });

  test("arguments that change before facts are judged are refused", () => {
    const right = base("WSPSend")["lpBuffers"];
    for (const calm of [1, 2, 3]) {
      let looks = 0;
      const args = Object.defineProperty(base("WSPSend"), "lpBuffers", {
        get: () => (looks++ < calm ? right : 1),
      });
      const issues = checkWSPSend(args, { "socket.max-message-size": 1 });
      expect(passes(issues), String(calm)).toBe(looks <= calm && issues.length === 0);
    }
  });
});

describe("sums", () => {
  const LARGE = 2 ** 53 - 1;
  test.each([
    [LARGE, LARGE], [-LARGE, -LARGE], [-LARGE, -2], [-LARGE, -1], [LARGE, 1], [LARGE, 2], [-LARGE, 1n],
    [-LARGE, LARGE], [-(2n ** 63n), -1], [LARGE, -1], [-3, 1],
  ] as const)("%s and %s", (a, b) => {
    expect(BigInt(sum(a, b))).toBe(BigInt(a) + BigInt(b));
  }); // prettier-ignore
});

describe("memory that changes", () => {
  /** Not all versions of the library declare these. */
  interface Resizable extends ArrayBuffer {
    resize(bytes: number): void;
  }
  const resizable = (bytes: number): Resizable =>
    Reflect.construct(ArrayBuffer, [bytes, { maxByteLength: 64 }]) as Resizable;
  const send = (buf: unknown, len: number, more: object = {}): readonly Issue[] =>
    checkWSPSend({ ...base("WSPSend"), lpBuffers: [{ len, buf }], dwBufferCount: 1, ...more });

  test("a detached buffer holds nothing", () => {
    const memory = new Uint8Array(8);
    structuredClone(memory, { transfer: [memory.buffer] });
    expect(send(memory, 0)).toEqual([]);
    expect(told(send(memory, 1))).toEqual(["WSPSend/lpBuffers.type: at least 1 bytes, as len says; 0 bytes"]); // prettier-ignore
  });

  test("a view that follows its buffer is as long as that is now; out of bounds, it is empty", () => {
    const buffer = resizable(8);
    const [following, fixed] = [new Uint8Array(buffer), new Uint8Array(buffer, 4, 4)];
    expect(send(following, 8)).toEqual([]);
    buffer.resize(6);
    expect(send(following, 7)).toHaveLength(1);
    expect(send(fixed, 1)).toHaveLength(1);
    buffer.resize(64);
    expect(send(following, 64)).toEqual([]);
  });

  test("a growable SharedArrayBuffer is memory", () => {
    const shared = Reflect.construct(SharedArrayBuffer, [4, { maxByteLength: 8 }]) as SharedArrayBuffer; // prettier-ignore
    expect(send(new Uint8Array(shared), 4)).toEqual([]);
    expect(send(new Uint8Array(shared), 5)).toHaveLength(1);
  });

  test("memory that shrinks between two looks is never taken for the longer one", () => {
    const buffer = resizable(8);
    const buf = new Uint8Array(buffer);
    const lengths = [0, 8, 8, 8];
    const element = {
      get len() {
        buffer.resize(lengths.shift() ?? 8);
        return 8;
      },
      buf,
    };
    const issues = checkWSPSend({ ...base("WSPSend"), lpBuffers: [element], dwBufferCount: 1 });
    expect(passes(issues)).toBe(false);
  });

  test("own properties of a view are not believed, and may throw", () => {
    const memory = Object.defineProperty(new Uint8Array(2), "byteLength", { get: boom });
    expect(passes(send(memory, 4))).toBe(false);
    expect(send(Object.defineProperty(new Uint8Array(4), "length", { get: boom }), 4)).toEqual([]);
  });
});

describe("built-in functions that are others after the import", () => {
  /** Patches a property; what the test itself needs runs after it is undone. */
  function patched<T>(of: object, name: PropertyKey, value: PropertyDescriptor, run: () => T): T {
    const before = Object.getOwnPropertyDescriptor(of, name);
    Object.defineProperty(of, name, { configurable: true, ...value });
    try {
      return run();
    } finally {
      if (before === undefined) Reflect.deleteProperty(of, name);
      else Object.defineProperty(of, name, before);
    }
  }

  const places: readonly (readonly [object, PropertyKey])[] = [
    ...["push", "pop", "slice", "includes", "find", "join", "map", "some", "filter", Symbol.iterator]
      .map((name) => [Array.prototype, name] as const),
    ...["keys", "entries", "hasOwn", "create", "is"].map((name) => [Object, name] as const),
    ...["has", Symbol.iterator].map((name) => [Set.prototype, name] as const),
    ...["get", "set"].map((name) => [Map.prototype, name] as const),
    ...["get", "has", "ownKeys"].map((name) => [Reflect, name] as const),
    ...["replace", "slice", "padStart", "trim"].map((name) => [String.prototype, name] as const),
    [Array, "isArray"], [Number, "isSafeInteger"], [Number, "isInteger"], [JSON, "stringify"],
    [ArrayBuffer, "isView"], [RegExp.prototype, "test"], [Function.prototype, "call"],
    [Math, "min"], [globalThis, "BigInt"], [globalThis, "String"],
  ]; // prettier-ignore

  test.each(places.map(([of, name]) => [String(name), of, name] as const))(
    "%s throws: no check does, and what is wrong stays refused",
    (_, of, name) => {
      const args = { ...base("WskSendTo"), Flags: 2, ControlInfo: [1] };
      const facts = { irql: 99, nonsense: 1 };
      const options = { rules: { "WskSendTo/irql": "must" }, profile: "strict" } as const;
      const odd = { profile: "Strict", rules: { a: "b" } } as unknown as CheckOptions<"strict">;
      const seen: (readonly Issue[])[] = [];
      patched(of, name, { value: boom, writable: true }, () => {
        seen[0] = checkWskSendTo(args);
        seen[1] = checkWskSendTo(args, facts, options);
        seen[2] = checkWskSendTo(args, facts, odd);
        seen[3] = checkWSPSend(args);
      });
      for (const issues of seen) {
        expect(issues.length).toBeGreaterThan(0);
        expect(passes(issues)).toBe(false);
      }
      expect(checkWskSendTo(base("WskSendTo"))).toEqual([]);
    },
  );

  test("getters and setters that every object or array inherits are asked for nothing", () => {
    const args = { ...base("WskSend"), Flags: 8 };
    for (const name of ["0", "1", "rules", "profile", "path", "expected", "wanted", "irql"]) {
      for (const of of [Object.prototype, Array.prototype]) {
        const issues = patched(of, name, { get: boom, set: boom }, () => [
          checkWskSend(args),
          checkWskSend(args, {}, { profile: "header" }),
        ]);
        for (const found of issues) expect(passes(found), name).toBe(false);
      }
    }
  });
});

describe("sizes", () => {
  test("a million elements: linear, a hundred issues, 16 kB of message", () => {
    const lpBuffers = Array.from({ length: 1_000_000 }, () => ({ len: 1, buf: null }));
    const args = { ...base("WSPSend"), lpBuffers, dwBufferCount: 1_000_000 };
    const profiles: readonly Profile[] = ["documented", "spi"];
    for (const profile of profiles) {
      const options = { profile: profile as "spi" };
      expect(checkWSPSend(args, {}, options)).toHaveLength(100);
    }
    const error = new CallRefused("WSPSend", checkWSPSend(args));
    expect(error.message.length).toBeLessThan(16_500);
  });

  test("deep paths are cut to 32 parts, also where a getter checks in between", () => {
    let chain: unknown = null;
    for (let i = 0; i < 500; i++) {
      const Next = chain;
      const link = { MdlFlags: 4, MappedSystemVa: new Uint8Array(1), ByteCount: i === 0 ? -1 : 1 };
      chain = Object.defineProperty(link, "Next", {
        get: () => (passes(checkWskSend({ Flags: "x" })) ? 0 : Next),
      });
    }
    const args = { ...base("WskSend"), Buffer: { Mdl: chain, Offset: 0, Length: 1 } };
    const [issue] = checkWskSend(args);
    expect(issue?.path).toHaveLength(32);
    expect(issue?.path.slice(0, 4)).toEqual(["Buffer", "Mdl", "Next", "Next"]);
    expect(issue?.message.length).toBeLessThan(500);
  });
});
