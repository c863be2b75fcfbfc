/** A datagram socket over a port that the test holds in its hand: what it keeps, and gives back. */
import { expect, test } from "vitest";
import type { WSAOVERLAPPED } from "wskit";
import {
  MEM_READ, NO_ERROR, SO_BROADCAST, SO_SNDBUF, SOCK_DGRAM, sockaddrIn, SOL_SOCKET, WSA_IO_PENDING,
  WSAEINVAL, WSAEWOULDBLOCK,
} from "wskit"; // prettier-ignore
import { nullNetwork } from "wskit/runtime";
import type { BindRequest, Network, Port, Waiting } from "../../../runtime/network/network.js";
import { DONE, TAKEN } from "../../../runtime/network/network.js";
import { HOST, setUp, structure, whole } from "./world.js";

/** A network whose ports take each datagram, and settle it when the test says so. */
function heldNetwork() {
  const waiting: Waiting[] = [];
  const broadcast: boolean[] = [];
  const ends = { closes: 0, isFull: true };
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
        return ends.isFull ? TAKEN : DONE;
      },
      setBroadcast: (isAllowed) => broadcast.push(isAllowed),
      pause: () => undefined,
      resume: () => undefined,
      close: (done) => {
        ends.closes += 1;
        done();
      },
    };
    asked?.bound(port);
  };
  return { network, waiting, broadcast, ends, bound, asked: () => asked };
}

function heldSocket() {
  const held = heldNetwork();
  const us = setUp({ type: SOCK_DGRAM, network: held.network });
  const send = (memory: Uint8Array, lpOverlapped: WSAOVERLAPPED | null): number => {
    const [data, to, sent] = [[whole(memory)], sockaddrIn(HOST, 9), { value: 0 }];
    return us.code((lpErrno) =>
      us.provider.WSPSendTo(us.s, data, 1, sent, 0, to, 16, lpOverlapped, null, null, lpErrno),
    );
  };
  const plain = (bytes: number): number => send(new Uint8Array(bytes), null);
  const set = (optname: number, value: number): void => {
    const optval = Uint8Array.of(value, 0, 0, 0);
    const args = { s: us.s, level: SOL_SOCKET, optname, optval, optlen: 4 };
    expect(us.code((lpErrno) => us.provider.WSPSetSockOpt(args, lpErrno))).toBe(NO_ERROR);
  };
  return { ...us, ...held, send, plain, set };
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

test("a socket that was closed gives its port back once, behind the last datagram", () => {
  const [early, late] = [heldSocket(), heldSocket()];
  for (const { plain, bound } of [early, late]) {
    expect([plain(1), plain(2)]).toEqual([NO_ERROR, NO_ERROR]);
    if (bound === late.bound) bound();
  }
  for (const { provider, s, errno } of [early, late]) provider.WSPCloseSocket(s, errno);
  early.ends.isFull = false;
  early.bound();
  expect(early.ends.closes).toBe(1);
  late.waiting[1]?.settle(null);
  expect(late.ends.closes).toBe(0);
  late.waiting[0]?.settle(null);
  expect(late.ends.closes).toBe(1);
});

test("memory is in use as long as its datagram waits, and no longer", () => {
  const { provider, s, code, send, plain, bound, ends, waiting } = heldSocket();
  const memory = new Uint8Array(8);
  const args = { s, lpBuffer: memory, dwBufferLength: 8, dwFlags: MEM_READ };
  const handle = provider.WSPRegisterMemory(args, { value: 0 });
  const deregister = () => code((lpErrno) => provider.WSPDeregisterMemory(s, handle, lpErrno));
  const lent = () => send(memory, structure());
  plain(1);
  bound();
  expect([lent(), deregister()]).toEqual([WSA_IO_PENDING, WSAEINVAL]);
  waiting[1]?.settle(null);
  ends.isFull = false;
  expect([lent(), deregister(), deregister()]).toEqual([NO_ERROR, NO_ERROR, WSAEINVAL]);
});
