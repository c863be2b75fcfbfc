/** The peer process: it listens, counts and hashes what arrives, and says what it has. */
import { createHash } from "node:crypto";
import { createSocket } from "node:dgram";
import type { Socket } from "node:net";
import { createServer } from "node:net";
import type { PeerReply, PeerRequest } from "./protocol.js";

class Tally {
  readonly #hash = createHash("sha256");
  #bytes = 0;
  #wanted: { readonly bytes: number; readonly tell: () => void } | null = null;

  add(data: Uint8Array): void {
    this.#hash.update(data);
    this.#bytes += data.length;
    this.#check();
  }

  /** Tells once when this many bytes are there, or more. */
  when(bytes: number, tell: (bytes: number, sha256: string) => void): void {
    this.#wanted = { bytes, tell: () => tell(this.#bytes, this.#hash.copy().digest("hex")) };
    this.#check();
  }

  #check(): void {
    if (this.#wanted === null || this.#bytes < this.#wanted.bytes) return;
    const { tell } = this.#wanted;
    this.#wanted = null;
    tell();
  }
}

interface Listener {
  readonly tally: Tally;
  /** The one connection that a TCP listener takes; a request about it waits until it is there. */
  readonly connection: Promise<Socket>;
}

const listeners: Listener[] = [];

function reply(message: PeerReply): void {
  process.send?.(message);
}

function listenTcp(id: number, paused: boolean): void {
  const tally = new Tally();
  const server = createServer({ pauseOnConnect: paused });
  const connection = new Promise<Socket>((resolve) => {
    server.once("connection", (socket) => {
      socket.on("data", (data) => tally.add(data));
      // A connection that is cut is what some scenes are about.
      socket.on("error", () => undefined);
      if (paused) socket.pause();
      resolve(socket);
    });
  });
  listeners.push({ tally, connection });
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    reply({ id, kind: "listening", peer: listeners.length - 1, port });
  });
}

function listenUdp(id: number, type: "udp4" | "udp6"): void {
  const tally = new Tally();
  listeners.push({ tally, connection: Promise.reject(new Error("a datagram socket")) });
  listeners.at(-1)?.connection.catch(() => undefined);
  const peer = listeners.length - 1;
  const socket = createSocket(type, (data) => tally.add(data));
  socket.on("error", (error) => reply({ id, kind: "failed", message: error.message }));
  socket.bind(0, type === "udp4" ? "127.0.0.1" : "::1", () => {
    reply({ id, kind: "listening", peer, port: socket.address().port });
  });
}

process.on("message", (request: PeerRequest) => void answer(request));

async function answer(request: PeerRequest): Promise<void> {
  const { id } = request;
  if (request.kind === "listen") {
    if (request.protocol === "tcp") listenTcp(id, request.paused);
    else listenUdp(id, request.protocol);
    return;
  }
  const listener = listeners[request.peer];
  const connection = request.kind === "received" ? undefined : await listener?.connection;
  if (request.kind === "resume") connection?.resume();
  if (request.kind === "reset") connection?.resetAndDestroy();
  if (request.kind === "received") {
    listener?.tally.when(request.bytes, (bytes, sha256) => {
      reply({ id, kind: "received", bytes, sha256 });
    });
    return;
  }
  reply({ id, kind: "done" });
}

// The peer lives as long as the process that asks it.
process.on("disconnect", () => process.exit());
