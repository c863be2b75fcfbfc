/** UDP by Node, which tells of a datagram's fate only later: every send is settled later. */
import { createSocket } from "node:dgram";
import type { Socket } from "node:dgram";
import { isIPv6 } from "node:net";
import { longestDatagram } from "../../network/addresses.js";
import type { Failure } from "../../network/failure.js";
import { CANCELLED, failureOf, UNSUPPORTED } from "../../network/failure.js";
import type {
  BindRequest,
  Datagram,
  Endpoint,
  Port,
  PortEvents,
  Waiting,
} from "../../network/network.js";
import { TAKEN } from "../../network/network.js";
import { attempt } from "../../report.js";

const NOTHING = new Uint8Array(0);
/** IOV_MAX of Linux and others. */
const MOST_PIECES = 1024;

/** A port over a socket of Node. */
class NodePort implements Port {
  readonly local: Endpoint;
  readonly carriesControl = false;
  readonly maxDatagram: number;
  readonly #socket: Socket;
  readonly #events: PortEvents;
  // One entry a send: whoever waits may wait for several.
  readonly #owed = new Set<{ readonly waiting: Waiting }>();
  #closed: (() => void) | null = null;
  #isPaused = false;

  constructor(socket: Socket, { at, events }: BindRequest) {
    this.#socket = socket;
    this.#events = events;
    this.local = { host: at.host, port: socket.address().port };
    this.maxDatagram = longestDatagram(at.host);
    socket.on("message", (data, { address: host, port }) => {
      if (!this.#isPaused) events.received(data, { host, port }, null);
    });
    socket.on("error", (error) => this.#events.bounced(failureOf(error)));
  }

  send({ chunks, to, control }: Datagram, waiting: Waiting): typeof TAKEN | Failure {
    if (control !== null) return UNSUPPORTED;
    const owed = { waiting };
    this.#owed.add(owed);
    const told = (error: unknown): void => this.#settle(owed, error ? failureOf(error) : null);
    try {
      this.#socket.send(piecesOf(chunks), to.port, to.host, told);
    } catch (error) {
      this.#owed.delete(owed);
      return failureOf(error);
    }
    return TAKEN;
  }

  setBroadcast(isAllowed: boolean): void {
    this.#socket.setBroadcast(isAllowed);
  }

  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
  }

  /** What the kernel has taken is sent, and Node is about to tell so; the rest is cancelled. */
  close(done: () => void): void {
    this.#closed = done;
    this.#socket.close(() => {
      for (const owed of this.#owed) this.#settle(owed, CANCELLED);
    });
    this.#checkClosed();
  }

  #settle(owed: { readonly waiting: Waiting }, failure: Failure | null): void {
    if (!this.#owed.delete(owed)) return;
    attempt(() => owed.waiting.settle(failure));
    this.#checkClosed();
  }

  #checkClosed(): void {
    if (this.#owed.size > 0) return;
    const closed = this.#closed;
    this.#closed = null;
    closed?.();
  }
}

/** What Node is given: at least one piece, and no more than the system takes at once. */
function piecesOf(chunks: readonly Uint8Array[]): Uint8Array[] {
  if (chunks.length === 0) return [NOTHING];
  return chunks.length > MOST_PIECES ? [Buffer.concat(chunks)] : [...chunks];
}

/** Binds by Node. */
export function bind(request: BindRequest): void {
  const { at, broadcast = false, bound } = request;
  const family = isIPv6(at.host) ? 6 : 4;
  const socket = createSocket({
    type: family === 4 ? "udp4" : "udp6",
    ipv6Only: family === 6,
    // Addresses are literals: looking them up at once keeps sends in their order.
    lookup: (host, _options, done) => done(null, host, family),
  });
  // Node may call back at once.
  const tell = (result: Port | Failure): void => process.nextTick(bound, result);
  const refused = (error: Error): void => {
    socket.close();
    tell(failureOf(error));
  };
  socket.once("error", refused);
  socket.bind({ address: at.host, port: at.port }, () => {
    socket.off("error", refused);
    if (broadcast) socket.setBroadcast(true);
    tell(new NodePort(socket, request));
  });
}
