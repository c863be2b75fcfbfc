/** Arguments of types that C would not compile, or in the order of C: refused by name, or answered. */
import { expect, test } from "vitest";
import type { LPINT } from "wskit";
import {
  AF_INET, CallRefused, ContractError, MEM_READ, NO_ERROR, SO_SNDBUF, SOCK_STREAM, SOCKET_ERROR, sockaddrIn, SOL_SOCKET,
  WSA_FLAG_OVERLAPPED, WSAEINVAL, WSAENOTSOCK,
} from "wskit"; // prettier-ignore
import { memoryNetwork, RecordingSwitch, SpiProvider } from "wskit/runtime";
import { structure, whole } from "./world.js";

const ODD: readonly unknown[] = [
  7n, Symbol("odd"), "odd", undefined, null, Number.NaN, 1.5, -1, 2 ** 40, {}, Object.freeze({ value: 0 }), [], () => 0,
  { value: 7n }, { value: Symbol("odd") }, new Uint8Array(4),
]; // prettier-ignore

type Method = (...args: unknown[]) => unknown;

/** What is passed where nothing is odd; a record of arguments may be odd in each member. */
const usual = (s: unknown, lpErrno: LPINT): Readonly<Record<string, readonly unknown[]>> => {
  const [memory, to, cell] = [new Uint8Array(8), sockaddrIn("127.0.0.1", 9), { value: 4 }];
  const option = { s, level: SOL_SOCKET, optname: SO_SNDBUF, optval: new Uint8Array(4) };
  const result = { s, lpOverlapped: structure(), lpcbTransfer: cell, fWait: false, lpdwFlags: cell };
  return {
    WSPSocket: [AF_INET, WSA_FLAG_OVERLAPPED, lpErrno, SOCK_STREAM],
    WSPBind: [s, to, lpErrno],
    WSPConnect: [s, to, lpErrno],
    WSPRegisterMemory: [{ s, lpBuffer: memory, dwBufferLength: 8, dwFlags: MEM_READ }, lpErrno],
    WSPDeregisterMemory: [s, 0x8000, lpErrno],
    WSPGetOverlappedResult: [result, lpErrno],
    WSPGetSockOpt: [{ ...option, optlen: cell }, lpErrno],
    WSPSetSockOpt: [{ ...option, optlen: 4 }, lpErrno],
    WSPShutdown: [s, lpErrno, 1],
    WSPSend: [s, [whole(memory)], 1, { value: 0 }, 0, structure(), null, null, lpErrno],
    WSPSendTo: [s, [whole(memory)], 1, { value: 0 }, 0, to, 16, structure(), null, null, lpErrno],
    WSPSendDisconnect: [s, null, lpErrno],
    WSPCloseSocket: [s, lpErrno],
  };
}; // prettier-ignore

test.each(["san", "spi"] as const)("%s: none ends in a raw error", (profile) => {
  const provider = new SpiProvider({ upcalls: new RecordingSwitch(), network: memoryNetwork(), profile });
  const wrong: string[] = [];
  const play = (call: string, args: readonly unknown[], what: string): void => {
    try {
      (Reflect.get(provider, call) as Method).apply(provider, [...args]);
    } catch (error) {
      if (!(error instanceof ContractError)) wrong.push(`${call}, ${what}: ${String(error)}`);
    }
  };
  const fresh = () => {
    const lpErrno: LPINT = { value: NO_ERROR };
    return usual(provider.WSPSocket(AF_INET, WSA_FLAG_OVERLAPPED, lpErrno), lpErrno);
  };
  for (const [call, args] of Object.entries(fresh())) {
    for (const [at, arg] of args.entries()) {
      const isRecord = at === 0 && typeof arg === "object";
      for (const odd of ODD) {
        if (!isRecord) play(call, (fresh()[call] ?? []).with(at, odd), `argument ${at}`);
        for (const member of isRecord ? Object.keys(arg ?? {}) : []) {
          const [given, ...rest] = fresh()[call] ?? [];
          play(call, [{ ...(given as object), [member]: odd }, ...rest], member);
        }
      }
    }
  }
  provider.cleanUp();
  expect(wrong).toEqual([]);
}); // prettier-ignore

test("in the order of C, the refusal says what the method takes", () => {
  const provider = new SpiProvider({ upcalls: new RecordingSwitch(), network: memoryNetwork() });
  const errno: LPINT = { value: 0 };
  const s = provider.WSPSocket(AF_INET, WSA_FLAG_OVERLAPPED, errno);
  const to = sockaddrIn("127.0.0.1", 9);
  const inC: readonly (readonly [string, readonly unknown[], string])[] = [
    ["WSPSocket", [AF_INET, SOCK_STREAM, 0, null, 0, 1, errno], "(af, dwFlags, lpErrno, type), received 0"],
    ["WSPBind", [s, to, 16, errno], "WSPBind(s, name, lpErrno), received 16"],
    ["WSPConnect", [s, to, 16, null, null, null, null, errno], "WSPConnect(s, name, lpErrno), received 16"],
    ["WSPRegisterMemory", [s, new Uint8Array(8), 8, MEM_READ, errno], "dwFlags }, lpErrno), received 8 bytes"],
    ["WSPGetOverlappedResult", [s, structure(), { value: 0 }, 0, { value: 0 }, errno], "lpdwFlags }, lpErrno), received an object"],
    ["WSPGetSockOpt", [s, SOL_SOCKET, SO_SNDBUF, new Uint8Array(4), { value: 4 }, errno], "optlen }, lpErrno), received 65535"],
    ["WSPShutdown", [s, 1, errno], "WSPShutdown(s, lpErrno, how), received 1"],
  ];
  for (const [call, args, words] of inC) {
    const run = (): unknown => (Reflect.get(provider, call) as Method).apply(provider, [...args]);
    expect(run, call).toThrow(CallRefused);
    expect(run, call).toThrow("lpErrno: expected a pointer to an INT, in ");
    expect(run, call).toThrow(words);
  }
  provider.WSPCloseSocket(s, errno);
}); // prettier-ignore

test("a descriptor may be a bigint; a structure that is none has had no operation", async () => {
  const provider = new SpiProvider({ upcalls: new RecordingSwitch(), network: memoryNetwork() });
  const errno: LPINT = { value: 0 };
  const s = provider.WSPSocket(AF_INET, WSA_FLAG_OVERLAPPED, errno);
  expect(provider.isSocket(BigInt(s))).toBe(true);
  expect(await provider.connected(Symbol("odd") as never)).toBe(WSAENOTSOCK);
  const cell = { value: 0 };
  const args = { s, lpOverlapped: null as never, lpcbTransfer: cell, lpdwFlags: cell };
  expect(provider.WSPGetOverlappedResult(args, errno)).toBe(false);
  expect(errno.value).toBe(WSAEINVAL);
  expect(provider.WSPCloseSocket(BigInt(s), errno)).toBe(0);
  expect(provider.WSPCloseSocket(s, errno)).toBe(SOCKET_ERROR);
});

test("a send that is refused names itself, also where its lpErrno is frozen", () => {
  const provider = new SpiProvider({ upcalls: new RecordingSwitch(), network: memoryNetwork() });
  const errno = Object.freeze({ value: 0 });
  const buffers = [whole(new Uint8Array(1))];
  expect(() =>
    provider.WSPSendTo(-1, buffers, 1, { value: 0 }, 0, null, 0, structure(), null, null, errno),
  ).toThrow(/^WSPSendTo refused/);
});
