/** Which event callbacks of a socket are on, and which run at the moment. */
import { attempt } from "../report.js";

/** The switches; an event is a bit of WSK_EVENT_MASKS. */
export class EventSwitches {
  /** Events that are on for good, by WSK_SET_STATIC_EVENT_CALLBACKS. */
  readonly always: number;
  #on = 0;
  #running: number[] = [];
  #waiting: { readonly event: number; readonly done: () => void }[] = [];

  constructor(always: number) {
    this.always = always;
  }

  /** The events that are on. */
  get mask(): number {
    return this.#on | this.always;
  }

  /** True where a callback is to be called. */
  has(event: number): boolean {
    return (this.mask & event) !== 0;
  }

  /** Switches events on. */
  enable(events: number): void {
    this.#on |= events;
  }

  /** Switches an event off; true where no call of its callback runs. */
  disable(event: number): boolean {
    this.#on &= ~event;
    return !this.#running.includes(event);
  }

  /** Calls back when no call of the event's callback runs, or none at all with 0. */
  whenIdle(event: number, done: () => void): void {
    this.#waiting.push({ event, done });
    this.#wake();
  }

  /** Runs a callback. What it throws is reported, and undefined comes back. */
  run<T>(event: number, callback: () => T): T | undefined {
    let returned: T | undefined;
    this.#running.push(event);
    attempt(() => {
      returned = callback();
    });
    this.#running.splice(this.#running.lastIndexOf(event), 1);
    this.#wake();
    return returned;
  }

  #wake(): void {
    if (this.#waiting.length === 0) return;
    const running = this.#running;
    const isIdle = (event: number): boolean =>
      event === 0 ? running.length === 0 : !running.includes(event);
    const ready = this.#waiting.filter(({ event }) => isIdle(event));
    this.#waiting = this.#waiting.filter(({ event }) => !isIdle(event));
    for (const { done } of ready) attempt(done);
  }
}
