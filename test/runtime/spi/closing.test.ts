/** WSPCloseSocket: what a call has told success of still leaves, and then the end. */
import { describe, expect, test, vi } from "vitest";
import {
  AF_INET, NO_ERROR, SD_BOTH, SD_RECEIVE, SO_LINGER, sockaddrIn, SOL_SOCKET, STATUS_CONNECTION_RESET, STATUS_FILE_FORCED_CLOSED,
  STATUS_SUCCESS, WSA_IO_PENDING, WSA_OPERATION_ABORTED, WSAESHUTDOWN, WSAEWOULDBLOCK,
} from "wskit"; // prettier-ignore
import type { LPINT } from "wskit";
import {
  awaitableIrp, ConnectionSocket, createListenSocket, memoryNetwork, nativeNetwork, nodeNetwork,
  nullNetwork, wskBuf, wskSocketOf,
} from "wskit/runtime"; // prettier-ignore
import type { Irp, Network } from "wskit/runtime";
import { endpointOf } from "../../../support/index.js";
import { missing } from "../native/peers.js";
import { connected, pause, setUp, structure, until, whole } from "./world.js";
import { complete, pattern, sha256 } from "../peers.js";

const NETWORKS: readonly (readonly [string, () => Network])[] = [
  ["memory", () => memoryNetwork()],
  ["node", () => nodeNetwork],
  ...(missing === null ? [["native", () => nativeNetwork()] as const] : []),
];

const LARGE = 16 * 1024 * 1024;

type Connected = Awaited<ReturnType<typeof connected>>;

const close = ({ provider, s, code }: Connected): number =>
  code((lpErrno) => provider.WSPCloseSocket(s, lpErrno));

/** Sets SO_LINGER, and sees that it is read back. */
function linger({ provider, s, code }: Connected, isOn: number, seconds: number): number {
  const optval = Uint8Array.of(isOn, 0, seconds, 0);
  const name = { s, level: SOL_SOCKET, optname: SO_LINGER };
  const set = code((lpErrno) => provider.WSPSetSockOpt({ ...name, optval, optlen: 4 }, lpErrno));
  const got = { ...name, optval: new Uint8Array(4), optlen: { value: 4 } };
  expect(code((lpErrno) => provider.WSPGetSockOpt(got, lpErrno))).toBe(NO_ERROR);
  expect(got.optval).toEqual(optval);
  return set;
}

/** How sending may have been ended before the close. */
const ENDS: Readonly<Record<string, (us: Connected, lpErrno: LPINT) => number>> = {
  "nothing": () => 0,
  "WSPShutdown": ({ provider, s }, lpErrno) => provider.WSPShutdown(s, lpErrno),
  "WSPSendDisconnect": ({ provider, s }, lpErrno) => provider.WSPSendDisconnect(s, null, lpErrno),
}; // prettier-ignore

describe.each(NETWORKS)("on the network %s", (_, make) => {
  test.each(Object.entries(ENDS))("all bytes of a send that was done arrive, and the end, after %s", async (_how, end) => {
    for (const isPaused of [false, true]) {
      const us = await connected(make(), isPaused);
      const data = pattern(200_000);
      expect(us.send([whole(data)])).toBe(NO_ERROR);
      expect(us.code((lpErrno) => end(us, lpErrno))).toBe(NO_ERROR);
      expect(close(us)).toBe(NO_ERROR);
      if (isPaused) await pause();
      (await us.peer.connection).resume();
      await until(() => us.peer.hasEnded);
      expect([us.peer.bytes, us.peer.digest()]).toEqual([200_000, sha256(data)]);
    }
  }); // prettier-ignore

  test("what is pending is aborted once, and withdrawn as far as it has not left", async () => {
    for (const end of Object.values(ENDS)) {
      const us = await connected(make(), true);
      const first = pattern(100_000);
      expect(us.send([whole(first)])).toBe(NO_ERROR);
      const [large, small] = [structure(), structure()];
      const memory = pattern(LARGE, 100_000);
      expect(us.send([whole(memory)], { lpOverlapped: large })).toBe(WSA_IO_PENDING);
      expect(us.send([whole(pattern(9))], { lpOverlapped: small })).toBe(WSA_IO_PENDING);
      us.code((lpErrno) => end(us, lpErrno));
      expect(close(us)).toBe(NO_ERROR);
      memory.fill(0xee);
      const told = us.upcalls.notifications.map(({ lpOverlapped, dwError }) => [lpOverlapped, dwError]);
      expect(told).toEqual([[large, WSA_OPERATION_ABORTED], [small, WSA_OPERATION_ABORTED]]);
      (await us.peer.connection).resume();
      await until(() => us.peer.hasEnded);
      expect(us.peer.bytes).toBeGreaterThanOrEqual(100_000);
      expect(us.peer.bytes).toBeLessThan(100_000 + LARGE);
      const all = Buffer.concat([first, pattern(LARGE, 100_000)]).subarray(0, us.peer.bytes);
      expect(us.peer.digest()).toBe(sha256(all));
    }
  }); // prettier-ignore

  test("what calls without a structure have taken arrives, and nothing behind it", async () => {
    for (const end of Object.values(ENDS)) {
      const us = await connected(make(), true);
      const sent = { value: 0 };
      const data = pattern(LARGE);
      expect(us.send([whole(data)], { lpOverlapped: null, sent })).toBe(NO_ERROR);
      expect(us.send([whole(data)], { lpOverlapped: null })).toBe(WSAEWOULDBLOCK);
      const lpOverlapped = structure();
      expect(us.send([whole(pattern(9))], { lpOverlapped })).toBe(WSA_IO_PENDING);
      us.code((lpErrno) => end(us, lpErrno));
      expect(close(us)).toBe(NO_ERROR);
      expect(lpOverlapped.Internal).toBe(WSA_OPERATION_ABORTED);
      data.fill(0xee);
      await pause();
      (await us.peer.connection).resume();
      await until(() => us.peer.hasEnded);
      expect([us.peer.bytes, us.peer.digest()]).toEqual([sent.value, sha256(pattern(sent.value))]);
    }
  }); // prettier-ignore

  test("SO_LINGER of no time resets", async () => {
    const us = await connected(make(), true);
    expect([linger(us, 1, 0), us.send([whole(pattern(200_000))])]).toEqual([NO_ERROR, NO_ERROR]);
    const lpOverlapped = structure();
    expect(us.send([whole(pattern(LARGE))], { lpOverlapped })).toBe(WSA_IO_PENDING);
    expect([close(us), lpOverlapped.Internal]).toEqual([NO_ERROR, WSA_OPERATION_ABORTED]);
    (await us.peer.connection).resume();
    await until(() => us.peer.hasFailed || us.peer.hasEnded);
    expect(us.peer.hasFailed).toBe(true);
  });

  test.each([[0, 0, 30_000], [1, 2, 2_000]])("a peer that takes nothing of that is sent a reset in the end, with SO_LINGER of %i and %i after %i ms", async (isOn, seconds, ms) => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const us = await connected(make(), true);
      expect(linger(us, isOn, seconds)).toBe(NO_ERROR);
      expect(us.send([whole(pattern(LARGE))], { lpOverlapped: null })).toBe(NO_ERROR);
      expect(close(us)).toBe(NO_ERROR);
      vi.advanceTimersByTime(ms - 1);
      expect(vi.getTimerCount()).toBe(1);
      vi.advanceTimersByTime(1);
      expect(vi.getTimerCount()).toBe(0);
      vi.useRealTimers();
      (await us.peer.connection).resume();
      await until(() => us.peer.hasFailed || us.peer.hasEnded);
      expect(us.peer.hasFailed).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  }); // prettier-ignore

  test("who sends to a socket that was closed is told of success, then of the reset", async () => {
    const network = make();
    const listener = createListenSocket({ family: AF_INET, network });
    const { WskBind, WskAccept, WskGetLocalAddress, WskCloseSocket } = listener.Dispatch;
    await complete((irp) => WskBind(listener, sockaddrIn("127.0.0.1", 0), 0, irp));
    const at = sockaddrIn("0.0.0.0", 0);
    await complete((irp) => WskGetLocalAddress(listener, at, irp));
    const { irp, completion } = awaitableIrp();
    WskAccept(listener, 0, null, null, null, null, irp);
    const us = setUp({ network });
    await us.connect(endpointOf(at));
    await completion;
    const peer = wskSocketOf(irp, ConnectionSocket);
    expect(us.code((lpErrno) => us.provider.WSPCloseSocket(us.s, lpErrno))).toBe(NO_ERROR);
    await pause();
    const sent: unknown[] = [];
    for (let i = 0; i < 3; i++) {
      const send = (irp: Irp) => peer.Dispatch.WskSend(peer, wskBuf(pattern(5)), 0, irp);
      sent.push((await complete(send)).block.Status);
      await pause();
    }
    expect(sent[0]).toBe(STATUS_SUCCESS);
    expect([STATUS_CONNECTION_RESET, STATUS_FILE_FORCED_CLOSED]).toContain(sent[1]);
    expect(sent[2]).toBe(STATUS_FILE_FORCED_CLOSED);
    await complete((irp) => peer.Dispatch.WskCloseSocket(peer, irp));
    await complete((irp) => WskCloseSocket(listener, irp));
  });

  test("a close of a connection that is lost tells nobody anything", async () => {
    const us = await connected(make());
    (await us.peer.connection).abort();
    await pause();
    expect(close(us)).toBe(NO_ERROR);
    await pause();
    expect(us.upcalls.notifications).toEqual([]);
  });
});

test("SD_RECEIVE is about what arrives: sends go on, and the peer is told of no end", async () => {
  const { provider, s, code, send, peer } = await connected(memoryNetwork());
  const shut = (how: number) => code((lpErrno) => provider.WSPShutdown(s, lpErrno, how));
  expect([shut(SD_RECEIVE), send([whole(pattern(5))])]).toEqual([NO_ERROR, NO_ERROR]);
  await until(() => peer.bytes === 5);
  expect(peer.hasEnded).toBe(false);
  expect([shut(SD_BOTH), send([whole(pattern(5))])]).toEqual([NO_ERROR, WSAESHUTDOWN]);
  await until(() => peer.hasEnded);
});

test("however often a socket is shut down, its connection is ended once, and let go of once", async () => {
  const [base, ends] = [nullNetwork(), [] as string[]];
  const network: Network = {
    ...base,
    connect: (request) =>
      base.connect({
        ...request,
        connected(result) {
          if ("status" in result) return request.connected(result);
          const { end, close: letGo } = result;
          const told = (what: string, run: () => void) => () => {
            ends.push(what);
            run.call(result);
          };
          return request.connected(
            Object.assign(result, { end: told("end", end), close: told("close", letGo) }),
          );
        },
      }),
  };
  const us = setUp({ network });
  await us.connect({ host: "127.0.0.1", port: 9 });
  const { provider, s, code } = us;
  for (let i = 0; i < 3; i++)
    expect(code((lpErrno) => provider.WSPShutdown(s, lpErrno))).toBe(NO_ERROR);
  await pause(1);
  expect(code((lpErrno) => provider.WSPCloseSocket(s, lpErrno))).toBe(NO_ERROR);
  expect(ends).toEqual(["end", "close"]);
});
