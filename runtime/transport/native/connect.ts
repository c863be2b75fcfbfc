/** Connecting: the address to come from is claimed at once, the rest takes its time. */
import { constants } from "node:os";
import type { Failure } from "../../network/failure.js";
import type { ConnectionEvents, ConnectRequest, Endpoint } from "../../network/network.js";
import { isFailure } from "../../network/network.js";
import { attempt } from "../../report.js";
import { endpointOf, localOf, sockaddrOf } from "./address.js";
import { NativeConnection } from "./connection.js";
import { SOCK } from "./linux.js";
import type { Sender } from "./sender.js";
import type { System } from "./system.js";
import { closeSocket, failureOfErrno, lastFailure, openSocket, takeError } from "./system.js";
import { Watch, WRITABLE } from "./watch.js";

/** An attempt at a connection. */
export class Attempt {
  readonly #system: System;
  readonly #sender: Sender;
  readonly #request: ConnectRequest;
  #fd = -1;
  #watch: Watch | null = null;
  #isOver = false;

  constructor(system: System, sender: Sender, request: ConnectRequest) {
    this.#system = system;
    this.#sender = sender;
    this.#request = request;
  }

  /** Begins. The request is told later, whatever happens. */
  start(): void {
    const begun = this.#begin();
    if (!isFailure(begun)) this.#waitFor(begun);
    else process.nextTick(() => this.#fail(begun));
  }

  /** Gives up; nothing is told any more. */
  cancel(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#letGo();
  }

  #begin(): { readonly to: Uint8Array } | Failure {
    const { libc } = this.#system;
    const to = sockaddrOf(this.#system, this.#request.to);
    if (isFailure(to)) return to;
    const fd = openSocket(this.#system, to, SOCK.STREAM);
    if (typeof fd !== "number") return fd;
    this.#fd = fd;
    const { from } = this.#request;
    if (from !== undefined) {
      const address = sockaddrOf(this.#system, from);
      if (isFailure(address)) return address;
      if (libc.bind(fd, address, address.length) < 0) return lastFailure(this.#system);
    }
    const connected = libc.connect(fd, to, to.length);
    const isUnderWay = connected === 0 || libc.errno() === constants.errno.EINPROGRESS;
    return isUnderWay ? { to } : lastFailure(this.#system);
  }

  #waitFor({ to }: { readonly to: Uint8Array }): void {
    const watch = new Watch(this.#system.libc, this.#fd);
    this.#watch = watch;
    watch.told = () => {
      const errno = takeError(this.#system, this.#fd);
      if (errno !== 0) return this.#fail(failureOfErrno(errno));
      this.#isOver = true;
      watch.want(0);
      this.#connected(watch, endpointOf(to));
    };
    watch.want(WRITABLE);
  }

  #connected(watch: Watch, remote: Endpoint): void {
    const [system, sender, fd] = [this.#system, this.#sender, this.#fd];
    const { reach, connected } = this.#request;
    const local = localOf(system, fd);
    const parts = { system, sender, fd, watch, local, remote, reach };
    const connection = new NativeConnection(parts);
    let events: ConnectionEvents | null = null;
    attempt(() => {
      events = connected(connection);
    });
    connection.open(events);
  }

  #fail(failure: Failure): void {
    if (this.#isOver) return;
    this.cancel();
    attempt(() => this.#request.connected(failure));
  }

  #letGo(): void {
    this.#watch?.close();
    if (this.#fd >= 0) closeSocket(this.#system, this.#fd, false);
    this.#fd = -1;
  }
}
