/** A datagram socket over a port that the test holds in its hand: what it keeps, and gives back. */
import { expect, test } from "vitest";
import {
  NO_ERROR, SO_BROADCAST, SO_SNDBUF, SOCK_DGRAM, sockaddrIn, SOL_SOCKET, WSAEWOULDBLOCK,
} from "wskit"; // prettier-ignore
import { nullNetwork } from "wskit/runtime";
import type { BindRequest, Network, Port, Waiting } from "../../../runtime/network/network.js";
import { TAKEN } from "../../../runtime/network/network.js";
import { HOST, setUp, whole } from "./world.js";

/** A network whose ports take each datagram, and settle it when the test says so. */
function heldNetwork() {
  const waiting: Waiting[] = [];
  const broadcast: boolean[] = [];
  let asked: BindRequest | null = null;
  const network: Network = {
    ...nullNetwork(),
    bind: (request) => {
      asked = request;
    },
  };
  const bound = (): void => {
    const port: Port = {
      local: { host: HOST, port: 7 },
      carriesControl: false,
      maxDatagram: 65_507,
      send: (_, who) => {
        waiting.push(who);
        return TAKEN;
      },
      setBroadcast: (isAllowed) => broadcast.push(isAllowed),
      pause: () => undefined,
      resume: () => undefined,
      close: (done) => done(),
    };
    asked?.bound(port);
  };
  return { network, waiting, broadcast, bound, asked: () => asked };
}

function heldSocket() {
  const held = heldNetwork();
  const us = setUp({ type: SOCK_DGRAM, network: held.network });
  const plain = (bytes: number): number => {
    const [data, to] = [[whole(new Uint8Array(bytes))], sockaddrIn(HOST, 9)];
    return us.code((lpErrno) =>
      us.provider.WSPSendTo(us.s, data, 1, { value: 0 }, 0, to, 16, null, null, null, lpErrno),
    );
  };
  const set = (optname: number, value: number): void => {
    const optval = Uint8Array.of(value, 0, 0, 0);
    const args = { s: us.s, level: SOL_SOCKET, optname, optval, optlen: 4 };
    expect(us.code((lpErrno) => us.provider.WSPSetSockOpt(args, lpErrno))).toBe(NO_ERROR);
  };
  return { ...held, plain, set };
}

test("SO_SNDBUF is full with its last byte, and what has left gives its bytes back", () => {
  const { plain, set, bound, waiting } = heldSocket();
  set(SO_SNDBUF, 10);
  expect([plain(4), plain(5), plain(1), plain(0)]).toEqual([0, 0, 0, WSAEWOULDBLOCK]);
  bound();
  expect(waiting.length).toBe(3);
  waiting[2]?.settle(null);
  expect([plain(1), plain(1)]).toEqual([NO_ERROR, WSAEWOULDBLOCK]);
  waiting[0]?.settle(null);
  expect([plain(4), plain(1)]).toEqual([NO_ERROR, WSAEWOULDBLOCK]);
});

test("with SO_SNDBUF of 0 one datagram waits all the same, and no second one", () => {
  const { plain, set, bound, waiting } = heldSocket();
  set(SO_SNDBUF, 0);
  expect([plain(3), plain(3)]).toEqual([NO_ERROR, WSAEWOULDBLOCK]);
  bound();
  waiting[0]?.settle(null);
  expect([plain(3), plain(3)]).toEqual([NO_ERROR, WSAEWOULDBLOCK]);
});

test("SO_BROADCAST that is set while the address is being claimed holds for the port", () => {
  const { plain, set, bound, asked, broadcast } = heldSocket();
  expect(plain(1)).toBe(NO_ERROR);
  set(SO_BROADCAST, 1);
  expect([asked()?.broadcast, broadcast]).toEqual([false, []]);
  bound();
  expect(broadcast).toEqual([true]);
});
