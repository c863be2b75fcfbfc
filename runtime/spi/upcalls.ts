/** The Windows Sockets switch, as a provider sees it: handles, notifications, events, threads. */
import type { LPWSAOVERLAPPED } from "../../generated/index.js";
import type {
  Handle, LPWPUCLOSESOCKETHANDLE, LPWPUCOMPLETEOVERLAPPEDREQUEST, LPWPUCREATESOCKETHANDLE,
  LPWPUOPENCURRENTTHREAD, LPWPUQUEUEAPC, LPWPUSETEVENT,
} from "./prototypes.js"; // prettier-ignore

/** The upcalls that a provider makes; those that are optional, only for layered providers. */
export interface Upcalls {
  /** Makes the handle by which the switch knows a socket. */
  readonly WPUCreateSocketHandle: LPWPUCREATESOCKETHANDLE;
  /** Ends the use of such a handle; the last upcall for a socket. */
  readonly WPUCloseSocketHandle: LPWPUCLOSESOCKETHANDLE;
  /** Reports the completion of an overlapped operation: sets the structure, signals its event. */
  readonly WPUCompleteOverlappedRequest: LPWPUCOMPLETEOVERLAPPEDREQUEST;
  /** Has a completion routine run in its thread. */
  readonly WPUQueueApc?: LPWPUQUEUEAPC;
  /** Names the thread of a call that came with a routine and without a thread. */
  readonly WPUOpenCurrentThread?: LPWPUOPENCURRENTTHREAD;
  /** Signals the event of an operation that the switch is not told of. */
  readonly WPUSetEvent?: LPWPUSETEVENT;
  /** Takes the signal back where an operation begins. */
  readonly WPUResetEvent?: LPWPUSETEVENT;
}

/** True where the low bit of hEvent forbids to report the completion. */
export function isSilent(hEvent: LPWSAOVERLAPPED["hEvent"]): boolean {
  return typeof hEvent === "number" ? hEvent % 2 === 1 : (hEvent & 1n) !== 0n;
}

/** The event itself: hEvent without its low bit. */
export function eventOf(hEvent: LPWSAOVERLAPPED["hEvent"]): Handle {
  return typeof hEvent === "number" ? hEvent - (hEvent % 2) : hEvent & ~1n;
}
