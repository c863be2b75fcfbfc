/** The C program beside which the runtime is measured, and the sink that everybody sends to. */
import type { ChildProcess } from "node:child_process";
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { cpus } from "node:os";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const SOURCE = fileURLToPath(new URL("floor.c", import.meta.url));
const FOLDER = fileURLToPath(new URL("../built", import.meta.url));
const PROGRAM = `${FOLDER}/runtime-floor`;

/** Builds the C program; null where there is no gcc. */
export function buildFloor(): string | null {
  mkdirSync(FOLDER, { recursive: true });
  const { status } = spawnSync("gcc", ["-O2", "-pthread", "-o", PROGRAM, SOURCE]);
  return status === 0 ? PROGRAM : null;
}

/** A child that is spoken to line by line. */
class Lines {
  readonly #child: ChildProcess;
  readonly #waiting: ((line: string) => void)[] = [];

  constructor(child: ChildProcess) {
    this.#child = child;
    if (child.stdout === null) throw new Error("A child without an output says nothing.");
    createInterface({ input: child.stdout }).on("line", (line) => this.#waiting.shift()?.(line));
  }

  next(): Promise<string> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  ask(question: string): Promise<string> {
    this.#child.stdin?.write(`${question}\n`);
    return this.next();
  }

  end(): void {
    this.#child.stdin?.end();
  }
}

/** The core of everybody who sends, and that of the sink. */
export const CORE = { senders: 0, sink: 1 } as const;

let pins: boolean | undefined;

/** True where processes can be kept on a core: a sink that wanders makes sends dear or cheap. */
export const canPin = (): boolean =>
  (pins ??= cpus().length > 1 && spawnSync("taskset", ["-c", "0,1", "true"]).status === 0);

/** A command line that stays on a core. */
export const pinned = (core: number, line: readonly string[]): readonly string[] =>
  canPin() ? ["taskset", "-c", String(core), ...line] : line;

function start(core: number, line: readonly string[]): Lines {
  const [program = "", ...args] = pinned(core, line);
  return new Lines(spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] }));
}

/** Where to send to. */
export interface Sink {
  readonly tcp: number;
  readonly udp: number;
  /** What reads. */
  readonly kind: "C" | "Node";
  close(): void;
}

/** Starts the sink: that of C where it could be built, else one of Node. */
export async function startSink(program: string | null): Promise<Sink> {
  const script = fileURLToPath(new URL("sink.ts", import.meta.url));
  const node = [process.execPath, "--import", "tsx", script];
  const lines = start(CORE.sink, program === null ? node : [program, "sink"]);
  const [tcp = 0, udp = 0] = (await lines.next()).split(" ").map(Number);
  return { tcp, udp, kind: program === null ? "Node" : "C", close: () => lines.end() };
}

/** Sends by C, in a process of its own, with a clock of its own. */
export interface Floor {
  /** The nanoseconds that so many sends took. */
  send(kind: "tcp" | "udp", bytes: number, times: number): Promise<number>;
  close(): void;
}

/** Starts the C sender. */
export function startFloor(program: string, { tcp, udp }: Sink): Floor {
  const lines = start(CORE.senders, [program, "send", String(tcp), String(udp)]);
  return {
    send: async (kind, bytes, times) => Number(await lines.ask(`${kind} ${bytes} ${times}`)),
    close: () => lines.end(),
  };
}
