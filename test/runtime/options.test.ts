/** Options of sockets, networks and providers: by name, and such as can be. */
import { describe, expect, test } from "vitest";
import { AF_INET, IPPROTO_UDP, SOCK_DGRAM, WSK_FLAG_DATAGRAM_SOCKET } from "wskit";
import type { Reach } from "wskit/runtime";
import {
  awaitableIrp, createConnectionSocket, createDatagramSocket, createListenSocket, createStreamSocket, DatagramSocket,
  isNativeAvailable, loadProvider, memoryNetwork, nativeNetwork, nodeNetwork, RecordingSwitch, SpiProvider, Wsk,
} from "wskit/runtime"; // prettier-ignore
import { Host } from "./wsk/host.js";

const odd = (name: string, rest: object = { family: AF_INET }): never =>
  ({ ...rest, [name]: 1 }) as never;

/** What is made of options with a name that is near to one, what is told, and what is meant. */
const MISSPELT: readonly (readonly [string, () => unknown, string])[] = [
  ["memoryNetwork", () => memoryNetwork(odd("delays", {})), 'received "delays" (perhaps delay)'],
  ["memoryNetwork", () => memoryNetwork(odd("rate", {})), 'delay, loss, reset, maxDatagram, segment, capacity, window, connectTimeout, clock, log, received "rate"'],
  ["createConnectionSocket", () => createConnectionSocket(odd("netwrok")), 'a connection socket: expected options among family, profile, environment, network, reach, faults, SocketContext, owner, Dispatch, received "netwrok" (perhaps network)'],
  ["createDatagramSocket", () => createDatagramSocket(odd("fault")), "(perhaps faults)"],
  ["createListenSocket", () => createListenSocket(odd("dispatch")), "(perhaps Dispatch)"],
  ["createStreamSocket", () => createStreamSocket(odd("isDatagram")), 'a stream socket: '],
  ["Wsk", () => new Wsk(odd("version", {})), "(perhaps versions)"],
  ["SpiProvider", () => new SpiProvider(odd("upcall", { upcalls: new RecordingSwitch() })), "SpiProvider: expected options among upcalls, "],
  ["loadProvider", () => loadProvider(odd("upcalls", {})), "loadProvider: "],
]; // prettier-ignore

test.each(MISSPELT)("%s tells of an option that it has not", (_, make, words) => {
  expect(make).toThrow(RangeError);
  expect(make).toThrow(words);
});

test.runIf(isNativeAvailable())("the native network too", () => {
  expect(() => nativeNetwork(odd("sendBufer", {}))).toThrow("(perhaps sendBuffer)");
});

describe("faults of a network in memory", () => {
  const network = memoryNetwork({ clock: "manual" });
  const at = { host: "10.0.0.1", port: 80 };
  const as = (value: unknown): never => value as never;
  const wrong: readonly (readonly [string, () => unknown, string])[] = [
    ["partition", () => network.partition("server", at.host), 'partition: expected an address of IPv4 or IPv6, such as "10.0.0.1", received "server"'],
    ["partition", () => network.partition(at.host, "10.0.0.256"), 'received "10.0.0.256"'],
    ["partition", () => network.partition(at.host, as(undefined)), "received undefined"],
    ["unreachable", () => network.unreachable("0.0.0.0"), "unreachable: expected one host, as whoever is bound to any is 127.0.0.1 or ::1, received 0.0.0.0"],
    ["unreachable", () => network.unreachable(as(at)), "unreachable: expected an address of IPv4 or IPv6"],
    ["refuse", () => network.refuse(as("10.0.0.1:80")), 'refuse: expected an endpoint { host, port }, received "10.0.0.1:80"'],
    ["refuse", () => network.refuse({ ...at, port: 0 }), "refuse: expected a port, 1 to 65535, received 0"],
    ["stall", () => network.stall(as({ host: at.host })), "stall: expected an endpoint { host, port }, received an object"],
    ["stall", () => network.stall(at, Number.NaN), "stall: expected milliseconds, 0 or more, received NaN"],
    ["resume", () => network.resume(as(null)), "resume: expected an endpoint { host, port }, or the connection of a socket, received null"],
    ["reset", () => network.reset(as(createConnectionSocket({ family: AF_INET, network }))), "reset: expected an endpoint { host, port }, or the connection of a socket, received an object"],
    ["advance", () => network.advance(-1), "advance: expected milliseconds, 0 or more, received -1"],
  ];

  test.each(wrong)("%s tells what it cannot be said of", (_, act, words) => {
    expect(act).toThrow(RangeError);
    expect(act).toThrow(words);
  });
}); // prettier-ignore

describe("a reach that datagrams have not", () => {
  const reach: Reach = "acked";
  const network = memoryNetwork();
  const words = "expected the reach accepted, because datagrams tell no other: acked";

  test("is refused by createDatagramSocket, and by the class", () => {
    expect(() => createDatagramSocket({ family: AF_INET, network, reach })).toThrow(words);
    expect(() => new DatagramSocket({ family: AF_INET, network, reach })).toThrow(words);
  });

  test("is refused by WskSocket of a client that has it for its connections, before the IRP is taken", async () => {
    const host = await Host.start(network, { reach });
    const { irp } = awaitableIrp();
    const make = () =>
      host.table.WskSocket(host.client, AF_INET, SOCK_DGRAM, IPPROTO_UDP, WSK_FLAG_DATAGRAM_SOCKET, null, null, null, null, null, irp);
    expect(make).toThrow(words);
    expect(irp.owner).toBe("caller");
    await host.pair();
  }); // prettier-ignore

  test("one that the network has not is refused when the Wsk is made", () => {
    expect(() => new Wsk({ network: nodeNetwork, reach })).toThrow("expected a reach of the network node (accepted): acked");
    expect(() => new Wsk({ reach })).toThrow("network node");
  }); // prettier-ignore
});
