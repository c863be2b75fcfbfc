/** A UDP socket. The kernel is asked at once; a datagram waits only where there is no room. */
import { constants } from "node:os";
import { lengthOf } from "../../../support/index.js";
import { longestDatagram } from "../../network/addresses.js";
import type { Failure } from "../../network/failure.js";
import { BAD_CONTROL, CANCELLED, failureNamed } from "../../network/failure.js";
import type {
  BindRequest, Datagram, Endpoint, Port, PortEvents, PortRequest,
  Waiting,
} from "../../network/network.js"; // prettier-ignore
import { DONE, isFailure, TAKEN } from "../../network/network.js";
import { attempt } from "../../report.js";
import { localOf, sockaddrOf } from "./address.js";
import { Controls, isControl } from "./control.js";
import type { Address } from "./libc.js";
import { AF, MSG, SO, SOCK, SOL } from "./linux.js";
import { Message } from "./message.js";
import { bounceOf, Ear } from "./received.js";
import { join } from "./sender.js";
import type { System } from "./system.js";
import { failureOfErrno, isLater, lastFailure, openSocket, setInt, takeError } from "./system.js";
import { BROKEN, READABLE, Watch, WRITABLE } from "./watch.js";

const FLAGS = MSG.DONTWAIT | MSG.NOSIGNAL;
/** How many datagrams are read before others have their turn. */
const READS = 64;
const EMPTY = new Uint8Array(0);
const NOWHERE: Target = { host: "", port: -1, sockaddr: EMPTY, address: 0n };
const { EINVAL } = constants.errno;

/** Where datagrams go, and where its sockaddr is. */
interface Target extends Endpoint {
  readonly sockaddr: Uint8Array;
  readonly address: Address;
}

/** A datagram on its way to the kernel. */
interface Outgoing {
  readonly chunks: readonly Uint8Array[];
  readonly bytes: number;
  readonly to: Target;
  /** As Linux wants it. */
  readonly control: Uint8Array | null;
}

/** A socket that sends and receives datagrams. */
export class NativePort implements Port {
  readonly local: Endpoint;
  readonly carriesControl = true;
  readonly maxDatagram: number;
  readonly #system: System;
  readonly #family: 4 | 6;
  readonly #fd: number;
  readonly #events: PortEvents;
  readonly #watch: Watch;
  readonly #ear: Ear;
  readonly #message: Message;
  readonly #controls: Controls;
  readonly #waiting: (Outgoing & { readonly waiting: Waiting })[] = [];
  // Where the datagram before went: most go there again.
  #last = NOWHERE;
  #isPaused = false;
  #isClosed = false;

  private constructor(system: System, fd: number, events: PortEvents) {
    this.#system = system;
    this.#fd = fd;
    this.#events = events;
    this.local = localOf(system, fd);
    this.#family = this.local.host.includes(":") ? 6 : 4;
    this.maxDatagram = longestDatagram(this.local.host);
    this.#ear = new Ear(system, fd, this.#family);
    this.#message = new Message(system.libc, 1);
    this.#controls = new Controls(this.#family);
    this.#watch = new Watch(system.libc, fd);
    this.#watch.told = (what) => this.#told(what);
  }

  /** Binds. The request is told later. */
  static bind(system: System, request: BindRequest): void {
    const fd = boundSocket(system, request);
    process.nextTick(() => {
      if (typeof fd !== "number") return attempt(() => request.bound(fd));
      const port = new NativePort(system, fd, request.events);
      attempt(() => request.bound(port));
      port.#watchOn();
    });
  }

  /** The same, told at once. */
  static bindNow(system: System, request: PortRequest): NativePort | Failure {
    const fd = boundSocket(system, request);
    if (typeof fd !== "number") return fd;
    const port = new NativePort(system, fd, request.events);
    port.#watchOn();
    return port;
  }

  send(datagram: Datagram, waiting: Waiting): typeof DONE | typeof TAKEN | Failure {
    const { chunks, to, control } = datagram;
    if (this.#isClosed) return CANCELLED;
    const last = this.#last;
    if (to.port !== last.port || to.host !== last.host) {
      const sockaddr = sockaddrOf(this.#system, to);
      if (isFailure(sockaddr)) return sockaddr;
      const address = this.#system.libc.address(sockaddr);
      this.#last = { host: to.host, port: to.port, sockaddr, address };
    }
    if (chunks.length === 1 && control === null && this.#waiting.length === 0) {
      const data = chunks[0] ?? EMPTY;
      const length = lengthOf(data);
      const { address, sockaddr } = this.#last;
      const sent = this.#system.libc.sendto(
        this.#fd,
        data,
        length,
        FLAGS,
        address,
        sockaddr.length,
      );
      if (sent === length) return DONE;
    }
    return this.#send(datagram, waiting);
  }

  setBroadcast(isAllowed: boolean): void {
    if (this.#family === 4) allowBroadcast(this.#system, this.#fd, isAllowed);
  }

  pause(): void {
    this.#isPaused = true;
    this.#watchOn();
  }

  resume(): void {
    this.#isPaused = false;
    this.#watchOn();
  }

  close(done: () => void): void {
    if (!this.#isClosed) {
      this.#isClosed = true;
      this.#watch.close();
      this.#system.libc.close(this.#fd);
      for (const { waiting } of this.#waiting.splice(0)) attempt(() => waiting.settle(CANCELLED));
    }
    attempt(done);
  }

  /** Sends with all that can be. */
  #send({ chunks, control }: Datagram, waiting: Waiting): typeof DONE | typeof TAKEN | Failure {
    const made = control === null ? null : this.#controls.translate(control);
    if (made !== null && !isControl(made)) return made;
    const bytes = chunks.reduce((sum, chunk) => sum + lengthOf(chunk), 0);
    if (bytes > this.#system.scratch.length) return failureNamed("EMSGSIZE");
    const outgoing: Outgoing = { chunks, bytes, to: this.#last, control: made };
    const handed = this.#waiting.length > 0 ? TAKEN : this.#hand(outgoing);
    if (handed === TAKEN) {
      this.#waiting.push({ ...outgoing, chunks: [...chunks], waiting });
      this.#watchOn();
    }
    return handed;
  }

  /** Hands a datagram to the kernel. An answer to an earlier one is no failure of this one. */
  #hand(outgoing: Outgoing): typeof DONE | typeof TAKEN | Failure {
    for (let again = false; ; again = true) {
      const errno = this.#transmit(outgoing);
      if (errno === 0) return DONE;
      if (isLater(errno)) return TAKEN;
      if (!again && this.#tellBounces(true) > 0) continue;
      const isControlWrong =
        errno === EINVAL && outgoing.control !== null && outgoing.to.port !== 0;
      return isControlWrong ? BAD_CONTROL : failureOfErrno(errno);
    }
  }

  /** Sends; returns a number of errno, or 0. */
  #transmit({ chunks, bytes, to, control }: Outgoing): number {
    const { libc, scratch } = this.#system;
    const [only = EMPTY] = chunks;
    const data = chunks.length > 1 ? scratch : only;
    if (chunks.length > 1) join(chunks, scratch);
    let sent;
    if (control === null) {
      sent = libc.sendto(this.#fd, data, bytes, FLAGS, to.address, to.sockaddr.length);
    } else {
      this.#message.point(0, data);
      this.#message.resize(0, bytes);
      this.#message.name(to.sockaddr);
      this.#message.control(control);
      sent = libc.sendmsg(this.#fd, this.#message.address, FLAGS);
    }
    return sent < 0 ? libc.errno() : 0;
  }

  #told(what: number): void {
    if ((what & BROKEN) !== 0) this.#broken();
    if ((what & READABLE) !== 0) this.#read();
    if ((what & WRITABLE) !== 0) this.#flush();
    this.#watchOn();
  }

  /** An error of which no answer is kept is told without one. */
  #broken(): void {
    if (this.#tellBounces(false) > 0 || this.#isClosed) return;
    const errno = takeError(this.#system, this.#fd);
    if (errno !== 0) attempt(() => this.#events.bounced(bounceOf(errno)));
  }

  #read(): void {
    for (let i = 0; i < READS && !this.#isPaused && !this.#isClosed; i++) {
      const heard = this.#ear.hear();
      if (heard !== null) {
        attempt(() => this.#events.received(heard.data, heard.from, heard.control));
      } else if (isLater(this.#system.libc.errno()) || this.#tellBounces(false) === 0) {
        return;
      }
    }
  }

  #flush(): void {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      const { chunks, bytes, waiting } = next;
      const isWhole = chunks.reduce((sum, chunk) => sum + lengthOf(chunk), 0) === bytes;
      const handed = isWhole ? this.#hand(next) : failureNamed("EFAULT");
      if (handed === TAKEN) return;
      this.#waiting.shift();
      attempt(() => waiting.settle(handed === DONE ? null : handed));
    }
  }

  /** Tells of datagrams that bounced, and returns how many there were. */
  #tellBounces(later: boolean): number {
    const failures = this.#ear.bounces();
    const tell = (): void => {
      for (const failure of failures) {
        if (!this.#isClosed) attempt(() => this.#events.bounced(failure));
      }
    };
    if (!later) tell();
    else if (failures.length > 0) process.nextTick(tell);
    return failures.length;
  }

  #watchOn(): void {
    if (this.#isClosed) return;
    const reads = this.#isPaused ? 0 : READABLE;
    this.#watch.want(reads | (this.#waiting.length > 0 ? WRITABLE : 0));
  }
}

function allowBroadcast(system: System, fd: number, isAllowed: boolean): void {
  setInt(system, fd, [SOL.SOCKET, SO.BROADCAST, isAllowed ? 1 : 0]);
}

function boundSocket(system: System, { at, broadcast = false }: PortRequest): number | Failure {
  const address = sockaddrOf(system, at);
  if (isFailure(address)) return address;
  const fd = openSocket(system, address, SOCK.DGRAM);
  if (typeof fd !== "number") return fd;
  if (broadcast && address[0] === AF.INET) allowBroadcast(system, fd, true);
  if (system.libc.bind(fd, address, address.length) === 0) return fd;
  const failure = lastFailure(system);
  system.libc.close(fd);
  return failure;
}
