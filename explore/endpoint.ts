/** The far side of a socket: what is pending there, and whether it still works. */
import type { Core, Mishap } from "./core.js";
import type { WSAOVERLAPPED } from "../generated/index.js";
import type { Sum } from "./digest.js";

/** Told of the end of an operation: WPUCompleteOverlappedRequest, as a switch has it. */
export type Notify = (lpOverlapped: WSAOVERLAPPED, dwError: number, cbTransferred: number) => void;

/** An operation, as far as its socket minds. */
export interface Pending {
  readonly entry: { readonly sum: Sum };
  readonly language: { readonly failure: number; readonly cancelled: number };
  readonly isOver: boolean;
  fails(code: number): void;
}

/** What a socket or descriptor leads to. */
export class Endpoint implements Mishap {
  readonly #core: Core;
  readonly name: string;
  readonly pending = new Set<Pending>();
  /** All operations that were ever begun on it. */
  readonly all: Pending[] = [];
  readonly notify: Notify | null;
  /** True once it no longer works: pending operations fail, calls are answered accordingly. */
  isDead = false;

  constructor(core: Core, name: string, notify: Notify | null = null) {
    this.#core = core;
    this.name = name;
    this.notify = notify;
    core.mishaps.push(this);
  }

  get what(): string {
    return `the peer resets ${this.name}`;
  }

  /** A reset that nobody notices is none. */
  get isPossible(): boolean {
    return this.pending.size > 0 && !this.isDead;
  }

  /** The peer resets the connection. */
  happen(): void {
    this.#core.journal.note(this.what);
    this.#core.coverage.event("reset by the peer");
    this.die();
  }

  /** It works no longer; whatever is pending will fail. */
  die(): void {
    this.isDead = true;
    for (const operation of this.pending) operation.fails(operation.language.failure);
  }

  /** Whatever is pending will be cancelled. */
  cancel(): void {
    for (const operation of this.pending) operation.fails(operation.language.cancelled);
  }

  /** What happens to the socket as a whole concerns all its operations. */
  concerns(code: number): void {
    this.#core.journal.concerns(
      this.all.map(({ entry }) => entry.sum),
      code,
    );
  }
}
