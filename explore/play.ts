/** A world for unit tests: calls answer what a script says, or else success at once. */
import type { Breach } from "../monitor/index.js";
import { Monitor } from "../monitor/index.js";
import type { EventOf, TraceEvent } from "../trace/format.js";
import { TRACE_VERSION } from "../trace/format.js";
import { formatEvent } from "../trace/write.js";
import { Given } from "./choices.js";
import type { RunOptions } from "./run.js";
import type { Stubs } from "./script.js";
import { timelineOf } from "./timeline.js";
import type { Made, World } from "./world.js";
import { makeWorld } from "./world.js";

/** A world in which one test plays. */
export class Play {
  readonly #made: Made = makeWorld();
  readonly #events: TraceEvent[] = [];
  readonly #breaches: Breach[] = [];
  readonly #monitor: Monitor;

  constructor(options: RunOptions) {
    const { profile, strength = "must" } = options;
    const header: EventOf<"trace"> = {
      event: "trace",
      version: TRACE_VERSION,
      producer: "wskit",
      profile,
    };
    this.#monitor = new Monitor(options, (breach) => {
      if (breach.strength === "must" || breach.strength === strength) this.#breaches.push(breach);
    });
    const { core, sends } = this.#made;
    core.journal.begin((event) => {
      this.#events.push(event);
      this.#monitor.see(this.#events.length, event);
    });
    core.begin(new Given([]), 0);
    sends.begin();
    core.journal.event(header);
  }

  /** What the code that is tested calls. */
  get world(): World {
    return this.#made.world;
  }

  /** Says what calls answer. */
  get stub(): Stubs {
    return this.#made.world.stub;
  }

  /** Lets happen what is due, and ends the play: what is still owed is a breach. */
  settle(): void {
    this.#made.core.settle();
    this.#monitor.end(this.#events.length + 1);
  }

  /** The rules that were broken so far. */
  get breaches(): readonly Breach[] {
    return this.#breaches;
  }

  /** What has happened, for people. */
  get timeline(): string {
    return timelineOf({ events: this.#events, breaches: this.#breaches, failure: null });
  }

  /** What has happened, for `wskit check`: a JSON object a line. */
  get trace(): string {
    return this.#events.map((event) => `${formatEvent(event)}\n`).join("");
  }
}

/** A world for one unit test. */
export const createWorld = (options: RunOptions = {}): Play => new Play(options);
