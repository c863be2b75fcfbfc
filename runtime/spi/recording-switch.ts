/** A switch that keeps a record, for programs that have none of their own. */
import {
  SOCKET_ERROR, WSA_WAIT_IO_COMPLETION, WSA_WAIT_TIMEOUT, WSAEINVAL, WSPUPCALLTABLEEX_SLOTS,
  WSS_OPERATION_IN_PROGRESS,
} from "../../generated/index.js"; // prettier-ignore
import type {
  LPWSAOVERLAPPED, LPWSATHREADID, SOCKET, WSPUPCALLTABLEEX,
} from "../../generated/index.js"; // prettier-ignore
import { Fifo } from "../fifo.js";
import { attempt } from "../report.js";
import type { Handle } from "./prototypes.js";
import type { Upcalls } from "./upcalls.js";
import { eventOf, isSilent } from "./upcalls.js";

/** A completion as the switch was told of it. */
export interface Notification {
  readonly s: SOCKET;
  readonly lpOverlapped: LPWSAOVERLAPPED;
  readonly dwError: number;
  readonly cbTransferred: number;
}

/** How long an alertable wait takes, and in which thread. */
export interface AlertableWait {
  /** The thread that waits; that of the program when left out. */
  readonly thread?: LPWSATHREADID;
  /** Milliseconds; 0, when left out, runs what is queued and goes on. */
  readonly timeout?: number;
}

/** A switch with upcalls of its own. Each call of WPUOpenCurrentThread names the one thread. */
export class RecordingSwitch implements Required<Upcalls> {
  /** Every notification, in the order in which they came. */
  readonly notifications: Notification[] = [];
  /** The thread of the program. */
  readonly thread: LPWSATHREADID = { ThreadHandle: 0x44, Reserved: 0 };
  readonly #handles = new Set<SOCKET>();
  readonly #signalled = new Set<Handle>();
  readonly #apcs = new Map<Handle, Fifo<() => void>>();
  readonly #waiting = new Map<LPWSAOVERLAPPED, (() => void)[]>();
  readonly #alerts = new Set<() => void>();
  #next = 0x1000;

  readonly WPUCreateSocketHandle: Upcalls["WPUCreateSocketHandle"] = () => {
    const handle = this.#next;
    this.#next += 4;
    this.#handles.add(handle);
    return handle;
  };

  readonly WPUCloseSocketHandle: Upcalls["WPUCloseSocketHandle"] = (s, lpErrno) => {
    if (this.#handles.delete(s)) return 0;
    lpErrno.value = WSAEINVAL;
    return SOCKET_ERROR;
  };

  readonly WPUCompleteOverlappedRequest: Upcalls["WPUCompleteOverlappedRequest"] = (...args) => {
    const [s, lpOverlapped, dwError, cbTransferred, lpErrno] = args;
    if (!this.#handles.has(s)) {
      lpErrno.value = WSAEINVAL;
      return SOCKET_ERROR;
    }
    // The count comes first: whoever sees Internal change may read the count at once.
    lpOverlapped.InternalHigh = cbTransferred;
    lpOverlapped.Internal = dwError;
    this.#signalled.add(eventOf(lpOverlapped.hEvent));
    this.notifications.push({ s, lpOverlapped, dwError, cbTransferred });
    for (const wake of this.#waiting.get(lpOverlapped) ?? []) wake();
    this.#waiting.delete(lpOverlapped);
    return 0;
  };

  readonly WPUSetEvent: Required<Upcalls>["WPUSetEvent"] = (hEvent) => {
    this.#signalled.add(hEvent);
    return true;
  };

  readonly WPUResetEvent: Required<Upcalls>["WPUResetEvent"] = (hEvent) => {
    this.#signalled.delete(hEvent);
    return true;
  };

  readonly WPUOpenCurrentThread: Required<Upcalls>["WPUOpenCurrentThread"] = (lpThreadId) => {
    lpThreadId.ThreadHandle = this.thread.ThreadHandle;
    lpThreadId.Reserved = this.thread.Reserved;
    return 0;
  };

  readonly WPUQueueApc: Required<Upcalls>["WPUQueueApc"] = (thread, apc, dwContext) => {
    const { ThreadHandle } = thread;
    const queued = this.#apcs.get(ThreadHandle) ?? new Fifo();
    this.#apcs.set(ThreadHandle, queued);
    queued.push(() => apc(dwContext));
    for (const alert of this.#alerts) alert();
    return 0;
  };

  /**
   * The upcalls as the table that WSPStartup takes. The others are there, as the table has them,
   * and throw: no provider of this runtime calls them.
   */
  get table(): WSPUPCALLTABLEEX {
    const own = Object.fromEntries(Object.entries(this)) as Record<string, unknown>;
    const upcalls = WSPUPCALLTABLEEX_SLOTS.slots.map(({ name }) => [
      name,
      own[name] ??
        (() => {
          throw new Error(`RecordingSwitch has no ${name}: pass a table of your own`);
        }),
    ]);
    return Object.fromEntries(upcalls) as WSPUPCALLTABLEEX;
  }

  /** True while an event is signalled; its low bit does not count. */
  isSignalled(hEvent: Handle): boolean {
    return this.#signalled.has(eventOf(hEvent));
  }

  /**
   * Waits so that completion routines may run in the thread that waits: those that are queued run
   * at once, otherwise the next ones do. Resolves with WSA_WAIT_IO_COMPLETION where some have
   * run, and with WSA_WAIT_TIMEOUT where the time is over before.
   */
  async alertableWait({ thread = this.thread, timeout = 0 }: AlertableWait = {}): Promise<number> {
    if (this.#runQueued(thread)) return WSA_WAIT_IO_COMPLETION;
    if (timeout === 0) return WSA_WAIT_TIMEOUT;
    return new Promise((resolve) => {
      const end = (answer: number): void => {
        clearTimeout(timer);
        this.#alerts.delete(alert);
        resolve(answer);
      };
      // The routine does not run inside the upcall that has queued it.
      const alert = (): void =>
        void setImmediate(() => {
          if (this.#runQueued(thread)) end(WSA_WAIT_IO_COMPLETION);
        });
      const timer = setTimeout(() => end(WSA_WAIT_TIMEOUT), timeout);
      this.#alerts.add(alert);
    });
  }

  /**
   * Resolves when the operation that is outstanding with this structure is reported. Without one,
   * as after a send that was done at once, there is nothing to wait for. Rejects where the low bit
   * of hEvent forbids the report; `completed` of the provider waits for those too.
   */
  notified(lpOverlapped: LPWSAOVERLAPPED): Promise<void> {
    if (Number(lpOverlapped.Internal) !== WSS_OPERATION_IN_PROGRESS) return Promise.resolve();
    if (isSilent(lpOverlapped.hEvent)) {
      return Promise.reject(new Error("the low bit of hEvent is set: nobody will be notified"));
    }
    const waiting = this.#waiting.get(lpOverlapped) ?? [];
    this.#waiting.set(lpOverlapped, waiting);
    return new Promise((resolve) => waiting.push(resolve));
  }

  #runQueued({ ThreadHandle }: LPWSATHREADID): boolean {
    const queued = this.#apcs.get(ThreadHandle);
    let hasRun = false;
    for (let apc = queued?.shift(); apc !== undefined; apc = queued?.shift()) {
      hasRun = true;
      attempt(apc);
    }
    return hasRun;
  }
}
