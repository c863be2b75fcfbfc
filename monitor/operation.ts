/** One call of a trace, from its line to the end of all that hangs on it. */
import type { Facts } from "../generated/index.js";
import type { Course, Machine, Step, TracedCall } from "../support/index.js";
import type { Part } from "./thing.js";
import type { Given, Use } from "./values.js";

/** A call whose contract is known. */
export interface Contracted {
  readonly traced: TracedCall<Facts>;
  readonly machine: Machine;
  readonly args: Readonly<Record<string, unknown>>;
}

/** What an operation begins with. */
export interface Begun {
  readonly id: string | number;
  readonly function: string;
  readonly line: number;
  readonly given: Given;
  readonly uses: readonly Use[];
  /** Null for a function that is none of the schema. */
  readonly contract: Contracted | null;
}

/** What is known of an operation afterwards; a fact that is not known is left out. */
type After = { -readonly [F in keyof Facts]: Facts[F] };

/** A call of a trace. */
export class Operation {
  readonly id: string | number;
  readonly function: string;
  readonly line: number;
  readonly given: Given;
  readonly uses: readonly Use[];
  readonly contract: Contracted | null;
  readonly course: Course | null;
  /** Which call of the trace it is, from 1. */
  readonly turn: number;
  /** What is known of it since the call. */
  readonly after: After = {};
  /** The line of its return, and of its completion; 0 before. */
  returnedAt = 0;
  completedAt = 0;
  /** What it returned: a status, or the error of a provider's call; and how it was completed. */
  code: number | null = null;
  endCode: number | null = null;
  /** True for a return after which no completion comes. */
  isImmediate = false;
  /** Rules that have been told of it already. */
  readonly #told = new Set<string>();

  constructor(begun: Begun, turn: number) {
    this.id = begun.id;
    this.function = begun.function;
    this.line = begun.line;
    this.given = begun.given;
    this.uses = begun.uses;
    this.contract = begun.contract;
    this.course = begun.contract?.machine.begin(begun.line) ?? null;
    this.turn = turn;
  }

  /** True once nothing more is to come of it, be it that its objects are still watched. */
  get isOver(): boolean {
    return this.returnedAt > 0 && (this.completedAt > 0 || this.isImmediate);
  }

  /** The IRP or overlapped structure that is completed. */
  get carrier(): Use | undefined {
    return this.#useOf(CARRIERS);
  }

  /** The socket. */
  get socket(): Use | undefined {
    return this.#useOf(SOCKETS);
  }

  /** Gives its objects their part in it. What is over has no part in them any more. */
  bind(): void {
    const uses = this.contract === null ? [this.carrier] : this.uses;
    for (const use of uses) {
      if (use === undefined) continue;
      const { thing, path } = use;
      const kept = path.includes(".") ? thing.parts : thing.parts.filter(isPending);
      thing.parts = kept;
      kept.push({ operation: this, path });
    }
  }

  /** Takes a step; tells which stretches forbid it. */
  see(step: Step): readonly number[] {
    return this.course?.see(step) ?? NONE;
  }

  /** True the first time that it is asked of a rule. */
  isNew(rule: string): boolean {
    if (this.#told.has(rule)) return false;
    this.#told.add(rule);
    return true;
  }

  /** Lets go of the objects to which nothing can happen any more that would matter. */
  settle(): void {
    if (!this.isOver) return;
    for (const { thing, path } of this.uses) {
      if (this.course === null || !this.course.mayBreak(path)) thing.leave(this);
    }
  }

  /** The first use by a parameter of such a type, or of such a name where types are not known. */
  #useOf(types: ReadonlyMap<string, string>): Use | undefined {
    const { contract, uses } = this;
    if (contract === null) return uses.find(({ path }) => NAMES_OF.get(types)?.has(path));
    const param = contract.traced.params.find(({ type }) => types.has(type));
    return param === undefined ? undefined : uses.find(({ path }) => path === param.name);
  }
}

/** Types of parameters, and their names in functions that are none of the schema. */
const CARRIERS = new Map([
  ["PIRP", "Irp"],
  ["LPWSAOVERLAPPED", "lpOverlapped"],
]);
const SOCKETS = new Map([
  ["PWSK_SOCKET", "Socket"],
  ["SOCKET", "s"],
]);
const NAMES_OF: ReadonlyMap<ReadonlyMap<string, string>, ReadonlySet<string>> = new Map(
  [CARRIERS, SOCKETS].map((types) => [types, new Set(types.values())]),
);

const NONE: readonly number[] = Object.freeze([]);

const isPending = ({ operation }: Part): boolean => !operation.isOver;
