/**
 * Chance that can be repeated. It comes from pure-rand, the generator below fast-check, because a
 * seed has to mean the same on every machine and in every version.
 */
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { mersenne } from "pure-rand/generator/mersenne";
import type { Delay } from "./options.js";

/** A seeded source of chance. What can go one way only draws nothing from it. */
export class Random {
  readonly #source;

  constructor(seed: number) {
    // Its first numbers differ for seeds that are close, unlike those of the lighter generators.
    this.#source = mersenne(seed);
  }

  /** True with this probability. */
  happens(probability: number): boolean {
    return probability > 0 && uniformFloat64(this.#source) < probability;
  }

  /** A time under way, in microseconds. */
  microseconds(delay: Delay): number {
    if (typeof delay === "number") return Math.round(delay * 1000);
    const share = uniformFloat64(this.#source);
    const beyond =
      "max" in delay
        ? (delay.max - delay.min) * share
        : (delay.mean - delay.min) * -Math.log(1 - share);
    return Math.round((delay.min + beyond) * 1000);
  }
}
