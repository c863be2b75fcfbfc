/** What every rule has: a sentence, a strength, sources, and examples of both sides. */
import type { Profile, RuleClass, Strength } from "./vocabulary.js";

/**
 * A value inside an example: plain data, exact bigints, memory of `bytes` bytes or of `hex`, a
 * routine, or the very object at another path of the example (`""` is the struct of the rule).
 */
export type Value =
  | null | boolean | number | bigint | string
  | { readonly bytes: number }
  | { readonly hex: string }
  | { readonly routine: true }
  | { readonly sameAs: string }
  | readonly Value[]
  | { readonly [field: string]: Value }; // prettier-ignore

/** Where a fact comes from. Page text is cited by place, never quoted. */
export type Source =
  | { readonly page: string; readonly section: string; readonly sentence?: number }
  | { readonly header: string; readonly line?: number }
  | { readonly docs: string; readonly about: string }
  | { readonly observed: string }
  | { readonly reference: string }
  | { readonly inferred: string }
  | { readonly policy: string }
  | { readonly decision: string };

/** A case of a rule: changes to the example of its owner, by path, and the facts that hold. */
export interface Example {
  /** Dotted path to new value, for instance `"Buffer.Offset": 9`. */
  readonly set?: { readonly [path: string]: Value };
  /** Facts about the world in which the call is made; numbers also by the name of a code. */
  readonly facts?: { readonly [fact: string]: number | boolean | string };
  /**
   * What happens from the call on, one happening each: `"return STATUS_PENDING"`,
   * `"free ControlInfo"`, `"completion"`. A rule about lifetimes is judged by these.
   */
  readonly events?: readonly string[];
  /** The profile to judge by; the rule's first one when left out. */
  readonly profile?: Profile;
}

/** What all rules have, whether they stand at a call or at a struct. */
export interface RuleBase {
  /** The requirement, one sentence in our own words. */
  readonly says: string;
  /** What was wanted, as a phrase that fits behind "expected". */
  readonly expects: string;
  /** What the caller should do about a breach, one sentence. */
  readonly advice: string;
  /** What kind of rule it is; follows from who notices a breach where it is left out. */
  readonly class?: RuleClass;
  /** One strength for every profile, or one per profile in which the rule holds. */
  readonly strength: Strength | { readonly [P in Profile]?: Strength };
  /** Where the rule comes from; several sources when they agree or complete each other. */
  readonly from: Source | readonly Source[];
  /** Numbers of the rule in the research catalogue that this project started from. */
  readonly catalog: readonly string[];
  /** Under which names of Driver Verifier or SDV people know a breach. */
  readonly aliases?: readonly string[];
  /** At least one case that keeps the rule, and one that breaks it. */
  readonly accepts: readonly Example[];
  readonly rejects: readonly Example[];
}
