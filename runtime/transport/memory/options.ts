/** How a network in memory is asked for. */
import { requireNames } from "../../option-names.js";

/**
 * How long something is under way, in milliseconds: always the same; evenly between two; or at
 * least `min`, and `mean` in the mean, exponentially distributed.
 */
export type Delay =
  | number
  | { readonly min: number; readonly max: number }
  | { readonly min: number; readonly mean: number };

/** What a network in memory is like. Each option has a default; times are virtual milliseconds. */
export interface MemoryOptions {
  /** Everything random is made of it: an integer, 0 where left out. */
  readonly seed?: number;
  /** How long each segment and datagram is under way; 0.1 where left out. */
  readonly delay?: Delay;
  /** How likely a datagram is lost, 0 to 1; 0 where left out. */
  readonly loss?: number;
  /** How likely a segment with data is answered by a reset, 0 to 1; 0 where left out. */
  readonly reset?: number;
  /** The longest datagram, in bytes; 65,507 where left out, over IPv6 65,527. */
  readonly maxDatagram?: number;
  /** The longest segment of a connection, in bytes; 65,536 where left out. */
  readonly segment?: number;
  /**
   * How many bytes the send buffer of a connection or port takes; 262,144 where left out. What is
   * handed over beyond it stays where it is, and is copied as room appears.
   */
  readonly capacity?: number;
  /** How many bytes a receiver takes that reads nothing; 262,144 where left out. */
  readonly window?: number;
  /** How long a connect waits for an answer; 21,000 where left out. */
  readonly connectTimeout?: number;
  /**
   * Who lets time pass: `auto`, the event loop, one instant a turn, so that awaiting is enough and
   * no real time is waited for (the default); `manual`, whoever calls `run`, `advance` or `step`.
   */
  readonly clock?: "auto" | "manual";
  /** True to keep the wire log in `log`, or who is given each line; false where left out. */
  readonly log?: boolean | ((line: string) => void);
}

/** Options with every default filled in; the longest datagram depends on the address. */
export type Settings = Required<Omit<MemoryOptions, "maxDatagram">> & {
  readonly maxDatagram: number | undefined;
};

const DEFAULTS: Settings = {
  seed: 0,
  delay: 0.1,
  loss: 0,
  reset: 0,
  maxDatagram: undefined,
  segment: 65_536,
  capacity: 262_144,
  window: 262_144,
  connectTimeout: 21_000,
  clock: "auto",
  log: false,
};

/** Fills in the defaults. Throws a RangeError that names the option that makes no sense. */
export function settingsOf(options: MemoryOptions): Settings {
  const names = Object.fromEntries(Object.keys(DEFAULTS).map((name) => [name, true as const]));
  requireNames("memoryNetwork", options, names);
  const settings: Settings = { ...DEFAULTS, ...options };
  const demand = (name: keyof Settings, holds: boolean, what: string): void => {
    if (!holds) throw new RangeError(`${name}: expected ${what}`);
  };
  demand("seed", Number.isInteger(settings.seed), "an integer");
  for (const name of ["loss", "reset"] as const)
    demand(name, settings[name] >= 0 && settings[name] <= 1, "a probability, 0 to 1");
  for (const name of ["segment", "capacity", "window"] as const)
    demand(name, isBytes(settings[name]) && settings[name] > 0, "a number of bytes above 0");
  demand("maxDatagram", isBytes(settings.maxDatagram ?? 0), "a number of bytes");
  demand("connectTimeout", settings.connectTimeout >= 0, "milliseconds");
  demand("delay", isDelay(settings.delay), "milliseconds, or { min, max }, or { min, mean }");
  demand("clock", ["auto", "manual"].includes(settings.clock), '"auto" or "manual"');
  return settings;
}

function isBytes(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= 0x7fffffff;
}

function isDelay(delay: Delay): boolean {
  if (typeof delay === "number") return isTime(delay);
  const most = "max" in delay ? delay.max : delay.mean;
  return isTime(delay.min) && isTime(most) && most >= delay.min;
}

function isTime(value: number): boolean {
  return Number.isFinite(value) && value >= 0;
}
