/**
 * The stretches of an operation as a small machine: compiled once a call, followed by each of its
 * operations. Nothing here makes text.
 */
import type { Profile, Rule } from "./issue.js";
import { strengthIn } from "./issue.js";
import type { Outcomes } from "./outcomes.js";
import type { Profiles } from "./options.js";

/** What may happen to the objects of an operation. */
export type Happening = (typeof HAPPENINGS)[number];

/** All happenings; a watch reports others. */
export const HAPPENINGS = [
  "call", "send", "return", "completion", "routine", "notification", "result", "read", "write",
  "free", "unlock", "leave-frame", "deregister", "reuse", "close", "abort", "disconnect",
  "callee-read", "callee-write",
] as const; // prettier-ignore

/** A happening, a return of that code, or a return of any code that means failure. */
export type Moment = Happening | { readonly code: number } | "failure";

/** What happens to the operation as a whole, whichever object an event names. */
const OF_OPERATION: ReadonlySet<Happening> = new Set<Happening>([
  "call", "return", "completion", "routine", "notification", "result", "close", "abort",
  "disconnect",
]); // prettier-ignore

/** A stretch of an operation, and what is forbidden or owed in it. */
export interface Lifetime {
  readonly rule: Rule;
  /** It begins when all of these have come, in this order. */
  readonly after: readonly Moment[];
  /** It ends with any of these. */
  readonly until: readonly Moment[];
  /** The objects that it is about. */
  readonly of: readonly string[];
  readonly forbids: readonly Happening[];
  readonly owes: readonly Happening[];
  /** The fact that lifts it, for whoever knows facts. */
  readonly unless?: string;
}

/** What a watch knows of its call. */
export interface Watched {
  readonly name: string;
  readonly lifetimes: readonly Lifetime[];
  readonly outcomes: Outcomes;
  /** Fields that continue a chain: `Buffer.Mdl.Next` is an object of `Buffer.Mdl`. */
  readonly links: readonly string[];
  /** The profiles of the call; the first is its default. */
  readonly profiles: Profiles;
}

/** One thing that happens, as a course is told it. */
export interface Step {
  readonly happening: Happening;
  /** The object, without indices and links; null where it is clear. */
  readonly object: string | null;
  /** The code of a return; null for all else. */
  readonly code: number | null;
  /** The number of the event: what begins with it, has begun there. */
  readonly at: number;
}

/** The stretches of a call that hold in a profile. */
export class Machine {
  readonly lifetimes: readonly Lifetime[];
  /** How each stretch begins: moments that have come, that it is not over, what is owed. */
  readonly begun: readonly number[];
  readonly open: readonly boolean[];
  readonly owed: readonly (readonly Happening[])[];
  /** The codes that are listed and mean no failure. */
  readonly #hopeful: ReadonlySet<number>;
  readonly #links: readonly string[];
  /** The stretches that a happening may begin, end, break or pay, by happening. */
  readonly #touched: ReadonlyMap<Happening, readonly number[]>;
  /** Which stretches are about an object, and which about a part of it. */
  readonly #about = new Map<string, readonly boolean[]>();
  readonly #within = new Map<string, readonly boolean[]>();

  constructor(of: Watched, profile: Profile) {
    this.#hopeful = new Set(
      Object.values(of.outcomes.listed).flatMap(({ code, result }) =>
        result === "failure" ? [] : [code],
      ),
    );
    this.#links = of.links;
    this.lifetimes = of.lifetimes.filter(({ rule }) => strengthIn(rule, profile) !== undefined);
    this.begun = this.lifetimes.map(({ after }) => (after[0] === "call" ? 1 : 0));
    this.open = this.lifetimes.map(() => false);
    this.owed = this.lifetimes.map(({ owes }) => owes);
    this.#touched = new Map(HAPPENINGS.map((of) => [of, this.#touchedBy(of)]));
  }

  /** The state of an operation that has just been called. */
  begin(at: number): Course {
    return new Course(this, at);
  }

  /** The indices of the stretches to which a happening means something. */
  touched(happening: Happening): readonly number[] {
    return this.#touched.get(happening) ?? [];
  }

  /** For each stretch, whether it is about the object. */
  about(object: string): readonly boolean[] {
    let about = this.#about.get(object);
    if (about === undefined) {
      // What is said of a field is said of all that is in it.
      const isOf = (path: string): boolean =>
        path === object || (path.includes(".") && object.startsWith(`${path}.`));
      about = this.lifetimes.map(({ of }) => of.some(isOf));
      this.#about.set(object, about);
    }
    return about;
  }

  /** For each stretch, whether it is about a part of the object, which who writes all writes. */
  within(object: string): readonly boolean[] {
    let within = this.#within.get(object);
    if (within === undefined) {
      within = this.lifetimes.map(({ of }) => of.some((path) => path.startsWith(`${object}.`)));
      this.#within.set(object, within);
    }
    return within;
  }

  /** The object without indices and links: elements and links are what their field names. */
  plain(object: string): string {
    const parts = object.replace(/\[\d+\]/g, "").split(".");
    return parts.filter((part, i) => i === 0 || !this.#links.includes(part)).join(".");
  }

  /** True where the step is that moment. */
  isNow(moment: Moment, { happening, code }: Step): boolean {
    if (typeof moment === "string" && moment !== "failure") return happening === moment;
    if (happening !== "return" || code === null) return false;
    if (typeof moment !== "string") return code === moment.code;
    return !this.#hopeful.has(code);
  }

  #touchedBy(happening: Happening): number[] {
    return this.lifetimes.flatMap(({ after, until, forbids, owes }, index) => {
      const moments = [...after, ...until].map((m) => (isHappening(m) ? m : "return"));
      return [...moments, ...forbids, ...owes].includes(happening) ? [index] : [];
    });
  }
}

const isHappening = (moment: Moment): moment is Happening =>
  typeof moment === "string" && moment !== "failure";

/** How far an operation has come in each of its stretches. */
export class Course {
  readonly #machine: Machine;
  /** How many of the moments of `after` have come. */
  readonly #begun: number[];
  readonly #isOver: boolean[];
  /** At which event it began. */
  readonly #since: number[];
  /** What is still owed. */
  readonly #owed: (readonly Happening[])[];
  #hasReturned = false;

  constructor(machine: Machine, at: number) {
    this.#machine = machine;
    this.#begun = machine.begun.slice();
    this.#isOver = machine.open.slice();
    this.#since = machine.lifetimes.map(() => at);
    this.#owed = machine.owed.slice();
  }

  /** Takes a step; tells which stretches forbid it. */
  see(step: Step): readonly number[] {
    const { happening, object } = step;
    const machine = this.#machine;
    const about = object === null ? null : machine.about(object);
    const isWrite = happening === "write" || happening === "callee-write";
    const within = object === null || !isWrite ? null : machine.within(object);
    const isOfAll = OF_OPERATION.has(happening);
    if (happening === "return") this.#hasReturned = true;
    let broken: number[] | null = null;
    for (const index of machine.touched(happening)) {
      const isMine = about === null || about[index] === true || within?.[index] === true;
      if (isMine && this.#isForbidden(index, happening)) (broken ??= []).push(index);
      if (isMine || isOfAll) this.#move(index, step);
    }
    return broken ?? NONE;
  }

  /** The stretches in which something is still owed. */
  get owing(): readonly number[] {
    return this.#machine.lifetimes.flatMap((_, index) =>
      this.#hasBegun(index) && this.owedIn(index).length > 0 ? [index] : [],
    );
  }

  /** What a stretch still owes. */
  owedIn(index: number): readonly Happening[] {
    return this.#owed[index] ?? [];
  }

  /** At which event a stretch has begun. */
  sinceOf(index: number): number {
    return this.#since[index] ?? 0;
  }

  /** True where something is forbidden of the object now. */
  forbids(object: string): boolean {
    const about = this.#machine.about(object);
    return this.#machine.lifetimes.some(
      ({ forbids }, index) =>
        about[index] === true &&
        forbids.length > 0 &&
        this.#hasBegun(index) &&
        !this.#isOver[index],
    );
  }

  /** True while anything that happens to the object may still break a stretch. */
  mayBreak(object: string): boolean {
    const about = this.#machine.about(object);
    return this.#machine.lifetimes.some((lifetime, index) => {
      if (about[index] !== true) return false;
      if (this.#hasBegun(index) && this.owedIn(index).length > 0) return true;
      const isLive = this.#isOver[index] !== true && !this.#isPast(lifetime, index);
      return isLive && lifetime.forbids.length > 0;
    });
  }

  /** True where a stretch can begin no more: the call has returned, and not as it would have to. */
  #isPast({ after }: Lifetime, index: number): boolean {
    const next = after[this.#begun[index] ?? 0];
    return next !== undefined && this.#hasReturned && (!isHappening(next) || next === "return");
  }

  #isForbidden(index: number, happening: Happening): boolean {
    const { forbids } = this.#lifetime(index);
    return forbids.includes(happening) && this.#hasBegun(index) && this.#isOver[index] !== true;
  }

  /** An end may come before the beginning: an IRP is often completed before its call returns. */
  #move(index: number, step: Step): void {
    const { after, until } = this.#lifetime(index);
    const owed = this.owedIn(index);
    if (owed.includes(step.happening)) {
      this.#owed[index] = owed.filter((happening) => happening !== step.happening);
    }
    const begun = this.#begun[index] ?? 0;
    const next = after[begun];
    if (until.some((moment) => this.#machine.isNow(moment, step))) this.#isOver[index] = true;
    else if (next !== undefined && this.#machine.isNow(next, step)) {
      this.#begun[index] = begun + 1;
      this.#since[index] = step.at;
    }
  }

  #lifetime(index: number): Lifetime {
    return this.#machine.lifetimes[index] ?? NOTHING;
  }

  #hasBegun(index: number): boolean {
    return this.#begun[index] === this.#lifetime(index).after.length;
  }
}

const NONE: readonly number[] = Object.freeze([]);

const NOTHING: Lifetime = {
  rule: { id: "", expects: "", advice: "", strength: "note", sources: [] },
  after: [],
  until: [],
  of: [],
  forbids: [],
  owes: [],
};
