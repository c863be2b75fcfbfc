/** The wire log: what was put on the wire, what arrived, what was lost; a line each. */
import type { Endpoint } from "../../network/network.js";
import type { Clock } from "./clock.js";
import type { Settings } from "./options.js";

/** Put on the wire, arrived, lost, or said of what follows. */
export type Mark = ">" | "<" | "x" | "-";

/** An endpoint as text. */
export function textOf({ host, port }: Endpoint): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

/**
 * A wire log. Lines are shaped like those of packetdrill: the seconds since the line before, what
 * happened, from where to where, and what it was.
 */
export class WireLog {
  /** The lines that were kept. */
  readonly lines: string[] = [];
  readonly #clock: Clock;
  readonly #sink: ((line: string) => void) | null;
  #last = 0;

  constructor(clock: Clock, log: Settings["log"]) {
    this.#clock = clock;
    if (log === true) this.#sink = (line) => void this.lines.push(line);
    else this.#sink = log === false ? null : log;
  }

  /** False where nobody reads it, so that no text need be made. */
  get isOn(): boolean {
    return this.#sink !== null;
  }

  /** Writes a line. */
  write(mark: Mark, path: { readonly from: Endpoint; readonly to: Endpoint }, what: string): void {
    if (this.#sink === null) return;
    const passed = (this.#clock.now - this.#last) / 1_000_000;
    this.#last = this.#clock.now;
    this.#sink(`+${passed} ${mark} ${textOf(path.from)} > ${textOf(path.to)} ${what}`);
  }
}
