/** Listening: connections are taken as they come, and told of one by one. */
import { constants } from "node:os";
import type { Failure } from "../../network/failure.js";
import type { ConnectionEvents, Endpoint, Listener, ListenRequest } from "../../network/network.js";
import { isFailure } from "../../network/network.js";
import { attempt } from "../../report.js";
import { ADDRESS_SIZE, endpointOf, lengthOfAddress, localOf, sockaddrOf } from "./address.js";
import { NativeConnection } from "./connection.js";
import { SO, SOCK, SOL, TCP } from "./linux.js";
import type { Sender } from "./sender.js";
import type { System } from "./system.js";
import { closeSocket, isLater, lastFailure, openSocket, setInt } from "./system.js";
import { READABLE, Watch } from "./watch.js";

const BACKLOG = 511;
/** How many connections are taken before others have their turn. */
const ACCEPTS = 64;
/** How long nothing is taken where the process has no descriptors left, in milliseconds. */
const REST = 100;
const { EMFILE, ENFILE } = constants.errno;

/** A socket that listens. */
export class NativeListener implements Listener {
  readonly local: Endpoint;
  readonly #system: System;
  readonly #sender: Sender;
  readonly #request: ListenRequest;
  readonly #fd: number;
  readonly #watch: Watch;
  #isClosed = false;

  private constructor(
    [system, sender]: readonly [System, Sender],
    request: ListenRequest,
    fd: number,
  ) {
    this.#system = system;
    this.#sender = sender;
    this.#request = request;
    this.#fd = fd;
    this.local = localOf(system, fd);
    this.#watch = new Watch(system.libc, fd);
    this.#watch.told = () => this.#accept();
  }

  /** Listens. The request is told later. */
  static listen(system: System, sender: Sender, request: ListenRequest): void {
    const fd = listening(system, request);
    process.nextTick(() => {
      if (typeof fd !== "number") return attempt(() => request.listening(fd));
      const listener = new NativeListener([system, sender], request, fd);
      attempt(() => request.listening(listener));
      if (!listener.#isClosed) listener.#watch.want(READABLE);
    });
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#watch.close();
    this.#system.libc.close(this.#fd);
  }

  #accept(): void {
    const { libc } = this.#system;
    for (let i = 0; i < ACCEPTS && !this.#isClosed; i++) {
      const address = new Uint8Array(ADDRESS_SIZE);
      const flags = SOCK.NONBLOCK | SOCK.CLOEXEC;
      const fd = libc.accept4(this.#fd, address, lengthOfAddress(), flags);
      if (fd >= 0) {
        this.#open(fd, endpointOf(address));
        continue;
      }
      const errno = libc.errno();
      if (errno === EMFILE || errno === ENFILE) return this.#rest();
      // Others are about a connection that was gone before it was taken.
      if (isLater(errno)) break;
    }
    if (!this.#isClosed) this.#watch.want(READABLE);
  }

  #open(fd: number, remote: Endpoint): void {
    const [system, sender] = [this.#system, this.#sender];
    setInt(system, fd, [SOL.TCP, TCP.NODELAY, 1]);
    const { reach } = this.#request;
    const local = localOf(system, fd);
    const watch = new Watch(system.libc, fd);
    const connection = new NativeConnection({ system, sender, fd, watch, local, remote, reach });
    let events: ConnectionEvents | null = null;
    attempt(() => {
      events = this.#request.accepted(connection);
    });
    connection.open(events);
  }

  #rest(): void {
    this.#watch.want(0);
    setTimeout(() => {
      if (!this.#isClosed) this.#watch.want(READABLE);
    }, REST);
  }
}

function listening(system: System, { at, backlog = BACKLOG }: ListenRequest): number | Failure {
  const address = sockaddrOf(system, at);
  if (isFailure(address)) return address;
  const fd = openSocket(system, address, SOCK.STREAM);
  if (typeof fd !== "number") return fd;
  // Connections of an earlier listener that have ended do not count.
  setInt(system, fd, [SOL.SOCKET, SO.REUSEADDR, 1]);
  const { libc } = system;
  if (libc.bind(fd, address, address.length) === 0 && libc.listen(fd, backlog) === 0) return fd;
  const failure = lastFailure(system);
  closeSocket(system, fd, false);
  return failure;
}
