/** A client of WSK over a network, and what the tests do with it all the time. */
import { networkInterfaces } from "node:os";
import { afterEach, expect } from "vitest";
import type { NTSTATUS, PIRP, PSOCKADDR, SOCKADDR } from "wskit";
import {
  AF_INET, endpointOf, IPPROTO_TCP, IPPROTO_UDP, SO_WSK_EVENT_CALLBACK, SOCK_DGRAM, SOCK_STREAM, sockaddrIn,
  SOL_SOCKET, STATUS_PENDING, STATUS_SUCCESS, WSK_FLAG_CONNECTION_SOCKET, WSK_FLAG_DATAGRAM_SOCKET,
  WSK_FLAG_LISTEN_SOCKET, WSK_FLAG_STREAM_SOCKET, WSK_NO_WAIT, WskSetOption,
} from "wskit"; // prettier-ignore
import type {
  BasicSocket, ClientSocketDispatch, Irp, Network, ProviderDispatch, WSK_CLIENT, WSK_CLIENT_CONNECTION_DISPATCH,
  WSK_CLIENT_LISTEN_DISPATCH, WskOptions,
} from "wskit/runtime"; // prettier-ignore
import {
  awaitableIrp, ConnectionSocket, DatagramSocket, ListenSocket, MAKE_WSK_VERSION, memoryNetwork,
  isNativeAvailable, nativeNetwork, nodeNetwork, NPI_WSK_INTERFACE_ID, openHandles, StreamSocket, Wsk, WSK_REGISTRATION, wskBuf, wskSocketOf,
} from "wskit/runtime"; // prettier-ignore
import { complete } from "../peers.js";

export type AnySocket =
  BasicSocket | ConnectionSocket | DatagramSocket | ListenSocket | StreamSocket;

/** The networks that everything is proven on. */
export const NETWORKS: readonly (readonly [name: string, make: () => Network])[] = [
  ["node", () => nodeNetwork],
  ["memory", () => memoryNetwork()],
  ...(isNativeAvailable() ? ([["native", () => nativeNetwork()]] as const) : []),
];

export const hasIpv6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === "::1"),
);

const hosts: Host[] = [];
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.end();
});

/** What a client is not interested in. */
export const NO_EVENTS: WSK_CLIENT_CONNECTION_DISPATCH = {
  WskReceiveEvent: null,
  WskDisconnectEvent: null,
  WskSendBacklogEvent: null,
};

/** The same of a listening socket. */
export const NO_ACCEPTS: WSK_CLIENT_LISTEN_DISPATCH = {
  WskAcceptEvent: null,
  WskInspectEvent: null,
  WskAbortEvent: null,
};

export const LOCAL = sockaddrIn("127.0.0.1", 0);
export const room = (): SOCKADDR => ({ sa_family: 0, sa_data: new Uint8Array(26) });

/** A client that has registered and captured. */
export class Host {
  readonly wsk: Wsk;
  readonly environment = { irql: 0 };
  readonly registration = new WSK_REGISTRATION();
  readonly #open = new Set<AnySocket>();
  readonly #before = openHandles();
  client!: WSK_CLIENT;
  table!: ProviderDispatch;

  private constructor(network: Network | undefined, options: WskOptions) {
    this.wsk = new Wsk({ network, environment: this.environment, ...options });
  }

  static async start(network?: Network, options: WskOptions = {}): Promise<Host> {
    const host = new Host(network, options);
    const Dispatch = {
      Version: MAKE_WSK_VERSION(1, 0),
      Reserved: 0,
      WskClientEvent: null,
    } as const;
    const npi = { ClientContext: host, Dispatch };
    expect(host.wsk.WskRegister(npi, host.registration)).toBe(STATUS_SUCCESS);
    const provider = { Client: null, Dispatch: null };
    const captured = host.wsk.WskCaptureProviderNPI(host.registration, WSK_NO_WAIT, provider);
    expect(await captured).toBe(STATUS_SUCCESS);
    ({ Client: host.client, Dispatch: host.table } = provider as unknown as {
      Client: WSK_CLIENT;
      Dispatch: ProviderDispatch;
    });
    hosts.push(host);
    return host;
  }

  /** Closes what is open, and takes the registration back; nothing may be left then. */
  async end(): Promise<void> {
    this.environment.irql = 0;
    for (const socket of [...this.#open].toReversed()) await this.close(socket);
    this.wsk.WskReleaseProviderNPI(this.registration);
    await this.wsk.WskDeregister(this.registration);
    expect(openHandles()).toBe(this.#before);
  }

  /** Counts a socket as open, for instance one that was accepted. */
  own<T extends AnySocket>(socket: T): T {
    this.#open.add(socket);
    return socket;
  }

  /** Leaves a socket to the test, or to WSK. */
  disown(socket: AnySocket): void {
    this.#open.delete(socket);
  }

  async close(socket: AnySocket): Promise<NTSTATUS> {
    this.#open.delete(socket);
    const { block } = await complete((irp) => socket.Dispatch.WskCloseSocket(socket, irp));
    return block.Status;
  }

  async socket<T extends AnySocket>(
    kind: abstract new (...args: never[]) => T,
    options: { context?: unknown; dispatch?: ClientSocketDispatch | null; family?: number } = {},
  ): Promise<T> {
    const { context = null, dispatch = null, family = AF_INET } = options;
    const flags = FLAGS.get(kind) ?? 0;
    const isDatagram = flags === WSK_FLAG_DATAGRAM_SOCKET;
    const [type, protocol] = isDatagram ? [SOCK_DGRAM, IPPROTO_UDP] : [SOCK_STREAM, IPPROTO_TCP];
    const { irp, completion } = awaitableIrp();
    const { WskSocket } = this.table;
    WskSocket(this.client, family, type, protocol, flags, context, dispatch, null, null, null, irp);
    expect((await completion).Status).toBe(STATUS_SUCCESS);
    return this.own(wskSocketOf(irp, kind));
  }

  /** A listening socket that is bound. */
  async listener(
    dispatch: Partial<WSK_CLIENT_LISTEN_DISPATCH> = {},
    { context = "listener", local = LOCAL }: { context?: unknown; local?: SOCKADDR } = {},
  ): Promise<ListenSocket> {
    const options = { context, dispatch: { ...NO_ACCEPTS, ...dispatch }, family: local.sa_family };
    const socket = await this.socket(ListenSocket, options);
    await this.bind(socket, local);
    return socket;
  }

  async bind(
    socket: ConnectionSocket | DatagramSocket | ListenSocket | StreamSocket,
    local: SOCKADDR = LOCAL,
  ): Promise<void> {
    const { block } = await complete((irp) => socket.Dispatch.WskBind(socket, local, 0, irp));
    expect(block.Status).toBe(STATUS_SUCCESS);
  }

  /** A connection socket that is bound. */
  async bound(
    dispatch: Partial<WSK_CLIENT_CONNECTION_DISPATCH> = {},
    context: unknown = "client",
  ): Promise<ConnectionSocket> {
    const options = { context, dispatch: { ...NO_EVENTS, ...dispatch } };
    const socket = await this.socket(ConnectionSocket, options);
    await this.bind(socket, sockaddrIn("0.0.0.0", 0));
    return socket;
  }

  /** A datagram socket that is bound. */
  async port(dispatch: ClientSocketDispatch | null = null): Promise<DatagramSocket> {
    const socket = await this.socket(DatagramSocket, { dispatch, context: "port" });
    await this.bind(socket);
    return socket;
  }

  async accept(
    listener: ListenSocket | StreamSocket,
    dispatch: Partial<WSK_CLIENT_CONNECTION_DISPATCH> = {},
    context: unknown = "server",
  ): Promise<ConnectionSocket> {
    const { irp, completion } = awaitableIrp();
    const callbacks = { ...NO_EVENTS, ...dispatch };
    listener.Dispatch.WskAccept(listener, 0, context, callbacks, null, null, irp);
    expect((await completion).Status).toBe(STATUS_SUCCESS);
    return this.own(wskSocketOf(irp, ConnectionSocket));
  }

  async connect(socket: ConnectionSocket | StreamSocket, to: AnySocket): Promise<NTSTATUS> {
    const address = await localOf(to);
    const { block } = await complete((irp) => socket.Dispatch.WskConnect(socket, address, 0, irp));
    return block.Status;
  }

  /** Two ends of a connection, both of WSK. */
  async pair(
    clientEvents: Partial<WSK_CLIENT_CONNECTION_DISPATCH> = {},
    serverEvents: Partial<WSK_CLIENT_CONNECTION_DISPATCH> = {},
  ): Promise<{ client: ConnectionSocket; server: ConnectionSocket; listener: ListenSocket }> {
    const listener = await this.listener();
    const accepting = this.accept(listener, serverEvents);
    const client = await this.bound(clientEvents);
    expect(await this.connect(client, listener)).toBe(STATUS_SUCCESS);
    return { client, server: await accepting, listener };
  }
}

const FLAGS = new Map<unknown, number>([
  [ListenSocket, WSK_FLAG_LISTEN_SOCKET],
  [ConnectionSocket, WSK_FLAG_CONNECTION_SOCKET],
  [DatagramSocket, WSK_FLAG_DATAGRAM_SOCKET],
  [StreamSocket, WSK_FLAG_STREAM_SOCKET],
]);

/** Where a socket is. */
export async function localOf(socket: AnySocket): Promise<SOCKADDR> {
  const address = room();
  if (!("WskGetLocalAddress" in socket.Dispatch)) throw new TypeError("it has no address");
  const { WskGetLocalAddress } = socket.Dispatch;
  const { block } = await complete((irp) => WskGetLocalAddress(socket, address, irp));
  expect(block.Status).toBe(STATUS_SUCCESS);
  const { host, port } = endpointOf(address);
  return address.sa_family === AF_INET ? sockaddrIn(host, port) : address;
}

type Sender = ConnectionSocket | StreamSocket;

export const text = (words: string) => wskBuf(Buffer.from(words));

/** Sends bytes, or text. */
export const send = (socket: Sender, data: Uint8Array | string) =>
  complete((irp) => socket.Dispatch.WskSend(socket, wskBuf(Buffer.from(data)), 0, irp));

/** Receives up to so many bytes, and says what has come. */
export async function receive(socket: Sender, bytes: number, flags = 0) {
  const memory = new Uint8Array(bytes);
  const { returned, block } = await complete((irp) =>
    socket.Dispatch.WskReceive(socket, wskBuf(memory), flags, irp),
  );
  const data = memory.subarray(0, Number(block.Information));
  return { returned, block, memory: data, text: String(Buffer.from(data)) };
}

/** Starts a receive that goes on. */
export function receiving(socket: Sender, memory: Uint8Array, flags = 0) {
  const { irp, completion } = awaitableIrp();
  const returned = socket.Dispatch.WskReceive(socket, wskBuf(memory), flags, irp);
  expect(returned).toBe(STATUS_PENDING);
  return { irp, completion };
}

export const disconnect = (socket: Sender, flags = 0) =>
  complete((irp) => socket.Dispatch.WskDisconnect(socket, null, flags, irp));

/** Switches event callbacks. */
export function events(
  socket: AnySocket,
  EventMask: number,
  irp: PIRP | null = null,
  NpiId: string = NPI_WSK_INTERFACE_ID,
): NTSTATUS {
  const control = { NpiId, EventMask };
  const { WskControlSocket } = socket.Dispatch;
  const option = SO_WSK_EVENT_CALLBACK;
  return WskControlSocket(
    socket,
    WskSetOption,
    option,
    SOL_SOCKET,
    16,
    control,
    0,
    null,
    null,
    irp,
  );
}

/** Waits until something is so. */
export async function until(isSo: () => boolean): Promise<void> {
  const end = Date.now() + 5000;
  while (!isSo()) {
    if (Date.now() > end) throw new Error("waited in vain");
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** Lets everything happen that is about to. */
export const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

export type { Irp, PSOCKADDR };
