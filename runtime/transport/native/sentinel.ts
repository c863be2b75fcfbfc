/**
 * Notices connections that break after their peer has ended: there is nothing to read any more, and
 * the event loop watches only for what can be read or written. An epoll of its own tells of errors
 * alone; the event loop watches that.
 */
import type { Libc } from "./libc.js";
import { EPOLL } from "./linux.js";
import { READABLE, Watch } from "./watch.js";

/** How many are told of at once. */
const EVENTS = 32;
/** An epoll_event has no padding on x64. */
const [SIZE, DATA] = process.arch === "x64" ? [12, 4] : [16, 8];

/** Watches descriptors for errors; it keeps no process alive. */
export class Sentinel {
  readonly #libc: Libc;
  readonly #told = new Map<number, () => void>();
  readonly #events = new Uint8Array(EVENTS * SIZE);
  readonly #fields = new DataView(this.#events.buffer);
  #fd = -1;
  #watch: Watch | null = null;

  constructor(libc: Libc) {
    this.#libc = libc;
  }

  /** Watches a descriptor until it has told once, or is forgotten. */
  watch(fd: number, told: () => void): void {
    if (this.#watch === null) this.#open();
    this.#told.set(fd, told);
    this.#fields.setUint32(0, EPOLL.ONESHOT, true);
    this.#fields.setUint32(DATA, fd, true);
    this.#libc.epoll_ctl(this.#fd, EPOLL.CTL_ADD, fd, this.#events);
  }

  /** Forgets a descriptor, before it is closed. */
  forget(fd: number): void {
    if (!this.#told.delete(fd)) return;
    this.#libc.epoll_ctl(this.#fd, EPOLL.CTL_DEL, fd, this.#events);
    if (this.#told.size > 0) return;
    this.#watch?.close();
    this.#watch = null;
    this.#libc.close(this.#fd);
  }

  #open(): void {
    this.#fd = this.#libc.epoll_create1(EPOLL.CLOEXEC);
    const watch = new Watch(this.#libc, this.#fd);
    this.#watch = watch;
    watch.told = () => this.#tell();
    watch.want(READABLE);
    watch.unref();
  }

  #tell(): void {
    const count = this.#libc.epoll_wait(this.#fd, this.#events, EVENTS, 0);
    const fds = Array.from({ length: Math.max(count, 0) }, (_, i) =>
      this.#fields.getUint32(i * SIZE + DATA, true),
    );
    for (const fd of fds) this.#told.get(fd)?.();
  }
}
