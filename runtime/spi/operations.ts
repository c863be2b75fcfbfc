/** The overlapped operations of a provider: what stands in their structures, and who is told. */
import { NO_ERROR, WSS_OPERATION_IN_PROGRESS } from "../../generated/index.js";
import type {
  LPWSAOVERLAPPED, LPWSAOVERLAPPED_COMPLETION_ROUTINE, LPWSATHREADID, SOCKET, WSAERROR,
  WSAOVERLAPPED,
} from "../../generated/index.js"; // prettier-ignore
import { isRecord } from "../../support/index.js";
import { observing } from "../live/observer.js";
import { attempt } from "../report.js";
import type { OverlappedOperation } from "./operation.js";
import type { Upcalls } from "./upcalls.js";
import { eventOf, isSilent } from "./upcalls.js";

/** A completion routine, and the thread in which it is to run. */
export interface Routine {
  readonly run: LPWSAOVERLAPPED_COMPLETION_ROUTINE;
  readonly thread: LPWSATHREADID;
}

/** A routine on its way to its thread, and what it will be told. */
interface Call {
  readonly run: LPWSAOVERLAPPED_COMPLETION_ROUTINE;
  readonly overlapped: LPWSAOVERLAPPED;
  readonly error: WSAERROR;
  readonly bytes: number;
}

/** How operations are reported. */
export interface Reporting {
  readonly upcalls: Upcalls;
  /**
   * True where the provider signals the event itself, as the SDK has it; the switch does it for
   * SAN providers.
   */
  readonly signalsEvents: boolean;
}

/**
 * The operations of a provider. One that is outstanding is found by the Offset of its structure,
 * which is the provider's own meanwhile; one that is over by the structure.
 */
export class Operations {
  readonly #upcalls: Upcalls;
  readonly #signalsEvents: boolean;
  readonly #outstanding: (OverlappedOperation | null)[] = [];
  readonly #free: number[] = [];
  readonly #over = new WeakMap<LPWSAOVERLAPPED, OverlappedOperation>();
  readonly #waiting = new Map<OverlappedOperation, (() => void)[]>();
  readonly #routines = new Map<OverlappedOperation, Routine>();
  readonly #calls = new Map<number, Call>();
  #nextContext = 1;
  #isQuiet = false;

  constructor({ upcalls, signalsEvents }: Reporting) {
    this.#upcalls = upcalls;
    this.#signalsEvents = signalsEvents;
  }

  /** The last operation of a structure; undefined where it has had none. */
  of(overlapped: LPWSAOVERLAPPED): OverlappedOperation | undefined {
    return this.#outstandingOf(overlapped) ?? this.#over.get(overlapped);
  }

  /** True while an operation of the structure is outstanding. */
  isOutstanding(overlapped: LPWSAOVERLAPPED): boolean {
    return this.#outstandingOf(overlapped) !== undefined;
  }

  /** From now on the operation is outstanding. */
  begin(operation: OverlappedOperation, routine: Routine | null): void {
    const place = this.#free.pop() ?? this.#outstanding.length;
    this.#outstanding[place] = operation;
    operation.state = -1 - place;
    const { overlapped } = operation;
    overlapped.Offset = place;
    overlapped.OffsetHigh = 0;
    overlapped.Internal = WSS_OPERATION_IN_PROGRESS;
    if (routine !== null) this.#routines.set(operation, routine);
    else if (this.#signalsEvents) this.#setEvent(operation, false);
  }

  /** Takes the signal of an event back, where that is the provider's. */
  takeBack(hEvent: WSAOVERLAPPED["hEvent"]): void {
    if (this.#signalsEvents) this.#setEvent({ hEvent }, false);
  }

  /** Ends an operation that was done before its call returned: the switch is not told. */
  doneAtOnce(operation: OverlappedOperation, routine: Routine | null): void {
    operation.state = NO_ERROR;
    this.#over.set(operation.overlapped, operation);
    writeOwn(operation);
    write(operation);
    if (routine !== null) this.#queue(operation, routine);
    else if (this.#signalsEvents) this.#setEvent(operation, true);
  }

  /** Ends an outstanding operation with a code, and tells whoever is to be told. */
  done(operation: OverlappedOperation, error: WSAERROR, handle: SOCKET): void {
    const place = -1 - operation.state;
    this.#outstanding[place] = null;
    this.#free.push(place);
    operation.state = error;
    this.#over.set(operation.overlapped, operation);
    attempt(() => writeOwn(operation));
    this.#report(operation, handle);
    const waiting = this.#waiting.get(operation);
    this.#waiting.delete(operation);
    for (const wake of waiting ?? []) wake();
  }

  /** Resolves when the operation that is outstanding with a structure is done. */
  whenDone(overlapped: LPWSAOVERLAPPED): Promise<void> {
    const operation = this.#outstandingOf(overlapped);
    if (operation === undefined) return Promise.resolve();
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(operation);
      if (waiting === undefined) this.#waiting.set(operation, [resolve]);
      else waiting.push(resolve);
    });
  }

  /** From now on nobody is told: the provider is being cleaned up. */
  hush(): void {
    this.#isQuiet = true;
  }

  #outstandingOf(overlapped: LPWSAOVERLAPPED): OverlappedOperation | undefined {
    if (!isRecord(overlapped)) return undefined;
    const operation = this.#outstanding[overlapped.Offset];
    return operation?.overlapped === overlapped ? operation : undefined;
  }

  #report(operation: OverlappedOperation, handle: SOCKET): void {
    const { overlapped } = operation;
    const routine = this.#routines.get(operation);
    this.#routines.delete(operation);
    const isPolled = this.#isQuiet || routine !== undefined || isSilent(operation.hEvent);
    const { state, bytes } = operation;
    const error = { error: state, bytes: state === NO_ERROR ? bytes : 0 };
    observing()?.ended(overlapped, { ...error, isNotified: !isPolled });
    if (isPolled || !this.#tell(operation, handle)) {
      // Where the switch has failed, the structure must not stay in progress for ever. In an
      // upcall it may have been used again.
      const isItsOwn = !this.isOutstanding(overlapped) && this.#over.get(overlapped) === operation;
      if (isItsOwn) attempt(() => write(operation));
    }
    if (this.#isQuiet) return;
    if (routine !== undefined) this.#queue(operation, routine);
    else if (isPolled && this.#signalsEvents) this.#setEvent(operation, true);
  }

  #tell({ overlapped, state, bytes }: OverlappedOperation, handle: SOCKET): boolean {
    const transferred = state === NO_ERROR ? bytes : 0;
    let answer = -1;
    attempt(() => {
      const lpErrno = { value: 0 };
      const { WPUCompleteOverlappedRequest } = this.#upcalls;
      answer = WPUCompleteOverlappedRequest(handle, overlapped, state, transferred, lpErrno);
    });
    return answer === 0;
  }

  /** The routine runs in its own thread, once that waits and lets itself be alerted. */
  #queue({ overlapped, state, bytes }: OverlappedOperation, { run, thread }: Routine): void {
    const context = this.#nextContext++;
    this.#calls.set(context, { run, overlapped, error: state, bytes: state === 0 ? bytes : 0 });
    attempt(() => {
      const answer = this.#upcalls.WPUQueueApc?.(thread, this.#run, context, { value: 0 });
      if (answer !== 0) this.#calls.delete(context);
    });
  }

  readonly #run = (context: number | bigint): void => {
    const call = this.#calls.get(Number(context));
    this.#calls.delete(Number(context));
    call?.run(call.error, call.bytes, call.overlapped, 0);
  };

  #setEvent({ hEvent }: Pick<WSAOVERLAPPED, "hEvent">, isSet: boolean): void {
    const event = eventOf(hEvent);
    if (event === 0 || event === 0n) return;
    const { WPUSetEvent, WPUResetEvent } = this.#upcalls;
    attempt(() => (isSet ? WPUSetEvent : WPUResetEvent)?.(event, { value: 0 }));
  }
}

/** These two members are the provider's own. */
function writeOwn({ overlapped, state }: OverlappedOperation): void {
  overlapped.OffsetHigh = state;
  overlapped.Offset = 0;
}

/** The other two are the switch's, once it is told. */
function write({ overlapped, state, bytes }: OverlappedOperation): void {
  overlapped.InternalHigh = state === NO_ERROR ? bytes : 0;
  overlapped.Internal = state;
}
