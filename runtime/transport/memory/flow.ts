/** One direction of a connection: what is on the wire, in its order. */
import type { Path } from "./faults.js";
import type { World } from "./world.js";

/** What goes over the wire. The bytes of data stay in the sender's ring until they arrive. */
export type Packet =
  | { readonly kind: "syn" | "syn-ack" | "established" | "refused" | "unreachable" }
  | { readonly kind: "data"; readonly bytes: number }
  | {
      readonly kind: "ack";
      readonly bytes: number;
      /** How many bytes have been read since: so many more may be sent. */
      readonly read: number;
      readonly isEnd: boolean;
    }
  | { readonly kind: "end" | "reset" };

const TEXTS = {
  syn: "SYN",
  "syn-ack": "SYN ACK",
  established: "ACK",
  refused: "RST",
  unreachable: "host unreachable",
  end: "FIN",
  reset: "RST",
} as const;

function textOf(packet: Packet): string {
  if (packet.kind === "data") return `${packet.bytes} bytes`;
  if (packet.kind !== "ack") return TEXTS[packet.kind];
  return packet.isEnd ? "ACK FIN" : `ACK ${packet.bytes}, ${packet.read} read`;
}

/** One direction of a connection. Segments do not overtake each other, and none is lost. */
export class Flow {
  readonly path: Path;
  readonly #world: World;
  readonly #isHeld: () => boolean;
  #queue: { readonly packet: Packet; readonly due: number }[] = [];
  #isArmed = false;
  #isStuck = false;
  /** Who is given what arrives. */
  deliver: (packet: Packet) => void = () => undefined;

  constructor(world: World, path: Path, isHeld: () => boolean) {
    this.#world = world;
    this.path = path;
    this.#isHeld = isHeld;
  }

  /** Puts a packet on the wire. */
  send(packet: Packet): void {
    const { clock, log } = this.#world;
    if (log.isOn) log.write(">", this.path, textOf(packet));
    this.#queue.push({ packet, due: clock.now + this.#world.delay() });
    this.#arm();
  }

  /** Loses what is on the wire; then a reset arrives. */
  cut(): void {
    this.#queue = [];
    this.send({ kind: "reset" });
  }

  /** Goes on where nothing holds it any more. */
  release(): void {
    if (!this.#isStuck) return;
    this.#isStuck = false;
    this.#arm();
  }

  #arm(): void {
    const [first] = this.#queue;
    if (first === undefined || this.#isArmed || this.#isStuck) return;
    this.#isArmed = true;
    this.#world.clock.at(first.due, this.#arrive);
  }

  readonly #arrive = (): void => {
    this.#isArmed = false;
    const [first] = this.#queue;
    // After a cut, the first may be another one than this was meant for.
    if (first === undefined || first.due > this.#world.clock.now) this.#arm();
    else if (this.#isHeld()) this.#isStuck = true;
    else {
      this.#queue.shift();
      this.#arm();
      const { log } = this.#world;
      if (log.isOn) log.write("<", this.path, textOf(first.packet));
      this.deliver(first.packet);
    }
  };
}
