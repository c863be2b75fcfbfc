/**
 * A TCP connection. The kernel is asked first: what it takes at once is done, and only the rest
 * waits here, in order, until there is room.
 */
import { lengthOf } from "../../../support/index.js";
import type { Failure } from "../../network/failure.js";
import { CANCELLED, FAULT, RESET, SHUT_DOWN } from "../../network/failure.js";
import type {
  Connection, ConnectionEvents, Endpoint, Handed, Reach,
} from "../../network/network.js"; // prettier-ignore
import { DONE, FULL, TAKEN } from "../../network/network.js";
import { attempt } from "../../report.js";
import { Follower } from "./follower.js";
import type { Libc } from "./libc.js";
import { MSG, SHUT_WR } from "./linux.js";
import { Rest } from "./rest.js";
import type { Sender } from "./sender.js";
import type { System } from "./system.js";
import { closeSocket, failureOfErrno, isLater, takeError } from "./system.js";
import type { Watch } from "./watch.js";
import { BROKEN, READABLE, WRITABLE } from "./watch.js";

/** What a connection is made of. */
export interface ConnectionParts {
  readonly system: System;
  readonly sender: Sender;
  readonly fd: number;
  readonly watch: Watch;
  readonly local: Endpoint;
  readonly remote: Endpoint;
  readonly reach: Reach;
}

const FLAGS = MSG.DONTWAIT | MSG.NOSIGNAL;
/** How often a connection reads before others have their turn. */
const READS = 16;

/** A connection over a descriptor of its own. */
export class NativeConnection implements Connection {
  readonly local: Endpoint;
  readonly remote: Endpoint;
  readonly #libc: Libc;
  readonly #fd: number;
  readonly #parts: ConnectionParts;
  readonly #rest = new Rest();
  readonly #follower: Follower;
  #events: ConnectionEvents | null = null;
  // True where a write must look at more than what the kernel says.
  #isSlow: boolean;
  #end: "no" | "asked" | "sent" = "no";
  #failure: Failure | null = null;
  #isPaused = false;
  #hasPeerEnded = false;

  constructor(parts: ConnectionParts) {
    const { system, fd, reach, local, remote } = parts;
    this.#parts = parts;
    this.#libc = system.libc;
    this.#fd = fd;
    this.local = local;
    this.remote = remote;
    this.#isSlow = reach !== "accepted";
    this.#follower = new Follower(system, fd, {
      reach,
      waiting: () => this.#rest.bytes,
      reached: (bytes) => this.#events?.reached(bytes),
      broken: () => this.#broken(RESET),
    });
  }

  /** Begins to tell; without anybody to tell, the connection is cut. */
  open(events: ConnectionEvents | null): void {
    if (this.#failure !== null) return;
    if (events === null) return this.abort();
    this.#events = events;
    this.#parts.watch.told = (what) => this.#told(what);
    this.#watch();
  }

  writeOne(chunk: Uint8Array): Handed {
    // Its own `length` could say more than there is.
    const length = lengthOf(chunk);
    if (this.#isSlow) return this.#write([chunk], length);
    const sent = this.#libc.send(this.#fd, chunk, length, FLAGS);
    return sent === length ? DONE : this.#sent(sent, [chunk], length);
  }

  write(chunks: readonly Uint8Array[]): Handed {
    let bytes = 0;
    for (const chunk of chunks) bytes += lengthOf(chunk);
    return this.#write(chunks, bytes);
  }

  end(): void {
    if (this.#end !== "no" || this.#failure !== null) return;
    this.#isSlow = true;
    this.#end = "asked";
    if (this.#rest.bytes > 0) return;
    this.#shut();
    process.nextTick(() => this.#tellLater(() => this.#events?.endSent()));
  }

  pause(): void {
    this.#isPaused = true;
    this.#watch();
  }

  resume(): void {
    this.#isPaused = false;
    this.#watch();
  }

  close(): void {
    this.#release(CANCELLED, false);
  }

  abort(): void {
    this.#release(CANCELLED, true);
  }

  #write(chunks: readonly Uint8Array[], bytes: number): Handed {
    if (this.#failure !== null) return this.#failure;
    if (this.#end !== "no") return SHUT_DOWN;
    if (this.#rest.bytes > 0) return this.#sent(0, chunks, bytes);
    return this.#sent(this.#parts.sender.send(this.#fd, chunks, bytes), chunks, bytes);
  }

  /** What became of a write of which the kernel has taken so much; -1 where it has failed. */
  #sent(sent: number, chunks: readonly Uint8Array[], bytes: number): Handed {
    if (bytes === 0) return DONE;
    if (sent === bytes) return this.#follower.took(bytes) ? DONE : TAKEN;
    if (sent < 0) {
      const errno = this.#libc.errno();
      if (!isLater(errno)) {
        const failure = failureOfErrno(errno);
        if (failure === FAULT) return failure;
        // This answer is all that is told of the loss.
        this.#release(failure, true);
        return failure;
      }
    }
    this.#follower.holds(bytes);
    this.#rest.push(chunks, Math.max(sent, 0));
    this.#isSlow = true;
    this.#watch();
    return FULL;
  }

  #told(what: number): void {
    if ((what & BROKEN) !== 0) this.#broken(null);
    if ((what & READABLE) !== 0) this.#read();
    if ((what & WRITABLE) !== 0) this.#flush();
    this.#watch();
  }

  /** What has arrived before a connection breaks still counts. Without an error, `otherwise`. */
  #broken(otherwise: Failure | null): void {
    if (!this.#isPaused && !this.#hasPeerEnded) this.#read();
    if (this.#failure !== null) return;
    const errno = takeError(this.#parts.system, this.#fd);
    const failure = errno === 0 ? otherwise : failureOfErrno(errno);
    if (failure !== null) this.#lost(failure);
  }

  #read(): void {
    const { scratch } = this.#parts.system;
    for (let i = 0; i < READS; i++) {
      if (this.#isPaused || this.#hasPeerEnded || this.#failure !== null) return;
      const count = this.#libc.recv(this.#fd, scratch, scratch.length, MSG.DONTWAIT);
      if (count < 0) {
        const errno = this.#libc.errno();
        if (!isLater(errno)) this.#lost(failureOfErrno(errno));
        return;
      }
      if (count === 0) {
        this.#hasPeerEnded = true;
        this.#parts.system.sentinel.watch(this.#fd, () => this.#broken(null));
        return attempt(() => this.#events?.ended());
      }
      const data = scratch.slice(0, count);
      attempt(() => this.#events?.received(data));
      if (count < scratch.length) return;
    }
  }

  #flush(): void {
    const rest = this.#rest;
    if (this.#failure !== null || rest.bytes === 0) return;
    while (rest.bytes > 0) {
      const sent = this.#parts.sender.sendRest(this.#fd, rest);
      if (sent === null) return this.#lost(FAULT);
      if (sent < 0) {
        const errno = this.#libc.errno();
        if (!isLater(errno)) return this.#lost(failureOfErrno(errno));
        break;
      }
      rest.take(sent);
    }
    attempt(() => this.#follower.look());
    if (rest.bytes > 0 || this.#failure !== null) return;
    if (this.#end === "asked") {
      this.#shut();
      attempt(() => this.#events?.endSent());
    } else if (this.#end === "no") {
      this.#isSlow = this.#parts.reach !== "accepted";
      attempt(() => this.#events?.writable());
    }
  }

  #shut(): void {
    this.#end = "sent";
    this.#follower.isEnded = true;
    this.#libc.shutdown(this.#fd, SHUT_WR);
  }

  #watch(): void {
    if (this.#failure !== null || this.#events === null) return;
    const reads = !this.#isPaused && !this.#hasPeerEnded;
    this.#parts.watch.want((reads ? READABLE : 0) | (this.#rest.bytes > 0 ? WRITABLE : 0));
  }

  #tellLater(tell: () => void): void {
    if (this.#failure === null) attempt(tell);
  }

  /** Tells of a loss, once; the descriptor is of no use any more. */
  #lost(failure: Failure): void {
    if (this.#failure !== null) return;
    const events = this.#events;
    this.#release(failure, true);
    attempt(() => events?.failed(failure));
  }

  #release(failure: Failure, reset: boolean): void {
    if (this.#failure !== null) return;
    this.#failure = failure;
    this.#isSlow = true;
    this.#events = null;
    this.#follower.stop();
    this.#parts.watch.close();
    if (this.#hasPeerEnded) this.#parts.system.sentinel.forget(this.#fd);
    closeSocket(this.#parts.system, this.#fd, reset);
  }
}
