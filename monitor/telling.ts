/** From broken rules to breaches: which are asked for, which excused, which event explains one. */
import type { Facts } from "../generated/index.js";
import type {
  CheckOptions, Happening, Issue, Moment, Profile, Rule, Strength, TracedCall,
} from "../support/index.js"; // prettier-ignore
import { formatPath, NO_OPTIONS, strengthIn } from "../support/index.js";
import type { EventOf } from "../trace/format.js";
import { assumedOf, restsOnAssumed } from "./assumed.js";
import type { Breach, BreachedCall, Earlier } from "./breach.js";
import { codeText } from "./numbers.js";
import type { Operation } from "./operation.js";
import type { Things } from "./things.js";

/** Which rules count, and by which reading. */
export interface TellingOptions {
  /** The reading; each call's first one where it is left out, or is none of the call's. */
  readonly profile?: Profile;
  /** Only these rules, by id or by what stands behind the slash. */
  readonly only?: readonly string[];
  /** All but these. */
  readonly ignore?: readonly string[];
  /** Tells of notes as well, which bind nobody. */
  readonly notes?: boolean;
}

/** A rule that is broken, and where. */
export interface Broken {
  readonly rule: Rule;
  readonly strength: Strength;
  readonly operation: Operation | null;
  readonly ref: string | null;
  readonly path: string;
  readonly expected: string;
  readonly received: string;
  readonly earlier: Earlier | null;
}

/** Something that was refused. */
export interface Refused {
  readonly rule: string;
  readonly reason: string;
  readonly operation: Operation | null;
  readonly ref: string | null;
}

/** Makes breaches of broken rules, and hands them on. */
export class Telling {
  readonly #options: TellingOptions;
  readonly #tell: (breach: Breach) => void;
  readonly #things: Things;
  /** Reasons, by rule, object and call. */
  readonly #excuses = new Map<string, string>();
  /** What has been told of the current line. */
  readonly #told = new Set<string>();
  #line = 0;
  readonly #optionsOf = new Map<TracedCall<Facts>, CheckOptions>();

  constructor(options: TellingOptions, things: Things, tell: (breach: Breach) => void) {
    this.#options = options;
    this.#things = things;
    this.#tell = tell;
  }

  /** The options by which a call is checked. */
  optionsOf(call: TracedCall<Facts>): CheckOptions {
    let options = this.#optionsOf.get(call);
    if (options === undefined) {
      const profile = this.profileOf(call);
      options = profile === call.watched.profiles[0] ? NO_OPTIONS : { profile };
      this.#optionsOf.set(call, options);
    }
    return options;
  }

  /** True for an issue that rests on what the trace does not say. */
  rests(issue: Issue, { contract, given, after }: Operation): boolean {
    if (contract === null) return false;
    const { traced } = contract;
    const assumed = assumedOf(traced, given, this.#things);
    const { errorIn } = traced;
    // What stands at lpErrno now is told by the return.
    if (errorIn !== null && after.error !== undefined) {
      assumed.delete(errorIn);
      assumed.delete(`${errorIn}.value`);
    }
    return restsOnAssumed(issue, traced, assumed);
  }

  /** The profile by which a call is read. */
  profileOf(call: TracedCall<Facts>): Profile {
    const { profile } = this.#options;
    const { profiles } = call.watched;
    return profile !== undefined && profiles.includes(profile) ? profile : profiles[0];
  }

  /** From here on, breaches of a rule are excused. */
  excuse(event: EventOf<"suppress">): void {
    const key = excuseKey(event.rule, event.ref, event.id);
    if (!this.#excuses.has(key)) this.#excuses.set(key, event.reason);
  }

  /** Tells of an issue that a check has found. */
  issue(line: number, issue: Issue, operation: Operation): void {
    const { rule, strength, expected, advice, sources } = issue;
    const path = formatPath(issue.path);
    const name = issue.path.filter((key) => typeof key === "string").join(".");
    const ref = refAt(name, operation);
    this.tell(line, {
      rule: { id: rule, expects: expected, advice, strength, sources },
      strength,
      operation,
      ref,
      path,
      expected,
      received: named(issue.received, rule, operation),
      earlier: sinceFact(issue, operation) ?? sinceCall(line, operation),
    });
  }

  /** Tells of what whoever was called has refused by itself, by a rule of its own. */
  refused(line: number, of: Refused): void {
    const { rule: id, reason, operation, ref } = of;
    const rule: Rule = {
      id,
      expects: "what is allowed now",
      advice: "It was refused, and not done.",
      strength: "must",
      sources: ["policy: told by whoever was called"],
    };
    const { expects: expected } = rule;
    const path = ref ?? "";
    const broken = { rule, operation, ref, path, expected, received: reason, earlier: null };
    this.tell(line, { ...broken, strength: "must" });
  }

  /** Tells of anything. */
  tell(line: number, broken: Broken): void {
    const { rule, strength, operation, ref, path, expected, received, earlier } = broken;
    if (strength === "note" && this.#options.notes !== true) return;
    if (!this.#isWanted(rule.id) || this.#isAgain(line, `${rule.id} ${ref ?? path}`)) return;
    const call = operation === null ? null : callOf(operation);
    const place = path === "" ? (operation?.function ?? "the trace") : path;
    const named = ref === null || ref === place ? place : `${place} (${ref})`;
    this.#tell({
      line,
      rule: rule.id,
      aliases: operation?.contract?.traced.aliases[rule.id] ?? [],
      strength,
      call,
      ref,
      path,
      expected,
      received,
      earlier,
      message: `${named}: expected ${expected}, received ${received} [${rule.id}]`,
      advice: rule.advice,
      sources: rule.sources,
      suppressed: this.#reasonFor(broken),
    });
  }

  /** True where an event has broken the rule of the object already, for another operation. */
  #isAgain(line: number, what: string): boolean {
    if (line !== this.#line) this.#told.clear();
    this.#line = line;
    if (this.#told.has(what) && line > 0) return true;
    this.#told.add(what);
    return false;
  }

  #isWanted(id: string): boolean {
    const { only, ignore } = this.#options;
    if (only !== undefined && !only.some((name) => isNamed(id, name))) return false;
    return ignore === undefined || !ignore.some((name) => isNamed(id, name));
  }

  #reasonFor({ rule, operation, ref }: Broken): string | null {
    if (this.#excuses.size === 0) return null;
    const slug = rule.id.slice(rule.id.indexOf("/") + 1);
    for (const name of [rule.id, slug]) {
      for (const object of [undefined, ref ?? undefined]) {
        for (const id of [undefined, operation?.id]) {
          const reason = this.#excuses.get(excuseKey(name, object, id));
          if (reason !== undefined) return reason;
        }
      }
    }
    return null;
  }
}

const excuseKey = (rule: string, ref?: string | number, id?: string | number): string =>
  JSON.stringify([rule, ref === undefined ? null : String(ref), id ?? null]);

/** The object that a way leads to, or that it leads through last. */
function refAt(way: string, { uses }: Pick<Operation, "uses">): string | null {
  const use = uses.find(({ path }) => path === way);
  if (use !== undefined) return use.thing.ref;
  const end = way.lastIndexOf(".");
  return end < 0 ? null : refAt(way.slice(0, end), { uses });
}

/** True where the name is the id of the rule, or what stands behind its slash. */
const isNamed = (id: string, name: string): boolean => id === name || id.endsWith(`/${name}`);

/** The strength of a rule where it holds. */
export const strengthOf = (rule: Rule, profile: Profile): Strength =>
  strengthIn(rule, profile) ?? "note";

function callOf({ id, function: name, line, recorded }: Operation): BreachedCall {
  const { as = null, line: source = null } = recorded ?? {};
  return {
    id,
    function: name,
    line,
    ...(as === null ? {} : { as }),
    ...(source === null ? {} : { source }),
  };
}

const FACT_OF_CODE =
  /\b(returned|completion\.status|completion\.error|error|routine\.returned): (-?\d+)/g;

/** What was received, with the names of codes in the place of their numbers. */
function named(received: string, rule: string, { contract }: Operation): string {
  const isStatus = contract?.traced.errorIn === null;
  const language = isStatus ? "NTSTATUS" : "WSA";
  if (/\/returns\.(?:listed|never)$/.test(rule) && /^-?\d+$/.test(received)) {
    return codeText(Number(received), language);
  }
  return received.replace(FACT_OF_CODE, (_, fact: string, code: string) => {
    const isResult = fact === "returned" && !isStatus;
    return `${fact}: ${isResult ? code : codeText(Number(code), language)}`;
  });
}

/** Since when a fact is as it should not be, where the trace has said so. */
function sinceFact({ received }: Issue, { socket, carrier }: Operation): Earlier | null {
  const [, of, name = "", value] =
    /\b(socket|irp)\.([\w-]+): (\S+?),?(?:\s|$)/.exec(received) ?? [];
  const thing = (of === "irp" ? carrier : socket)?.thing;
  // Of a descriptor that is none any more, the close is what matters.
  const told = thing?.toldAt.get(name === "known" ? "closed" : name) ?? thing?.toldAt.get(name);
  if (of === undefined || thing === undefined || told === undefined) return null;
  return { line: told, text: `${of}.${name} of ${thing.ref} is ${value}` };
}

const sinceCall = (line: number, operation: Operation): Earlier | null =>
  line === operation.line ? null : { line: operation.line, text: calledText(operation) };

const calledText = ({ function: name, id }: Operation): string => `${name} (call ${id}) began`;

/** What began a stretch, in words. */
export function sinceText(moment: Moment | undefined, of: Operation, ref: string | null): string {
  const { function: name, id, code, contract } = of;
  const call = `${name} (call ${id})`;
  const subject = ref ?? call;
  if (moment === undefined || moment === "call") return `${subject} was passed to ${call}`;
  if (typeof moment !== "string" || moment === "return" || moment === "failure") {
    if (code === null) return `${call} returned`;
    const language = contract?.traced.errorIn === null ? "NTSTATUS" : "WSA";
    return `${call} returned ${codeText(code, language)}`;
  }
  return `${subject} ${HAPPENED[moment] ?? `saw ${moment}`}`;
}

const HAPPENED: Partial<Readonly<Record<Happening, string>>> = {
  completion: "was completed",
  free: "was freed",
  close: "had its socket closed",
  abort: "had its socket disconnected abortively",
  unlock: "was unlocked",
  reuse: "was prepared for use again",
};
