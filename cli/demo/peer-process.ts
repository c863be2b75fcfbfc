/** The demo's side of the peer process. */
import type { ChildProcess } from "node:child_process";
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { PeerReply, PeerRequest } from "./protocol.js";

type Without<T> = T extends { id: number } ? Omit<T, "id"> : never;

/** What arrived at a peer. */
export interface Arrived {
  readonly bytes: number;
  readonly sha256: string;
}

/** Bytes that have not arrived after this time do not arrive any more. In milliseconds. */
const PATIENCE = 20_000;

/** A process of its own that receives. */
export class PeerProcess {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (reply: PeerReply) => void>();
  #next = 1;

  constructor() {
    const script = import.meta.url.endsWith(".ts") ? "./peer.ts" : "./peer.js";
    this.#child = fork(fileURLToPath(new URL(script, import.meta.url)));
    this.#child.on("message", (reply: PeerReply) => {
      this.#waiting.get(reply.id)?.(reply);
      this.#waiting.delete(reply.id);
    });
  }

  /** The id of the process. */
  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Listens; null where the machine has no such protocol. */
  async listen(
    protocol: "tcp" | "udp4" | "udp6",
    paused = false,
  ): Promise<{ peer: number; port: number } | null> {
    const reply = await this.#ask({ kind: "listen", protocol, paused });
    return reply.kind === "listening" ? reply : null;
  }

  /** Lets a paused peer read. */
  async resume(peer: number): Promise<void> {
    await this.#ask({ kind: "resume", peer });
  }

  /** Makes a peer cut its connection. */
  async reset(peer: number): Promise<void> {
    await this.#ask({ kind: "reset", peer });
  }

  /** What a peer has, once this many bytes are there. */
  async received(peer: number, bytes: number): Promise<Arrived> {
    const reply = await this.#ask({ kind: "received", peer, bytes });
    if (reply.kind !== "received") throw new Error(`the peer answered ${reply.kind}`);
    return reply;
  }

  /** Ends the process. */
  stop(): void {
    this.#child.kill();
  }

  #ask(request: Without<PeerRequest>): Promise<PeerReply> {
    const id = this.#next;
    this.#next += 1;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () =>
          reject(new Error(`the peer process did not answer "${request.kind}" in ${PATIENCE} ms`)),
        PATIENCE,
      );
      this.#waiting.set(id, (reply) => {
        clearTimeout(timer);
        resolve(reply);
      });
      this.#child.send({ ...request, id });
    });
  }
}
