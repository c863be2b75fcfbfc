/** What holds for every judge and any argument at all: a guard reads once, a check never throws. */
import { describe, expect, test } from "vitest";
import * as generated from "../../generated/index.js";
import { passes } from "../../support/index.js";
import { checkOf, named } from "../examples.js";
import type { CallData } from "../vectors.js";
import { baseArgs, schema } from "../vectors.js";
import { basesOf, put, waysIn } from "./places.js";
import type { Way } from "./places.js";
import { THROWING } from "./pool.js";

const guardOf = (call: CallData): ((args: unknown) => boolean) =>
  named(generated, `is${call.name}Args`);

const calls = schema.calls.map((call) => [call.name, call] as const);

/** The same value behind proxies that count how often each property is read. */
function counted(value: unknown, reads: Map<string, number>, way: Way = []): unknown {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  return new Proxy(value, {
    get: (of, key) => {
      const here = [...way, String(key)];
      reads.set(here.join("."), (reads.get(here.join(".")) ?? 0) + 1);
      return counted(Reflect.get(of, key), reads, here);
    },
  });
}

const sumOf = (reads: ReadonlyMap<string, number>): number =>
  [...reads.values()].reduce((sum, n) => sum + n, 0);

describe.each(calls)("%s", (_, call) => {
  const is = guardOf(call);
  const check = checkOf(call);

  test("a guard reads each property once, a check of what is right four times at most", () => {
    for (const base of basesOf(call)) {
      const reads = new Map<string, number>();
      expect(is(counted(base.make(), reads)), base.name).toBe(is(base.make()));
      expect([...reads].filter(([, n]) => n > 1), base.name).toEqual([]); // prettier-ignore
      const again = new Map<string, number>();
      if (check(counted(base.make(), again)).length > 0) continue;
      expect([...again].filter(([, n]) => n > 4), base.name).toEqual([]); // prettier-ignore
    }
  });

  test("what throws when it is looked at is refused, wherever it stands, and nothing is thrown", () => {
    for (const way of [[], ...waysIn(baseArgs(call))]) {
      for (const { name, make } of THROWING) {
        const args = baseArgs(call);
        if (way.length > 0) put(args, way, make());
        const given = way.length > 0 ? args : make();
        if (is(given)) continue; // nobody looks into it: the memory behind an opaque pointer
        const issues = check(given);
        expect(passes(issues), `${way.join(".")} = ${name}`).toBe(false);
        expect(String(issues[0]?.message).length).toBeLessThan(500);
      }
    }
  });

  test("a value that is wrong at the first look and right at the next is refused", () => {
    for (const way of waysIn(baseArgs(call))) {
      for (const wrongLooks of [1, 2, 3]) {
        const args = baseArgs(call);
        const key = way.at(-1) ?? "";
        const right: unknown = way.reduce<unknown>(
          (of, part) => Reflect.get(Object(of), part),
          args,
        );
        const holder: object = way.slice(0, -1).reduce<object>((of, part) => Reflect.get(of, part) as object, args); // prettier-ignore
        const install = (): void => {
          let looks = 0;
          const get = (): unknown => (looks++ < wrongLooks ? Symbol("wrong") : right);
          Object.defineProperty(holder, key, { get, configurable: true, enumerable: true });
        };
        install();
        if (is(args)) continue; // nobody looks at it
        install();
        expect(passes(check(args)), way.join(".")).toBe(false);
      }
    }
  });

  test("a value that throws at whichever look is refused, also where facts are judged", () => {
    const facts = { "socket.max-message-size": 1, "socket.overlapped": true, irql: 0 };
    for (const way of waysIn(baseArgs(call))) {
      for (const calmLooks of [1, 2, 3, 4]) {
        const args = baseArgs(call);
        const right: unknown = way.reduce<unknown>(
          (of, part) => Reflect.get(Object(of), part),
          args,
        );
        const holder: object = way.slice(0, -1).reduce<object>((of, part) => Reflect.get(of, part) as object, args); // prettier-ignore
        let looks = 0;
        const get = (): unknown => {
          if (looks++ < calmLooks) return right;
          throw new Error("look");
        };
        Object.defineProperty(holder, way.at(-1) ?? "", { get, configurable: true });
        const issues = check(args, facts);
        if (looks > calmLooks) expect(passes(issues), way.join(".")).toBe(false);
      }
    }
  });

  test("names that every object inherits are no arguments", () => {
    const args = baseArgs(call);
    for (const key of Object.keys(args)) {
      const rest = Object.fromEntries(Object.entries(args).filter(([name]) => name !== key));
      expect(is(rest), key).toBe(false);
      expect(is({ ...rest, ["__proto__"]: args }), key).toBe(false);
    }
    for (const key of ["__proto__", "constructor", "toString"]) {
      expect(is(JSON.parse(`{"${key}":1}`)), key).toBe(false);
    }
  });
});

describe("work grows with the arguments, and no faster", () => {
  const wsp = schema.calls.find(({ name }) => name === "WSPSend") ?? expect.unreachable();
  const wsk = schema.calls.find(({ name }) => name === "WskSend") ?? expect.unreachable();
  const list = schema.calls.find(({ name }) => name === "WskSendMessages") ?? expect.unreachable();

  /** What each size makes of the number of reads, for a call that a check goes through wholly. */
  function readsOf(call: CallData, make: (n: number) => Record<string, unknown>): number[] {
    return [100, 200, 400].map((n) => {
      const reads = new Map<string, number>();
      expect(passes(checkOf(call)(counted(make(n), reads)))).toBe(false);
      return sumOf(reads);
    });
  }

  const mdl = (n: number, last: unknown): unknown => {
    let chain = last;
    for (let i = 0; i < n; i++) {
      chain = { Next: chain, MdlFlags: 4, MappedSystemVa: new Uint8Array(1), ByteCount: 1 };
    }
    return chain;
  };
  const wrongMdl = { Next: null, MdlFlags: 0, MappedSystemVa: new Uint8Array(1), ByteCount: 1 };
  const buffer = (n: number): object => ({ Mdl: mdl(n, wrongMdl), Offset: 0, Length: 1 });

  test.each([
    [
      "buffers, the last one wrong",
      wsp,
      (n: number) => {
        const right = Array.from({ length: n }, () => ({ len: 1, buf: new Uint8Array(1) }));
        return { ...baseArgs(wsp), lpBuffers: [...right, { len: 1, buf: null }], dwBufferCount: n };
      },
    ],
    ["MDLs, the last one wrong", wsk, (n: number) => ({ ...baseArgs(wsk), Buffer: buffer(n) })],
    [
      "datagrams, the last one wrong",
      list,
      (n: number) => {
        let chain: unknown = { Next: null, Buffer: buffer(1) };
        for (let i = 0; i < n; i++) {
          chain = { Next: chain, Buffer: { Mdl: mdl(1, null), Offset: 0, Length: 1 } };
        }
        return { ...baseArgs(list), BufferList: chain };
      },
    ],
  ] as const)("%s", (_, call, make) => {
    const [one = 0, two = 0, four = 0] = readsOf(call, make);
    expect(two / one).toBeLessThan(2.1);
    expect(four / two).toBeLessThan(2.1);
  });
});
