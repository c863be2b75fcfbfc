/** The choices of a run: made in order, found again by their numbers. */
import { ProgramFailure } from "./failure.js";

/**
 * Who decides. Each choice is one of `count`; 0 is the least remarkable, and from `common` on are
 * those that happen once in a while.
 */
export interface Choices {
  choose(count: number, common: number): number;
  /** What was chosen so far. */
  readonly taken: readonly number[];
}

/** Goes through all runs, depth first: the last choice that has something left is the next. */
export class Search implements Choices {
  readonly #counts: number[] = [];
  readonly #taken: number[] = [];
  #at = 0;
  /** So many choices were made before, and are made again. */
  #known = 0;

  get taken(): readonly number[] {
    return this.#taken;
  }

  choose(count: number): number {
    const at = this.#at++;
    if (at === this.#taken.length) {
      this.#taken.push(0);
      this.#counts.push(count);
    } else if (this.#counts[at] !== count) throw new ProgramFailure("unstable", UNSTABLE);
    return this.#taken[at] ?? 0;
  }

  /** What is wrong with a run that ended before it had come to what is new. */
  get strayed(): ProgramFailure | null {
    return this.#at < this.#known ? new ProgramFailure("unstable", UNSTABLE) : null;
  }

  /** Goes on to the next run; false where there is none. */
  next(): boolean {
    const taken = this.#taken;
    taken.length = this.#counts.length = this.#at;
    this.#at = 0;
    for (let last = taken.pop(); last !== undefined; last = taken.pop()) {
      const count = this.#counts.pop() ?? 0;
      if (last + 1 >= count) continue;
      this.#known = taken.push(last + 1);
      this.#counts.push(count);
      return true;
    }
    return false;
  }
}

const UNSTABLE =
  "the program has done something else than in an earlier run with the same choices: it depends " +
  "on the time, on chance, or on what an earlier run has left behind";

/** Of so many choices, one is for what happens once in a while. */
const RARITY = 8;

/** Chooses by chance, and the same for the same source of chance. */
export class Draw implements Choices {
  readonly taken: number[] = [];
  readonly #below: (count: number) => number;
  /** One by the chance of this run: on average, that is how many runs there are. */
  weight = 1;

  constructor(below: (count: number) => number) {
    this.#below = below;
  }

  choose(count: number, common: number): number {
    const choice = this.#draw(count, common);
    this.taken.push(choice);
    return choice;
  }

  #draw(count: number, common: number): number {
    if (common === count || common === 0) return this.#one(count, 1);
    const isRare = this.#below(RARITY) === 0;
    if (isRare) return common + this.#one(count - common, RARITY);
    return this.#one(common, RARITY / (RARITY - 1));
  }

  #one(count: number, weight: number): number {
    this.weight *= count * weight;
    return this.#below(count);
  }
}

/**
 * Chooses by chance, with a liking for some choices that is another in each run: among equally
 * likely choices, no run would ever have many sends pending.
 */
export class Swarm implements Choices {
  readonly #draw: Draw;
  readonly #below: (count: number) => number;
  readonly #liked = new Map<number, number>();

  constructor(below: (count: number) => number) {
    this.#below = below;
    this.#draw = new Draw((count) => this.#one(count));
  }

  get taken(): readonly number[] {
    return this.#draw.taken;
  }

  choose(count: number, common: number): number {
    return this.#draw.choose(count, common);
  }

  #one(count: number): number {
    const liked = this.#liked.get(count) ?? this.#below(count);
    this.#liked.set(count, liked);
    return this.#below(3) > 0 ? liked : this.#below(count);
  }
}

/** Makes given choices again; what is not given is 0. */
export class Given implements Choices {
  readonly taken: number[] = [];
  readonly counts: number[] = [];
  readonly #given: readonly number[];
  /** True once a choice was not there to be made. */
  hasDiverged = false;

  constructor(given: readonly number[]) {
    this.#given = given;
  }

  choose(count: number): number {
    const given = this.#given[this.taken.length] ?? 0;
    const choice = given < count ? given : 0;
    if (choice !== given) this.hasDiverged = true;
    this.taken.push(choice);
    this.counts.push(count);
    return choice;
  }

  /** True where all given choices were made as they were given. */
  get isExact(): boolean {
    return !this.hasDiverged && this.taken.length >= this.#given.length;
  }
}
