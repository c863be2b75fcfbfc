/** A call that is under way, until its operation is completed. */
import type { WSAOVERLAPPED } from "../generated/index.js";
import { isRecord } from "../support/index.js";
import type { Language } from "./alternatives.js";
import type { Core, Due } from "./core.js";
import type { Endpoint, Pending } from "./endpoint.js";
import { Irp } from "./irp.js";
import { complete } from "./irps.js";
import type { Entry } from "./journal.js";

/** How an operation ends. */
export interface End {
  readonly code: number;
  readonly information: number;
}

/** What an operation is made of. */
export interface Begun {
  readonly name: string;
  readonly entry: Entry;
  /** Which send of the run it is, from 1; 0 for what is no send. */
  readonly turn: number;
  readonly language: Language;
  readonly length: number;
  readonly endpoint: Endpoint | null;
  /** The IRP or overlapped structure. */
  readonly carrier: unknown;
  /** The completion routine of an overlapped operation. */
  readonly routine?: unknown;
}

/** An operation. While it is pending, its completion is due. */
export class Operation implements Due, Pending {
  readonly #core: Core;
  readonly #of: Begun;
  readonly entry: Entry;
  readonly language: Language;
  readonly length: number;
  /** How it will end; provider's mistakes have it end twice. */
  ends: End[] = [];
  /** What has to end before it. */
  #after: readonly Pending[] = [];
  /** True once it has ended. */
  isOver = false;
  /** The error of an overlapped operation that is over. */
  end: End | null = null;

  constructor(core: Core, of: Begun) {
    this.#core = core;
    this.#of = of;
    this.entry = of.entry;
    this.language = of.language;
    this.length = of.length;
    of.endpoint?.all.push(this);
  }

  get what(): string {
    return `the completion of ${this.#of.name}`;
  }

  get isReady(): boolean {
    for (const operation of this.#after) if (!operation.isOver) return false;
    return true;
  }

  get carrier(): unknown {
    return this.#of.carrier;
  }

  /** It will end as asked for. */
  succeeds(): void {
    this.ends = [{ code: this.language.success, information: this.length }];
  }

  /** It will fail. */
  fails(code: number): void {
    this.ends = [{ code, information: 0 }];
  }

  /** It stays pending from now on; `after` are those that end before it. */
  pend(after: readonly Pending[] = []): void {
    const { carrier, endpoint } = this.#of;
    this.#after = after;
    this.#core.due.push(this);
    endpoint?.pending.add(this);
    if (carrier instanceof Irp) {
      carrier.PendingReturned = true;
      carrier.holder = this;
    } else if (isRecord(carrier)) Reflect.set(carrier, "Internal", IN_PROGRESS);
  }

  /** Asked to withdraw: it does at once, later, or goes on as if nobody had asked. */
  cancel(): boolean {
    const { due } = this.#core;
    if (!due.includes(this)) return false;
    const choice = this.#core.choose(3);
    this.#core.coverage.event(CANCELLED[choice] ?? "");
    if (choice === 2) return false;
    this.fails(this.language.cancelled);
    if (choice === 1) return false;
    this.now();
    return true;
  }

  /** It ends now, whatever else is due. */
  now(): void {
    const { due } = this.#core;
    const at = due.indexOf(this);
    if (at >= 0) due.splice(at, 1);
    this.happen();
  }

  /** It ends. */
  happen(): void {
    const { endpoint, carrier, turn } = this.#of;
    endpoint?.pending.delete(this);
    this.isOver = true;
    if (turn > 0) this.#core.coverage.completed(turn);
    for (const end of this.ends) {
      this.end = end;
      if (carrier instanceof Irp) {
        complete(this.#core, carrier, { status: end.code, information: end.information });
      } else if (isRecord(carrier)) this.#overlapped(carrier, end);
    }
  }

  #overlapped(overlapped: object, { code, information }: End): void {
    const { endpoint, routine } = this.#of;
    const { journal } = this.#core;
    Reflect.set(overlapped, "Internal", 0);
    Reflect.set(overlapped, "InternalHigh", information);
    Reflect.set(overlapped, "OffsetHigh", code);
    const isPolled = (Number(Reflect.get(overlapped, "hEvent")) & 1) !== 0;
    this.#core.depth += 1;
    if (typeof routine === "function") {
      journal.completed(overlapped, code, { information, isIrp: false });
      Reflect.apply(routine, undefined, [code, information, overlapped, 0]);
      journal.routine(overlapped, undefined, false);
    } else if (isPolled) {
      journal.completed(overlapped, code, { information, isIrp: false });
    } else {
      journal.notified(overlapped, code, information);
      if (isOverlapped(overlapped)) endpoint?.notify?.(overlapped, code, information);
    }
    this.#core.depth -= 1;
  }
}

const CANCELLED = ["cancelled at once", "cancelled later", "cancelled too late"];

/** WSS_OPERATION_IN_PROGRESS: what Internal says of an operation that is pending. */
const IN_PROGRESS = 0x103;

const isOverlapped = (value: object): value is WSAOVERLAPPED => "hEvent" in value;
