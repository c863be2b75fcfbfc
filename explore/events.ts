/** Kernel events and deferred calls. Waiting lets happen what is due, until the event is set. */
import { STATUS_SUCCESS, STATUS_TIMEOUT } from "../generated/index.js";
import type { NTSTATUS } from "../generated/index.js";
import type { Core } from "./core.js";

/** An event that stays signalled until it is cleared. */
export const NotificationEvent = 0;
/** An event that is cleared by the one that it wakes. */
export const SynchronizationEvent = 1;

/** An event. Initialize it with KeInitializeEvent. */
export class KEVENT {
  type: 0 | 1 = NotificationEvent;
  /** True while it is signalled. */
  isSet = false;
}

/** The functions of the kernel for events. */
export interface Events {
  KeInitializeEvent(Event: KEVENT, Type: 0 | 1, State: boolean): void;
  KeSetEvent(Event: KEVENT, Increment?: number, Wait?: boolean): void;
  KeClearEvent(Event: KEVENT): void;
  /**
   * Waits: STATUS_SUCCESS, or STATUS_TIMEOUT where the time is over before. Timeout is null for
   * ever, or any other number: it may be over at any moment, and so it is, in some runs.
   */
  KeWaitForSingleObject(
    Object: KEVENT,
    WaitReason?: number,
    WaitMode?: number,
    Alertable?: boolean,
    Timeout?: number | bigint | null,
  ): NTSTATUS;
  /** Has a function run at any later moment, on any processor: a DPC, a timer. It must not wait. */
  queueDpc(what: string, body: () => void): void;
  /** Here, anything may happen that is due: between any two calls, other processors are at work. */
  yield(): void;
}

/** The functions, over one core. */
export function eventsOf(core: Core): Events {
  return {
    KeInitializeEvent(Event, Type, State) {
      Event.type = Type;
      Event.isSet = State;
    },
    KeSetEvent(Event) {
      core.enter();
      Event.isSet = true;
    },
    KeClearEvent(Event) {
      core.enter();
      core.slot();
      Event.isSet = false;
    },
    KeWaitForSingleObject(Event, ...[, , , Timeout = null]) {
      core.enter();
      const isOver = core.wait("an event", () => Event.isSet, Timeout !== null);
      if (!isOver) core.coverage.event("a wait timed out");
      if (isOver && Event.type === SynchronizationEvent) Event.isSet = false;
      return isOver ? STATUS_SUCCESS : STATUS_TIMEOUT;
    },
    queueDpc(what, body) {
      core.enter();
      core.due.push({
        what,
        isReady: true,
        happen: () => {
          core.journal.note(what);
          core.depth += 1;
          body();
          core.depth -= 1;
        },
      });
    },
    yield() {
      core.enter();
      core.slot();
    },
  };
}
