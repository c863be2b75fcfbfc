/** How connects end that nobody answers, on every network: the codes of WSPConnect, and statuses. */
import { describe, expect, test } from "vitest";
import type { NTSTATUS, WSAERROR } from "wskit";
import {
  AF_INET, AF_INET6, NO_ERROR, SO_ERROR, SOCK_DGRAM, SOCK_STREAM, sockaddrIn, sockaddrIn6, SOL_SOCKET,
  STATUS_CONNECTION_REFUSED, STATUS_NETWORK_UNREACHABLE, STATUS_SUCCESS, WSAEADDRNOTAVAIL, WSAECONNREFUSED,
  WSAEHOSTUNREACH, WSAENETUNREACH, WSAENOTCONN, WSAETIMEDOUT,
} from "wskit"; // prettier-ignore
import { createConnectionSocket, memoryNetwork, nativeNetwork, nodeNetwork } from "wskit/runtime";
import type { Network } from "wskit/runtime";
import { missing } from "../native/peers.js";
import { complete, pattern } from "../peers.js";
import { listen, setUp, whole } from "./world.js";

const NETWORKS: readonly (readonly [string, () => Network])[] = [
  ["memory", () => memoryNetwork()],
  ["node", () => nodeNetwork],
  ...(missing === null ? [["native", () => nativeNetwork()] as const] : []),
];

const addressOf = (host: string, port: number) =>
  host.includes(":") ? sockaddrIn6(host, port) : sockaddrIn(host, port);

/** What `connected` and SO_ERROR tell of an attempt. */
async function attempt(network: Network, host: string, port: number) {
  const family = host.includes(":") ? AF_INET6 : AF_INET;
  const { provider, s, code } = setUp({ network, family });
  code((lpErrno) => provider.WSPConnect(s, addressOf(host, port), lpErrno));
  const told: WSAERROR[] = [await provider.connected(s)];
  for (let i = 0; i < 2; i++) {
    const optval = new Uint8Array(4);
    const args = { s, level: SOL_SOCKET, optname: SO_ERROR, optval, optlen: { value: 4 } };
    code((lpErrno) => provider.WSPGetSockOpt(args, lpErrno));
    told.push(new DataView(optval.buffer).getUint32(0, true) as WSAERROR);
  }
  return told;
}

/** What WskConnect comes to. */
async function statusOf(network: Network, host: string, port: number): Promise<NTSTATUS> {
  const family = host.includes(":") ? AF_INET6 : AF_INET;
  const socket = createConnectionSocket({ family, network });
  const { WskBind, WskConnect, WskCloseSocket } = socket.Dispatch;
  const any = addressOf(family === AF_INET ? "0.0.0.0" : "::", 0);
  await complete((irp) => WskBind(socket, any, 0, irp));
  const { block } = await complete((irp) => WskConnect(socket, addressOf(host, port), 0, irp));
  await complete((irp) => WskCloseSocket(socket, irp));
  return block.Status;
}

describe.each(NETWORKS)("on the network %s", (_, make) => {
  test.each(["255.255.255.255", "127.255.255.255", "224.0.0.1", "ff02::1"])(
    "no connection leads to %s, though somebody listens at its port",
    async (host) => {
      const network = make();
      const { at } = await listen(network);
      const unreachable = [WSAENETUNREACH, WSAENETUNREACH, NO_ERROR];
      expect(await attempt(network, host, at.port)).toEqual(unreachable);
      expect(await statusOf(network, host, at.port)).toBe(STATUS_NETWORK_UNREACHABLE);
    },
  );

  test("port 0 refuses, and the wildcard of WskConnect is loopback", async () => {
    const network = make();
    const { at } = await listen(network);
    expect(await statusOf(network, "127.0.0.1", 0)).toBe(STATUS_CONNECTION_REFUSED);
    expect(await statusOf(network, "0.0.0.0", 0)).toBe(STATUS_CONNECTION_REFUSED);
    expect(await statusOf(network, "0.0.0.0", at.port)).toBe(STATUS_SUCCESS);
  });

  test("an address of IPv4 in the form of IPv6 is nobody's, for streams and datagrams", async () => {
    const network = make();
    const { at } = await listen(network);
    const mapped = sockaddrIn6("::ffff:127.0.0.1", at.port);
    for (const type of [SOCK_STREAM, SOCK_DGRAM]) {
      const { provider, s, code, send } = setUp({ network, family: AF_INET6, type });
      expect(code((lpErrno) => provider.WSPConnect(s, mapped, lpErrno))).toBe(WSAEADDRNOTAVAIL);
      expect(code((lpErrno) => provider.WSPBind(s, mapped, lpErrno))).toBe(WSAEADDRNOTAVAIL);
      expect(send([whole(pattern(5))])).toBe(WSAENOTCONN);
    }
    expect(await statusOf(network, "::ffff:127.0.0.1", at.port)).toBe(STATUS_NETWORK_UNREACHABLE);
  });

  test("nobody listens", async () => {
    const refused = [WSAECONNREFUSED, WSAECONNREFUSED, NO_ERROR];
    expect(await attempt(make(), "127.0.0.1", 1)).toEqual(refused);
  });
});

test("in memory: a host that is unreachable, one that does not answer, one that nobody can be", async () => {
  const network = memoryNetwork({ connectTimeout: 50 });
  network.unreachable("10.0.0.1");
  network.partition("127.0.0.1", "10.0.0.2");
  const all = [["10.0.0.1", WSAEHOSTUNREACH], ["10.0.0.2", WSAETIMEDOUT], ["240.0.0.1", WSAECONNREFUSED]] as const;
  for (const [host, wanted] of all)
    expect(await attempt(network, host, 80)).toEqual([wanted, wanted, NO_ERROR]);
}); // prettier-ignore
