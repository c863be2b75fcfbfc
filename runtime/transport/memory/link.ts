/** A connection as a whole: two directions, and a side at each end. */
import type { Connection, Endpoint, Reach } from "../../network/network.js";
import { Side } from "./connection.js";
import type { Target } from "./faults.js";
import { Flow } from "./flow.js";
import { textOf } from "./log.js";
import type { Part, World } from "./world.js";

/** A connection as a whole, from the first SYN on. */
export class Link implements Part {
  /** From the side that connects to the one that listens, and back. */
  readonly there: Flow;
  readonly back: Flow;
  readonly #world: World;
  readonly #sides: (Side | undefined)[] = [undefined, undefined];
  readonly #isHere = [true, true];
  readonly #release: () => void;

  /** `release` is called once, when the side that connects lets go. */
  constructor(world: World, ends: { local: Endpoint; remote: Endpoint }, release: () => void) {
    this.#world = world;
    this.#release = release;
    const path = { from: ends.local, to: ends.remote };
    const isHeld = (): boolean =>
      world.faults.holds(path) || world.faults.isParted(path) || this.#sides.some(isStalled);
    const isStalled = (side?: Connection): boolean =>
      side !== undefined && world.faults.isStalled(side);
    this.there = new Flow(world, path, isHeld);
    this.back = new Flow(world, { from: path.to, to: path.from }, isHeld);
    world.parts.add(this);
  }

  /** Makes the side that connects, or the one that listens. */
  side(which: "client" | "server", reach: Reach): Side {
    const index = which === "client" ? 0 : 1;
    const side = new Side(this.#world, {
      flow: index === 0 ? this.there : this.back,
      reach,
      peer: () => this.#sides[1 - index],
      cut: () => this.cut(),
      letGo: () => this.letGo(which),
    });
    this.#sides[index] = side;
    return side;
  }

  /** An end is done with it. Where both are, faults pass it by. */
  letGo(which: "client" | "server"): void {
    const index = which === "client" ? 0 : 1;
    if (this.#isHere[index] === false) return;
    this.#isHere[index] = false;
    if (index === 0) this.#release();
    if (!this.#isHere.includes(true)) this.#world.parts.delete(this);
  }

  /** Loses what is on the wire, and resets both sides. */
  cut(): void {
    for (const side of this.#sides) side?.stop();
    this.there.cut();
    this.back.cut();
  }

  release(): void {
    this.there.release();
    this.back.release();
  }

  reset(target: Target): void {
    if (this.#isMeant(target)) this.cut();
  }

  #isMeant(target: Target): boolean {
    if ("write" in target) return this.#sides.some((side) => side === target);
    const { from, to } = this.there.path;
    return [from, to].some((end) => textOf(end) === textOf(target));
  }
}
