/** The options of sockets: what is kept of them, for whom, and when it may be set. */
import {
  SO_BROADCAST, SO_CONDITIONAL_ACCEPT, SO_EXCLUSIVEADDRUSE, SO_KEEPALIVE, SO_RCVBUF, SO_REUSEADDR,
  STATUS_INVALID_DEVICE_STATE, STATUS_INVALID_PARAMETER, STATUS_NOT_SUPPORTED, STATUS_SUCCESS,
} from "../../generated/index.js"; // prettier-ignore
import type { NTSTATUS } from "../../generated/index.js";
import { DEFAULT_WINDOW } from "../engine/receive-queue.js";

/** The categories of sockets. */
export type Category = "basic" | "listen" | "datagram" | "connection" | "stream";

interface OptionRule {
  readonly of: readonly Category[];
  readonly initial: number;
  /** True where only 0 and 1 are values. */
  readonly isSwitch: boolean;
  /** True where it is set before the socket is bound, or not at all. */
  readonly isBeforeBind: boolean;
  /** True where accepted sockets begin with what their listening socket has. */
  readonly isInherited: boolean;
}

const SWITCH = { initial: 0, isSwitch: true, isBeforeBind: false, isInherited: false };
const BEFORE = { ...SWITCH, isBeforeBind: true };
const BOUND: readonly Category[] = ["listen", "datagram", "connection", "stream"];

const RULES: ReadonlyMap<number, OptionRule> = new Map<number, OptionRule>([
  // No page asks for it before the bind; networks are told then, and then only.
  [SO_BROADCAST, { ...BEFORE, of: ["datagram"] }],
  // A stream socket has no WskInspectComplete.
  [SO_CONDITIONAL_ACCEPT, { ...BEFORE, of: ["listen"] }],
  [SO_REUSEADDR, { ...BEFORE, of: BOUND }],
  [SO_EXCLUSIVEADDRUSE >>> 0, { ...BEFORE, of: BOUND }],
  [SO_KEEPALIVE, { ...SWITCH, of: ["listen", "connection", "stream"], isInherited: true }],
  [
    SO_RCVBUF,
    { ...SWITCH, of: BOUND, initial: DEFAULT_WINDOW, isSwitch: false, isInherited: true },
  ],
]);

/** The options of one socket, all of the level SOL_SOCKET. */
export class SocketOptions {
  readonly #category: Category;
  readonly #values = new Map<number, number>();

  constructor(category: Category) {
    this.#category = category;
  }

  /** The value of an option; undefined where the socket has none of that number. */
  get(option: number): number | undefined {
    const rule = RULES.get(option >>> 0);
    if (rule?.of.includes(this.#category) !== true) return undefined;
    return this.#values.get(option >>> 0) ?? rule.initial;
  }

  /** True where a switch is on. */
  isOn(option: number): boolean {
    return this.get(option) === 1;
  }

  /** Sets an option. */
  set(option: number, value: number, isBound: boolean): NTSTATUS {
    const rule = RULES.get(option >>> 0);
    if (rule?.of.includes(this.#category) !== true) return STATUS_NOT_SUPPORTED;
    if (rule.isBeforeBind && isBound) return STATUS_INVALID_DEVICE_STATE;
    if (rule.isSwitch ? value > 1 : value === 0) return STATUS_INVALID_PARAMETER;
    this.#values.set(option >>> 0, value);
    return STATUS_SUCCESS;
  }

  /** Begins with what the listening socket has. */
  inherit(from: SocketOptions): void {
    for (const [option, value] of from.#values) {
      if (RULES.get(option)?.isInherited === true) this.#values.set(option, value);
    }
  }
}
