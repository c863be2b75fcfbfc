/** Kernel events, for clients that wait as drivers do. */
import { STATUS_SUCCESS, STATUS_TIMEOUT } from "../../generated/index.js";
import type { IO_STATUS_BLOCK, NTSTATUS } from "../../generated/index.js";
import { STATUS_MORE_PROCESSING_REQUIRED } from "../../generated/index.js";
import { IoAllocateIrp, IoSetCompletionRoutine } from "./irp-calls.js";
import type { Irp } from "./irp.js";

/** An event that stays signalled until it is cleared. */
export const NotificationEvent = 0;
/** An event that is cleared by the one that it wakes. */
export const SynchronizationEvent = 1;
/** What a kernel event is. */
export type EVENT_TYPE = typeof NotificationEvent | typeof SynchronizationEvent;

/** Why somebody waits: on behalf of a driver. */
export const Executive = 0;
/** Who waits: the kernel. */
export const KernelMode = 0;

/** An event. Initialize it with KeInitializeEvent. */
export class KEVENT {
  #type: EVENT_TYPE = NotificationEvent;
  #isSet = false;
  #waiting: (() => void)[] = [];

  /** Sets type and state; who waits goes on waiting. */
  initialize(type: EVENT_TYPE, isSet: boolean): void {
    this.#type = type;
    this.#isSet = isSet;
  }

  /** True while it is signalled. */
  get isSet(): boolean {
    return this.#isSet;
  }

  /** Signals it: everybody who waits goes on, or the first with a synchronization event. */
  set(): void {
    this.#isSet = true;
    if (this.#type === NotificationEvent) for (const wake of this.#waiting.splice(0)) wake();
    else this.#wakeOne();
  }

  /** Takes the signal back. */
  clear(): void {
    this.#isSet = false;
  }

  /** Waits for the signal; false where the time, in milliseconds, is over before. */
  wait(timeout: number | null): Promise<boolean> {
    if (this.#isSet) {
      if (this.#type === SynchronizationEvent) this.#isSet = false;
      return Promise.resolve(true);
    }
    if (timeout === 0) return Promise.resolve(false);
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        resolve(true);
      };
      const expire = (): void => {
        this.#waiting = this.#waiting.filter((other) => other !== wake);
        resolve(false);
      };
      const timer = timeout === null ? undefined : setTimeout(expire, timeout);
      this.#waiting.push(wake);
    });
  }

  #wakeOne(): void {
    const wake = this.#waiting.shift();
    if (wake === undefined) return;
    this.#isSet = false;
    wake();
  }
}

/** Makes an event ready to use. Throws RangeError for a type that there is not. */
export function KeInitializeEvent(Event: KEVENT, Type: EVENT_TYPE, State: boolean): void {
  if (Type !== NotificationEvent && Type !== SynchronizationEvent) {
    const wanted = "expected NotificationEvent (0) or SynchronizationEvent (1)";
    throw new RangeError(`${wanted}, received ${String(Type)}`);
  }
  Event.initialize(Type, State);
}

/** Signals an event. */
export function KeSetEvent(Event: KEVENT, _Increment = 0, _Wait = false): void {
  Event.set();
}

/** Takes the signal of an event back. */
export function KeClearEvent(Event: KEVENT): void {
  Event.clear();
}

/**
 * Waits for an event: JavaScript cannot block, so await it. Timeout is as in C, in units of 100
 * nanoseconds: below 0 from now on, 0 not at all, NULL for ever. Returns STATUS_SUCCESS, or
 * STATUS_TIMEOUT when the time is over. Throws RangeError for a time of the clock (above 0).
 */
export async function KeWaitForSingleObject(
  Object: KEVENT,
  _WaitReason: number = Executive,
  _WaitMode: number = KernelMode,
  _Alertable = false,
  Timeout: number | bigint | null = null,
): Promise<NTSTATUS> {
  if (Timeout !== null && Timeout > 0) {
    throw new RangeError(`expected a Timeout from now on, below 0, received ${Timeout}`);
  }
  const milliseconds = Timeout === null ? null : Number(Timeout) / -UNITS_PER_MS;
  return (await Object.wait(milliseconds)) ? STATUS_SUCCESS : STATUS_TIMEOUT;
}

const UNITS_PER_MS = 10_000;

/** An IRP whose completion can be awaited: allocated, armed, ready to send. */
export function awaitableIrp(): {
  readonly irp: Irp;
  readonly completion: Promise<IO_STATUS_BLOCK>;
} {
  const irp = IoAllocateIrp(1);
  const completion = new Promise<IO_STATUS_BLOCK>((resolve) => {
    const routine = (): NTSTATUS => {
      resolve({ ...irp.IoStatus });
      return STATUS_MORE_PROCESSING_REQUIRED;
    };
    IoSetCompletionRoutine(irp, routine, null);
  });
  return { irp, completion };
}
