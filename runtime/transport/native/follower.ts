/**
 * Follows bytes that were handed over until they have come as far as they should. The kernel tells
 * nobody when bytes have left or were acknowledged, so it is asked, while there is something to
 * ask about: soon at first, then less often.
 */
import type { Reach } from "../../network/network.js";
import { SIOCOUTQ, SIOCOUTQNSD, SOL, TCP, TCP_CLOSE } from "./linux.js";
import type { System } from "./system.js";
import { ask, getInt } from "./system.js";

/** What a follower works for. */
export interface Followed {
  readonly reach: Reach;
  /** How many bytes the kernel has not taken yet. */
  waiting(): number;
  reached(bytes: number): void;
  /** The connection is no more, and bytes of it have not come far enough. */
  broken(): void;
}

/** How often the kernel is asked, in milliseconds. */
const SOON = 1;
const SELDOM = 32;

/** Follows the bytes of one connection. */
export class Follower {
  /** True once an end was sent, which the kernel counts as a byte. */
  isEnded = false;
  readonly #system: System;
  readonly #fd: number;
  readonly #for: Followed;
  // Bytes of which nothing was told yet.
  #open = 0;
  #timer: NodeJS.Timeout | null = null;
  #delay = SOON;
  #isStopped = false;

  constructor(system: System, fd: number, followed: Followed) {
    this.#system = system;
    this.#fd = fd;
    this.#for = followed;
  }

  /** The kernel has taken bytes. True where they are there already; else they are followed. */
  took(bytes: number): boolean {
    if (this.#for.reach === "accepted" && this.#open === 0) return true;
    if (this.#open === 0 && this.#inKernel() === 0) return true;
    this.holds(bytes);
    return false;
  }

  /** Bytes are on their way, in the kernel or before it. */
  holds(bytes: number): void {
    this.#open += bytes;
    if (this.#for.reach === "accepted" || this.#timer !== null) return;
    this.#delay = SOON;
    this.#wait();
  }

  /** Tells how far bytes have come since the last time. */
  look(): void {
    const left = this.#for.waiting() + this.#inKernel();
    const reached = this.#open - left;
    if (reached <= 0) return;
    this.#open = left;
    this.#for.reached(reached);
  }

  /** Tells nothing more. */
  stop(): void {
    this.#isStopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  // The timer keeps the process alive: somebody waits to be told.
  #wait(): void {
    this.#timer = setTimeout(this.#ask, this.#delay);
  }

  readonly #ask = (): void => {
    this.#timer = null;
    const before = this.#open;
    const state = getInt(this.#system, this.#fd, [SOL.TCP, TCP.INFO, 1]);
    if (state === TCP_CLOSE && this.#inKernel() > 0) this.#for.broken();
    else this.look();
    if (this.#isStopped || this.#open === 0) return;
    this.#delay = this.#open < before ? SOON : Math.min(this.#delay * 2, SELDOM);
    if (this.#timer === null) this.#wait();
  };

  /** How many bytes the kernel has, and has not brought far enough. */
  #inKernel(): number {
    const { reach } = this.#for;
    if (reach === "accepted") return 0;
    const bytes = ask(this.#system, this.#fd, reach === "sent" ? SIOCOUTQNSD : SIOCOUTQ);
    return this.isEnded ? Math.max(bytes - 1, 0) : bytes;
  }
}
