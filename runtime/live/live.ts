/** Watches the runtime while a program runs: judges what it does, and writes a trace of it. */
import type { Breach } from "../../monitor/breach.js";
import { Monitor } from "../../monitor/monitor.js";
import type { MonitorOptions } from "../../monitor/monitor.js";
import { Recorder } from "../../monitor/recorder.js";
import { ContractError, isRecord } from "../../support/index.js";
import type { TraceEvent } from "../../trace/format.js";
import { formatEvent, headerOf } from "../../trace/write.js";
import { Irp } from "../io/irp.js";
import { attempt, reportError } from "../report.js";
import { RuntimeViolation } from "../violation.js";
import { WskSocketBase } from "../wsk/socket.js";
import type { Observer } from "./observer.js";
import { observe, observeNoMore } from "./observer.js";
import { TraceFile } from "./trace-file.js";

/** What is done about breaches: thrown where they show, kept, or not looked for. */
export type MonitorMode = "throw" | "collect" | "off";

const MODES: readonly MonitorMode[] = ["throw", "collect", "off"];

/** How a program is watched. */
export interface LiveOptions extends MonitorOptions {
  /** `collect` when left out. */
  readonly monitor?: MonitorMode;
  /** The file that a trace is written to. */
  readonly recordTo?: string;
  /** Told of each breach as it shows. */
  readonly onBreach?: (breach: Breach) => void;
  /** Told of each event; `wskit check` accepts their lines. */
  readonly onEvent?: (event: TraceEvent) => void;
}

/** A breach that shows while `monitor` is `throw`. */
export class MonitorViolation extends ContractError {
  override readonly name = "MonitorViolation";
  readonly breach: Breach;

  constructor(breach: Breach) {
    super(breach.call?.function ?? "the program", breach.message);
    this.breach = breach;
  }
}

/** A program that is being watched. */
export interface LiveMonitor {
  /** What has shown so far. */
  readonly breaches: readonly Breach[];
  /** Ends it: what is still owed is told, and the trace is whole. Returns all breaches. */
  stop(): readonly Breach[];
}

/**
 * Watches the calls of sockets and providers that are made from now on, and what happens to their
 * IRPs, MDLs and overlapped structures. One such watch at a time; throws where there is one.
 */
export function monitorRuntime(options: LiveOptions = {}): LiveMonitor {
  return new Live(options);
}

/** Writes what the runtime does from now on to a file, as `wskit check` reads it. */
export const recordTo = (file: string): LiveMonitor =>
  monitorRuntime({ monitor: "off", recordTo: file });

class Live implements LiveMonitor, Observer {
  readonly breaches: Breach[] = [];
  readonly #monitor: Monitor | null;
  readonly #isThrown: boolean;
  readonly #file: TraceFile | null;
  readonly #recorder: Recorder;
  readonly #options: LiveOptions;
  #line = 0;
  #isOver = false;
  /** Breaches that have shown in the current event. */
  #news: Breach[] = [];

  constructor(options: LiveOptions) {
    const { monitor = "collect", recordTo: file } = options;
    if (!MODES.includes(monitor)) {
      throw new RangeError(`expected monitor to be one of ${MODES.join(", ")}: ${String(monitor)}`);
    }
    this.#options = options;
    this.#isThrown = monitor === "throw";
    this.#monitor = monitor === "off" ? null : new Monitor(options, (of) => this.#tell(of));
    this.#recorder = new Recorder((event) => this.#see(event), factsOf);
    this.#file = file === undefined ? null : new TraceFile(file);
    observe(this);
    this.#see(headerOf("wskit/runtime"));
  }

  stop(): readonly Breach[] {
    if (this.#isOver) return this.breaches;
    this.#isOver = true;
    observeNoMore();
    this.#monitor?.end(this.#line);
    this.#file?.close();
    return this.breaches;
  }

  readonly enter = (name: string, args: Readonly<Record<string, unknown>>): number => {
    const { Socket } = args;
    const isWsk = Socket instanceof WskSocketBase;
    const id = this.#recorder.call(name, args, isWsk ? { irql: Socket.environment.irql } : {});
    const [first] = this.#takeNews();
    if (first === undefined || !this.#isThrown) return id;
    // The call is not made.
    this.#recorder.event({ event: "refused", id, reason: first.message });
    throw new MonitorViolation(first);
  };

  readonly leave = (
    id: number,
    returned: unknown,
    args: Readonly<Record<string, unknown>>,
  ): void => {
    if (typeof returned !== "number") return;
    const { lpErrno, lpNumberOfBytesSent: count } = args;
    const error = returned === -1 && isRecord(lpErrno) ? Number(lpErrno["value"]) : undefined;
    const bytes = isRecord(count) ? count["value"] : undefined;
    this.#recorder.returned(id, returned, {
      ...(error === undefined ? {} : { error }),
      ...(bytes === undefined ? {} : { out: { lpNumberOfBytesSent: bytes } }),
    });
    this.#reportNews();
  };

  readonly refuse = (id: number, error: unknown): void => {
    this.#recorder.event({ event: "refused", id, ...refusalOf(error) });
    // Whoever has called is told by the error itself.
    this.#takeNews();
  };

  readonly refusedTo = (object: object, error: unknown): void => {
    const ref = this.#recorder.known(object);
    if (ref === undefined) return;
    this.#recorder.event({ event: "refused", ref, ...refusalOf(error) });
    this.#takeNews();
  };

  readonly happened: Observer["happened"] = (event, object) => {
    this.#recorder.happens(event, object);
    this.#reportNews();
  };

  readonly completed: Observer["completed"] = (object, status, information) => {
    const irp = this.#recorder.known(object);
    if (irp !== undefined) this.#recorder.event({ event: "complete", irp, status, information });
    this.#reportNews();
  };

  readonly routine: Observer["routine"] = (object, returned) => {
    const irp = this.#recorder.known(object);
    if (irp !== undefined) this.#recorder.event({ event: "routine", irp, returned });
    this.#reportNews();
  };

  readonly ended: Observer["ended"] = (object, { error, bytes, isNotified }) => {
    const overlapped = this.#recorder.known(object);
    if (overlapped === undefined) return;
    const how = { overlapped, error, information: bytes };
    this.#recorder.event(
      isNotified ? { event: "notify", ...how, ofSwitch: true } : { event: "complete", ...how },
    );
    this.#reportNews();
  };

  readonly result: Observer["result"] = (object, information) => {
    const overlapped = this.#recorder.known(object);
    if (overlapped !== undefined)
      this.#recorder.event({ event: "result", overlapped, information });
    this.#reportNews();
  };

  #see(event: TraceEvent): void {
    if (this.#isOver) return;
    this.#line += 1;
    this.#file?.write(formatEvent(event));
    this.#monitor?.see(this.#line, event);
    const { onEvent } = this.#options;
    if (onEvent !== undefined) attempt(() => onEvent(event));
  }

  #tell(breach: Breach): void {
    this.breaches.push(breach);
    if (breach.strength === "must") this.#news.push(breach);
    const { onBreach } = this.#options;
    if (onBreach !== undefined) attempt(() => onBreach(breach));
  }

  /** In the middle of the runtime's work: as errors of completion routines are. */
  #reportNews(): void {
    for (const breach of this.#takeNews()) {
      if (this.#isThrown) reportError(new MonitorViolation(breach));
    }
  }

  #takeNews(): readonly Breach[] {
    const news = this.#news;
    if (news.length > 0) this.#news = [];
    return news;
  }
}

/** Why something was refused: by which rule of the runtime, where it is none of the contract. */
function refusalOf(error: unknown): { readonly rule?: string; readonly reason: string } {
  const message = error instanceof Error ? error.message : "it threw";
  if (!(error instanceof RuntimeViolation)) return { reason: message };
  const rule = `runtime/${error.rule}`;
  return { rule, reason: message.replace(` [${rule}]`, "") };
}

/** What the runtime knows of its objects. */
function factsOf(object: object): Readonly<Record<string, unknown>> {
  if (object instanceof Irp) return object.told;
  if (object instanceof WskSocketBase) return stateOf(object);
  return {};
}

/** Facts of a socket, by their second words. */
function stateOf(socket: WskSocketBase): Readonly<Record<string, unknown>> {
  const facts = Object.entries(socket.facts()).filter(([name]) => name.startsWith("socket."));
  return Object.fromEntries(facts.map(([name, value]) => [name.slice("socket.".length), value]));
}
