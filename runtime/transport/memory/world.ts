/** What all parts of a network in memory share. */
import type { Failure } from "../../network/failure.js";
import type { Connection, ConnectionEvents, Endpoint, Reach } from "../../network/network.js";
import { AddressBook } from "./addresses.js";
import { Clock } from "./clock.js";
import type { Target } from "./faults.js";
import { Faults } from "./faults.js";
import { WireLog } from "./log.js";
import type { MemoryOptions, Settings } from "./options.js";
import { settingsOf } from "./options.js";
import { Random } from "./random.js";

/** Something that faults come over. */
export interface Part {
  /** Goes on with what was held, where nothing holds it any more. Called in an event. */
  release(): void;
  /** Cuts it with a reset, where it is what is meant. */
  reset(target: Target): void;
}

/** Whoever takes connections at an address. */
export interface Acceptor {
  readonly reach: Reach;
  accepted(connection: Connection): ConnectionEvents | null;
}

/** A datagram that has arrived. */
export interface Arrival {
  readonly data: Uint8Array;
  readonly from: Endpoint;
  readonly control: Uint8Array | null;
}

/** Whoever takes datagrams at an address. */
export interface Inbox {
  arrived(arrival: Arrival): void;
  bounced(failure: Failure): void;
}

/** A clock, chance, addresses, faults and the wire log of one network. */
export class World {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: WireLog;
  readonly faults = new Faults();
  /** Null for an address that a connection comes from. */
  readonly streams = new AddressBook<Acceptor | null>();
  readonly datagrams = new AddressBook<Inbox>();
  readonly parts = new Set<Part>();
  /** Datagrams that a stall holds on their way. */
  parked: (() => void)[] = [];

  constructor(options: MemoryOptions) {
    this.settings = settingsOf(options);
    this.clock = new Clock(this.settings.clock === "auto");
    this.random = new Random(this.settings.seed);
    this.log = new WireLog(this.clock, this.settings.log);
  }

  /** A time under way, in microseconds. */
  delay(): number {
    return this.random.microseconds(this.settings.delay);
  }

  /** Lets everything go on that is no longer held, in an event. */
  release(): void {
    this.clock.after(0, () => {
      const parked = this.parked;
      this.parked = [];
      for (const arrive of parked) arrive();
      for (const part of this.parts) part.release();
    });
  }
}
