/** One run of a program: quickly, or with its events and what the monitor says to them. */
import type { Breach, MonitorOptions } from "../monitor/index.js";
import { Monitor } from "../monitor/index.js";
import type { EventOf, TraceEvent } from "../trace/format.js";
import { TRACE_VERSION } from "../trace/format.js";
import type { Choices } from "./choices.js";
import type { ProgramFailure } from "./failure.js";
import { failureOf, Stopped } from "./failure.js";
import type { Made, Program, World } from "./world.js";
import { makeWorld } from "./world.js";

/** How a run went, as far as it is known without its events. */
export interface Ran {
  readonly failure: ProgramFailure | null;
  /** Runs with the same number look the same to all rules. */
  readonly total: number;
}

/** How a run went, with all that happened. */
export interface Watched {
  readonly failure: ProgramFailure | null;
  readonly breaches: readonly Breach[];
  /** The events, after the first line of a trace. */
  readonly events: readonly TraceEvent[];
}

/** Which breaches count. */
export interface RunOptions extends Pick<MonitorOptions, "profile" | "only" | "ignore"> {
  /** `should` counts what a profile recommends, too; left out, only what it demands. */
  readonly strength?: "must" | "should";
  /**
   * Has a call that fails complete its IRP after its return as well: no page says that it is done
   * before, though programs that wait for STATUS_PENDING alone count on it. Left out, it is.
   */
  readonly lateFailures?: boolean;
}

/** Runs a program again and again. */
export class Runner {
  readonly #made: Made = makeWorld();
  readonly #program: Program;
  readonly #options: RunOptions;

  constructor(program: Program, options: RunOptions) {
    this.#program = program;
    this.#options = options;
  }

  /** What the program is given. */
  get world(): World {
    return this.#made.world;
  }

  /** What was seen in all runs. */
  get coverage(): Made["core"]["coverage"] {
    return this.#made.core.coverage;
  }

  /** Runs it, with so many rare things at most. */
  run(choices: Choices, rare: number): Ran {
    this.#made.core.journal.begin(null);
    const failure = this.#run(choices, rare);
    return { failure, total: this.#made.core.journal.total };
  }

  /** The same with its events; it ends with the first broken rule. */
  watch(choices: Choices, rare: number): Watched {
    const { core } = this.#made;
    const header = this.#header();
    const events: TraceEvent[] = [];
    const breaches: Breach[] = [];
    const monitor = new Monitor(this.#options, (breach) => {
      if (!this.#counts(breach)) return;
      breaches.push(breach);
      core.stop();
    });
    monitor.see(1, header);
    core.journal.begin((event) => {
      if (core.isStopped) return;
      events.push(event);
      monitor.see(events.length + 1, event);
    });
    core.coverage.isResting = true;
    const failure = this.#run(choices, rare);
    core.coverage.isResting = false;
    const isCut = core.isStopped || failure !== null;
    if (!isCut) monitor.end(events.length + 1);
    const first = isCut ? { ...header, cut: true } : header;
    return { failure, breaches, events: [first, ...events] };
  }

  #counts({ strength, suppressed }: Breach): boolean {
    if (suppressed !== null) return false;
    return strength === "must" || (strength === "should" && this.#options.strength === "should");
  }

  #header(): EventOf<"trace"> {
    const { profile } = this.#options;
    const header = { event: "trace", version: TRACE_VERSION, producer: "wskit explore" } as const;
    return profile === undefined ? header : { ...header, profile };
  }

  #run(choices: Choices, rare: number): ProgramFailure | null {
    const { core, sends, world } = this.#made;
    core.begin(choices, rare);
    core.hasLateFailures = this.#options.lateFailures === true;
    sends.begin();
    try {
      const returned: unknown = this.#program(world);
      if (returned instanceof Promise) throw new TypeError(ASYNC);
      core.settle();
    } catch (thrown) {
      if (!(thrown instanceof Stopped)) return core.failure ?? failureOf(thrown);
    }
    return core.failure;
  }
}

const ASYNC =
  "a program that is explored is no async function: KeWaitForSingleObject waits without await";
