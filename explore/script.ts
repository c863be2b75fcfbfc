/**
 * What calls are to answer, said beforehand:
 * `stub.wskSend.returns("STATUS_PENDING").then.completes("STATUS_SUCCESS", 4096)`.
 */
import type { Contract } from "./contract.js";
import { CONTRACTS } from "./contract.js";
import type { CallName, CodeName, OutcomeName } from "./names.js";
import { codeNamed } from "./names.js";

/** What becomes of one call; null for a byte count is the length where it succeeds, or else 0. */
export interface Plan {
  readonly name: string;
  readonly code: number;
  readonly before: PlannedEnd[];
  readonly after: PlannedEnd[];
  /** True where nothing was said about the completion: it is as the contract has it. */
  isOpen: boolean;
}

/** How a planned operation ends. */
export interface PlannedEnd {
  readonly code: number;
  readonly information: number | null;
}

/** What happens after the return. */
export interface Returned<N extends CallName> {
  readonly then: {
    /** The operation completes; said twice, it completes twice. */
    completes(code: CodeName<N>, information?: number): Returned<N>;
    /** It never completes. */
    nothing(): void;
  };
}

/** What happens before the return. */
export interface Completed<N extends CallName, Code extends string> {
  readonly then: { returns(code: Code): Returned<N> };
}

/** Says what the next call answers that nothing was said of yet. */
export interface Script<N extends CallName, Code extends string = OutcomeName<N>> {
  /** Throws RangeError for a code that the contract does not list. */
  returns(code: Code): Returned<N>;
  /** The operation completes before the call returns. */
  completes(code: CodeName<N>, information?: number): Completed<N, Code>;
}

/** A script that keeps to the contract; `breaking` does not. */
export interface Stub<N extends CallName> extends Script<N> {
  /** For providers that are wrong: any code of the language may be returned. */
  readonly breaking: Script<N, CodeName<N>>;
}

/** The name of a call as a property: `wskSend`, `wspSend`. */
export type StubName<N extends CallName> = N extends `WSP${infer Rest}`
  ? `wsp${Rest}`
  : Uncapitalize<N>;

/** The scripts of all calls. */
export type Stubs = { readonly [N in CallName as StubName<N>]: Stub<N> };

/** Plans, by call. */
export class Plans {
  readonly #queues = new Map<string, Plan[]>();

  /** Forgets all plans. */
  clear(): void {
    this.#queues.clear();
  }

  /** The plan for a call; undefined where there is none. */
  take(name: string): Plan | undefined {
    return this.#queues.size === 0 ? undefined : this.#queues.get(name)?.shift();
  }

  /** Puts a plan behind the others. */
  add(name: string, plan: Plan): void {
    const queue = this.#queues.get(name);
    if (queue === undefined) this.#queues.set(name, [plan]);
    else queue.push(plan);
  }

  /** The scripts that make plans. */
  get stubs(): Stubs {
    const stubs = Object.fromEntries(
      CONTRACTS.map((contract) => {
        const { name } = contract;
        const stub = { ...this.#script(contract, true), breaking: this.#script(contract, false) };
        return [name.startsWith("WSP") ? `wsp${name.slice(3)}` : `wsk${name.slice(3)}`, stub];
      }),
    );
    if (areStubs(stubs)) return stubs;
    throw new TypeError("a call has no script");
  }

  #script(contract: Contract, isBound: boolean): Script<CallName, string> {
    const plan = (name: string, before: PlannedEnd[]): Returned<CallName> => {
      if (isBound) requireListed(contract, name);
      const made: Plan = {
        name,
        code: codeNamed(name),
        before,
        after: [],
        isOpen: before.length < 1,
      };
      this.add(contract.name, made);
      return returned(made);
    };
    return {
      returns: (name) => plan(name, []),
      completes: (code, information) => {
        const before = [{ code: codeNamed(code), information: information ?? null }];
        return { then: { returns: (name) => plan(name, before) } };
      },
    };
  }
}

function returned(plan: Plan): Returned<CallName> {
  const made: Returned<CallName> = {
    then: {
      completes: (code, information) => {
        plan.isOpen = false;
        plan.after.push({ code: codeNamed(code), information: information ?? null });
        return made;
      },
      nothing: () => void (plan.isOpen = false),
    },
  };
  return made;
}

function requireListed({ name, traced }: Contract, code: string): void {
  const { listed } = traced.watched.outcomes;
  if (Object.hasOwn(listed, code)) return;
  const all = Object.keys(listed).join(", ");
  throw new RangeError(
    `${name} does not return ${code} by its contract, but ${all}; breaking.returns does not ask`,
  );
}

const areStubs = (stubs: object): stubs is Stubs => Object.keys(stubs).length === CONTRACTS.length;
