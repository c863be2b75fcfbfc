/** The worked cases, line by line: each is accepted, or broken by exactly the rules it names. */
import { describe, expect, test } from "vitest";
import * as generated from "../generated/index.js";
import {
  createWSPSend, STATUS_FILE_FORCED_CLOSED, STATUS_PENDING,
  WSK_PROVIDER_CONNECTION_DISPATCH_SLOTS, WSK_PROVIDER_STREAM_DISPATCH_SLOTS, WskSendOutcomes,
  WskSendToOutcomes,
} from "../generated/index.js"; // prettier-ignore
import { IRP_LAYOUT, WSAOVERLAPPED_LAYOUT, WSK_BUF_LAYOUT } from "../generated/layouts/index.js";
import type { CheckOptions, Issue, Profile, Watch } from "../support/index.js";
import {
  formatPath, hex, NT_SUCCESS, offsetOf, OutcomeRefused, resultOf, slotAt,
} from "../support/index.js"; // prettier-ignore
import type { Case } from "./cases/case.js";
import { wskSend } from "./cases/wsk-send.js";
import { wskSendEx } from "./cases/wsk-send-ex.js";
import { wskSendTo } from "./cases/wsk-send-to.js";
import { wspSend } from "./cases/wsp-send.js";
import type { Check } from "./examples.js";
import { named } from "./examples.js";
import type { CallData } from "./vectors.js";
import { baseArgs, schema, setAt } from "./vectors.js";

const tables = { WskSend: wskSend, WskSendEx: wskSendEx, WskSendTo: wskSendTo, WSPSend: wspSend };

function judge(call: CallData, of: Case): readonly Issue[] {
  const options: CheckOptions = {
    ...(of.profile !== undefined && { profile: of.profile as Profile }),
    ...(of.arch !== undefined && { arch: of.arch }),
  };
  if (of.events !== undefined) return watch(call, of.events, options);
  const args = baseArgs(call);
  for (const [path, value] of Object.entries(of.set ?? {})) setAt(args, path, value);
  if (of.after === undefined) {
    return named<Check>(generated, `check${call.name}`)(args, of.facts, options);
  }
  return named<Check>(generated, `check${call.name}Operation`)(args, of.after, options);
}

function watch(call: CallData, events: readonly string[], options: CheckOptions): Issue[] {
  const watching = named<(options: CheckOptions) => Watch>(generated, `watch${call.name}`)(options);
  const seen = events.flatMap((text) => {
    const [happening = "", second = ""] = text.split(" ");
    const code: unknown = Reflect.get(generated, second);
    const rest = typeof code === "number" ? { code } : second === "" ? {} : { object: second };
    return watching.see({ happening, ...rest } as Parameters<Watch["see"]>[0]);
  });
  return [...seen, ...watching.end()];
}

describe.each(Object.entries(tables))("%s", (name, cases) => {
  const call = schema.calls.find((candidate) => candidate.name === name);
  if (call === undefined) throw new Error(`no call ${name}`);

  test.each(cases.map((of) => [of.id, of.about, of] as const))("%s: %s", (_, __, of) => {
    const issues = judge(call, of);
    const broken = Object.fromEntries(issues.map((issue) => [issue.rule, formatPath(issue.path)]));
    expect(broken).toEqual(of.wants === "accept" ? {} : of.wants);
    if (of.says !== undefined) expect(issues[0]?.message).toContain(of.says);
    if (of.answers === undefined) return;
    const rules = [...call.rules, ...schema.types.flatMap((type) => type.rules ?? [])];
    const rule = rules.find(({ id }) => id === Object.keys(of.wants)[0]);
    expect(rule?.answers).toBe(of.answers);
  });
});

describe("codes", () => {
  test("S55: pending is an NT_SUCCESS value, and open all the same", () => {
    expect(NT_SUCCESS(STATUS_PENDING)).toBe(true);
    expect(resultOf(WskSendOutcomes, STATUS_PENDING)).toBe("open");
  });

  test("T22: STATUS_NOT_SUPPORTED is listed for WskSend, not for WskSendTo", () => {
    expect(Object.keys(WskSendOutcomes.listed)).toContain("STATUS_NOT_SUPPORTED");
    expect(Object.keys(WskSendToOutcomes.listed)).not.toContain("STATUS_NOT_SUPPORTED");
  });

  test("P32: SOCKET_ERROR without a code is a failure of the provider", () => {
    const call = schema.calls.find(({ name }) => name === "WSPSend");
    const args = Object.values(call === undefined ? {} : baseArgs(call));
    const send = createWSPSend(() => -1) as (...all: unknown[]) => number;
    expect(() => send(...args)).toThrow(OutcomeRefused);
  });

  test("P38: WSAOVERLAPPED has 32 bytes on x64, whatever a page prints", () => {
    expect(WSAOVERLAPPED_LAYOUT.x64.size).toBe(32);
    expect(WSAOVERLAPPED_LAYOUT.x64.members.InternalHigh).toMatchObject({ offset: 8, size: 8 });
  });

  test("K04: WSK_BUF has 24, 12 and 24 bytes", () => {
    const { x64, x86, arm64 } = WSK_BUF_LAYOUT;
    expect([x64.size, x86.size, arm64.size]).toEqual([24, 12, 24]);
  });

  test("K06: an IRP is aligned to 16 on x64, to 8 on x86", () => {
    expect([IRP_LAYOUT.x64.align, IRP_LAYOUT.x86.align]).toEqual([16, 8]);
  });

  test("X17: what stands at the offset of WskSendEx in the table of a stream socket", () => {
    const connection = WSK_PROVIDER_CONNECTION_DISPATCH_SLOTS;
    const stream = WSK_PROVIDER_STREAM_DISPATCH_SLOTS;
    for (const arch of ["x64", "x86"] as const) {
      const offset = offsetOf(connection, "WskSendEx", arch);
      expect(slotAt(stream, offset, arch)).toBe("WskGetRemoteAddress");
    }
  });

  test("K02: a status is the same signed and unsigned", () => {
    expect(STATUS_FILE_FORCED_CLOSED).toBe(-1073741642);
    expect(hex(STATUS_FILE_FORCED_CLOSED)).toBe("0xC00000B6");
    expect(0xc000_00b6 | 0).toBe(STATUS_FILE_FORCED_CLOSED);
    expect(NT_SUCCESS(STATUS_FILE_FORCED_CLOSED)).toBe(false);
  });
});
