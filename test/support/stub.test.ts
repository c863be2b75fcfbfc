/** Stubs: what they refuse, and how they say it. */
import { describe, expect, expectTypeOf, test } from "vitest";
import type { IRP, PFN_WSK_SEND, WSK_BUF } from "wskit";
import {
  CallRefused, createWskSend, createWSPSend, createWSPSendTo, NotImplemented, NT_ERROR, NT_SUCCESS, ntstatusName,
  OutcomeRefused, STATUS_FILE_FORCED_CLOSED, STATUS_PENDING, STATUS_SUCCESS, wsaerrorName,
  WSAETIMEDOUT, WSAEWOULDBLOCK, WSPSendOutcomes,
} from "wskit"; // prettier-ignore

const irp = (): IRP => ({
  IoStatus: { Status: 0, Information: 0 },
  PendingReturned: false,
  StackCount: 1,
  CurrentLocation: 2,
  Cancel: false,
});
const empty: WSK_BUF = { Mdl: null, Offset: 0, Length: 0 };
const socket = { Dispatch: {} };

describe("createWskSend", () => {
  test("without a body it compiles, checks, and says that it has none", () => {
    const send = createWskSend();
    expectTypeOf(send).toEqualTypeOf<PFN_WSK_SEND>();
    expect(() => send(socket, empty, 0, irp())).toThrow(NotImplemented);
    expect(() => send(socket, empty, 0, irp())).toThrow(
      "WskSend has no implementation: pass one to createWskSend, or use wskit/runtime.",
    );
  });

  test("a hundred reasons take no more than 16 kB", () => {
    const link = (Next: unknown): unknown => ({
      Next,
      MdlFlags: "far too long a text to be the flags of an MDL, and cut as well",
      MappedSystemVa: new Uint8Array(1),
      ByteCount: 1,
    });
    const Mdl = Array.from({ length: 200 }).reduce(link, null) as WSK_BUF["Mdl"];
    const send = createWskSend();
    const call = (): unknown => send(socket, { Mdl, Offset: 0, Length: 5 }, 0, irp());
    expect(call).toThrow(/^WskSend refused:\n {2}Buffer\.Mdl\.MdlFlags: [^]* and \d+ more$/);
    try {
      call();
    } catch (error) {
      expect((error as CallRefused).issues).toHaveLength(100);
      expect((error as CallRefused).message.length).toBeLessThan(16_384);
    }
  });

  test("refuses a call with every reason, and does not run the body", () => {
    let ran = false;
    const send = createWskSend(() => {
      ran = true;
      return STATUS_SUCCESS;
    });
    try {
      send(socket, { Mdl: null, Offset: 0, Length: 5 }, 4, irp());
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(CallRefused);
      const { message, issues, call } = error as CallRefused;
      expect(call).toBe("WskSend");
      expect(issues.map((issue) => issue.rule)).toEqual([
        "WSK_BUF/mdl-null-only-if-empty",
        "WskSend/Flags.flags",
      ]);
      expect(message).toContain(
        "Flags: expected a combination of WSK_FLAG_NODELAY, received 0x4, of which 0x4 is unknown [WskSend/Flags.flags]",
      );
    }
    expect(ran).toBe(false);
  });

  test("hands warnings on, and lets the call through", () => {
    const seen: string[] = [];
    const options = {
      profile: "header",
      onIssues: (issues: readonly { rule: string }[]) => seen.push(...issues.map((i) => i.rule)),
    } as const;
    expect(createWskSend(() => STATUS_PENDING, options)(socket, empty, 1, irp())).toBe(
      STATUS_PENDING,
    );
    expect(seen).toEqual(["WskSend/Flags.undocumented"]);
  });

  test("asks for facts with the arguments of the call", () => {
    const facts = (...[, , Flags]: Parameters<PFN_WSK_SEND>) => ({ irql: Flags === 0 ? 2 : 3 });
    const send = createWskSend(() => STATUS_SUCCESS, { facts });
    expect(send(socket, empty, 0, irp())).toBe(STATUS_SUCCESS);
    expect(() => send(socket, empty, 2, irp())).toThrow("WskSend/irql");
  });

  test("calls within calls are judged by their own arguments", () => {
    const send = createWskSend(() => STATUS_SUCCESS);
    let isInner = false;
    const Buffer = {
      ...empty,
      get Length() {
        if (isInner) return 0;
        isInner = true;
        expect(() => send(socket, Buffer, 0, null as never)).toThrow("WskSend/Irp.type");
        return 0;
      },
    };
    // The IRP is read behind the buffer: by then the inner call has come and gone.
    for (let i = 0; i < 3; i++, isInner = false)
      expect(send(socket, Buffer, 0, irp())).toBe(STATUS_SUCCESS);
  });

  test.each([
    [0x103, true], [-1073741642, true], [-1, true], [-0x8000_0000, true], [-0x8000_0001, false], [1, false], [0x40000000, false],
    [0xc00000b6, false], [Number.NaN, false], [1.5, false],
  ])("a body may return %s: %s", (code, may) => {
    const send = (): number => createWskSend(() => code)(socket, empty, 0, irp());
    if (may) expect(send()).toBe(code);
    else expect(send).toThrow(OutcomeRefused);
  }); // prettier-ignore
});

describe("createWSPSend", () => {
  const send = (result: number, code: number) => () =>
    createWSPSend((...args) => {
      args[8].value = code;
      return result;
    })(4, [], 0, { value: 0 }, 0, null, null, null, { value: 0 });

  test("0 and SOCKET_ERROR with a documented code pass", () => {
    expect(send(0, 0)()).toBe(0);
    for (const outcome of Object.values(WSPSendOutcomes.listed)) {
      if (outcome.code !== 0) expect(send(-1, outcome.code)()).toBe(-1);
    }
  });

  test("the six excluded codes, others, none and other results are refused", () => {
    expect(Object.keys(WSPSendOutcomes.never)).toHaveLength(6);
    for (const [name, code] of Object.entries(WSPSendOutcomes.never)) {
      expect(send(-1, code)).toThrow(`${name} is excluded by its page`);
    }
    expect(send(-1, WSAEWOULDBLOCK)).toThrow(OutcomeRefused);
    expect(send(-1, 12345)).toThrow("the contract does not list it");
    expect(send(-1, 0)).toThrow("SOCKET_ERROR comes with an error code");
    expect(send(5, 0)).toThrow("the result is 0 or SOCKET_ERROR");
  });
});

test("statuses are signed, named, and know their severity", () => {
  expect(STATUS_FILE_FORCED_CLOSED).toBe(-1073741642);
  expect(ntstatusName(STATUS_FILE_FORCED_CLOSED)).toBe("STATUS_FILE_FORCED_CLOSED");
  expect(ntstatusName(0xdead)).toBe("0xDEAD");
  expect(wsaerrorName(997)).toBe("WSA_IO_PENDING");
  expect(NT_SUCCESS(STATUS_PENDING)).toBe(true);
  expect(NT_ERROR(STATUS_PENDING)).toBe(false);
  expect([NT_SUCCESS(STATUS_FILE_FORCED_CLOSED), NT_ERROR(STATUS_FILE_FORCED_CLOSED)]).toEqual([
    false,
    true,
  ]);
});

test("what a provider may return depends on the contract it is judged by", () => {
  const call = (profile: "san" | "spi"): number => {
    const lpErrno = { value: 0 };
    const send = createWSPSend(
      (...args) => {
        args[8].value = WSAEWOULDBLOCK;
        return -1;
      },
      { profile },
    );
    return send(4, [], 0, { value: 0 }, 0, null, null, null, lpErrno);
  };
  expect(() => call("san")).toThrow(OutcomeRefused);
  expect(call("spi")).toBe(-1);
});

test("by default a stub binds as the first profile of its call does", () => {
  const send = createWSPSendTo((...args) => {
    args[10].value = WSAETIMEDOUT;
    return -1;
  });
  const errno = { value: 0 };
  expect(send(4, [], 0, null, 0, null, 0, null, null, null, errno)).toBe(-1);
});
