/**
 * TCP by Node. A socket with a high-water mark of 0 shows what the kernel takes at once: what it
 * did not take is buffered when the write returns, and 'drain' tells when it has been taken.
 *
 * Node's own write callbacks are not asked: version 20 reports success for writes that were under
 * way when a socket was destroyed or reset.
 */
import { createServer, Socket } from "node:net";
import type { ServerOpts, SocketConstructorOpts } from "node:net";
import type { Failure } from "../../network/failure.js";
import { CANCELLED, failureOf, RESET, SHUT_DOWN } from "../../network/failure.js";
import type {
  Connection, ConnectionEvents, ConnectRequest, Endpoint, Handed, Listener, ListenRequest,
} from "../../network/network.js"; // prettier-ignore
import { DONE, FULL } from "../../network/network.js";

const CLIENT: SocketConstructorOpts & { readonly writableHighWaterMark: number } = {
  writableHighWaterMark: 0,
  allowHalfOpen: true,
};

const SERVER: ServerOpts & { readonly highWaterMark: number } = {
  highWaterMark: 0,
  allowHalfOpen: true,
  pauseOnConnect: true,
};

/** Up to so many bytes are copied together, because that is less work than to write them apart. */
const GATHERED = 64 * 1024;

const NOTHING = new Uint8Array(0);

/** A connection over a socket of Node. */
class NodeConnection implements Connection {
  readonly local: Endpoint;
  readonly remote: Endpoint;
  readonly #socket: Socket;
  #events: ConnectionEvents | null = null;
  #underWay = 0;
  #hasEnded = false;
  #isEnded = false;
  /** Why nothing may be written any more. */
  #over: Failure | null = null;
  #copy: Uint8Array | null = null;

  constructor(socket: Socket) {
    this.#socket = socket;
    this.local = { host: socket.localAddress ?? "", port: socket.localPort ?? 0 };
    this.remote = { host: socket.remoteAddress ?? "", port: socket.remotePort ?? 0 };
  }

  /** Begins to tell. */
  open(events: ConnectionEvents): void {
    const socket = this.#socket;
    this.#events = events;
    socket.setNoDelay(true);
    socket.on("drain", () => this.#drained());
    socket.on("data", (data) => this.#events?.received(data));
    socket.on("end", () => {
      this.#hasEnded = true;
      if (this.#isReset()) this.#fail(RESET);
      else this.#events?.ended();
    });
    socket.on("error", (error) => this.#fail(failureOf(error)));
    // A connection that both sides have ended is no failure; one that is gone before is.
    socket.on("close", () => {
      if (!this.#hasEnded || !this.#isEnded) this.#fail(RESET);
    });
    // Reading is also how a reset of the peer is noticed.
    socket.resume();
  }

  writeOne(chunk: Uint8Array): Handed {
    if (this.#over !== null) return this.#over;
    this.#socket.write(chunk);
    const left = this.#socket.writableLength;
    return left === 0 && this.#isWell ? DONE : this.#handed(chunk.length);
  }

  write(chunks: readonly Uint8Array[]): Handed {
    if (this.#over !== null) return this.#over;
    let bytes = 0;
    for (const chunk of chunks) bytes += chunk.length;
    if (bytes <= GATHERED) {
      this.#socket.write(this.#gathered(chunks, bytes));
    } else {
      this.#socket.cork();
      for (const chunk of chunks) this.#socket.write(chunk);
      this.#socket.uncork();
    }
    return this.#handed(bytes);
  }

  end(): void {
    this.#over = SHUT_DOWN;
    this.#socket.end(() => {
      if (!this.#isWell) return;
      this.#isEnded = true;
      // An ending socket tells of no 'drain': all before the end has left as well.
      const bytes = this.#underWay;
      this.#underWay = 0;
      if (bytes > 0) this.#events?.reached(bytes);
      this.#events?.endSent();
    });
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** The peer must not take for read what was not: then it is a reset. */
  close(): void {
    this.#over = CANCELLED;
    this.#events = null;
    if (this.#socket.readableLength > 0) reset(this.#socket);
    else this.#socket.destroy();
  }

  /** Behind an end that was handed over, Node closes without a reset. */
  abort(): void {
    this.#over = CANCELLED;
    this.#events = null;
    reset(this.#socket);
  }

  /** One write of a copy is several times faster than many small writes. It is free again when
   * the kernel has taken it: until then nothing more is written. */
  #gathered(chunks: readonly Uint8Array[], bytes: number): Uint8Array {
    const copy = (this.#copy ??= new Uint8Array(GATHERED));
    let at = 0;
    for (const chunk of chunks) {
      copy.set(chunk, at);
      at += chunk.length;
    }
    return copy.subarray(0, bytes);
  }

  get #isWell(): boolean {
    return this.#socket.errored === null && !this.#socket.destroyed;
  }

  #handed(bytes: number): Handed {
    if (!this.#isWell) return this.#lost(failureOf(this.#socket.errored));
    if (this.#socket.writableLength === 0) return DONE;
    this.#underWay = bytes;
    return FULL;
  }

  /**
   * Node takes a reset for an end where data came just before it. A write of nothing sends nothing
   * and is free, but fails where the connection is gone.
   */
  #isReset(): boolean {
    if (this.#over !== null || this.#socket.writableLength > 0) return false;
    this.#socket.write(NOTHING);
    return !this.#isWell;
  }

  /** The answer of a write is all that is told of this failure. */
  #lost(failure: Failure): Failure {
    this.#over = failure;
    this.#events = null;
    return failure;
  }

  #drained(): void {
    const bytes = this.#underWay;
    if (bytes === 0 || this.#socket.writableLength > 0 || !this.#isWell) return;
    this.#underWay = 0;
    this.#events?.reached(bytes);
    this.#events?.writable();
  }

  #fail(failure: Failure): void {
    this.#over = failure;
    const events = this.#events;
    this.#events = null;
    events?.failed(failure);
  }
}

/**
 * By itself Node would send what waits, then an end, and only then the reset: the peer would take
 * the connection for ended. Destroyed at once, nothing but the reset is sent. Once the end is on
 * its way a reset is refused, and the handle would stay open for ever.
 */
function reset(socket: Socket): void {
  const hasEnded = socket.writableEnded && socket.writableLength === 0;
  if (!hasEnded) socket.resetAndDestroy();
  socket.destroy();
}

/** Connects by Node. */
export function connect({ to, from, connected }: ConnectRequest): () => void {
  const socket = new Socket(CLIENT);
  let isOver = false;
  const refused = (error: Error): void => {
    if (isOver) return;
    isOver = true;
    socket.destroy();
    connected(failureOf(error));
  };
  socket.on("error", refused);
  socket.once("connect", () => {
    if (isOver) return;
    isOver = true;
    socket.off("error", refused);
    const connection = new NodeConnection(socket);
    const events = connected(connection);
    if (events === null) connection.abort();
    else connection.open(events);
  });
  const { host: localAddress, port: localPort } = from ?? {};
  socket.connect({
    ...to,
    ...(localAddress === undefined ? {} : { localAddress }),
    ...(localPort === undefined ? {} : { localPort }),
  });
  // A failure may be on its way: it is nobody's any more.
  return () => {
    if (isOver) return;
    isOver = true;
    socket.destroy();
  };
}

/** Listens by Node. */
export function listen({ at, backlog, listening, accepted }: ListenRequest): void {
  const server = createServer(SERVER, (socket) => {
    const connection = new NodeConnection(socket);
    const events = accepted(connection);
    if (events === null) {
      socket.on("error", () => undefined);
      connection.abort();
    } else connection.open(events);
  });
  server.once("error", (error) => listening(failureOf(error)));
  server.listen({ ...at, ...(backlog === undefined ? {} : { backlog }) }, () => {
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : at.port;
    const listener: Listener = { local: { ...at, port }, close: () => void server.close() };
    listening(listener);
  });
}
