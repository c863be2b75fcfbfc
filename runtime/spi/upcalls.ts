/** The Windows Sockets switch, as a provider sees it: handles, notifications, events. */
import { SOCKET_ERROR, WSAEINVAL, WSS_OPERATION_IN_PROGRESS } from "../../generated/index.js";
import type { LPINT, LPWSAOVERLAPPED, SOCKET } from "../../generated/index.js";

/** The upcalls that a provider makes while it sends. */
export interface Upcalls {
  /** Makes the handle by which the switch knows a socket. */
  readonly WPUCreateSocketHandle: (
    dwCatalogEntryId: number,
    dwContext: number,
    lpErrno: LPINT,
  ) => SOCKET;
  /** Ends the use of such a handle; the last upcall for a socket. */
  readonly WPUCloseSocketHandle: (s: SOCKET, lpErrno: LPINT) => number;
  /** Reports the completion of an overlapped operation: sets the structure, signals its event. */
  readonly WPUCompleteOverlappedRequest: (
    s: SOCKET,
    lpOverlapped: LPWSAOVERLAPPED,
    dwError: number,
    cbTransferred: number,
    lpErrno: LPINT,
  ) => number;
}

/** A completion as the switch was told of it. */
export interface Notification {
  readonly s: SOCKET;
  readonly lpOverlapped: LPWSAOVERLAPPED;
  readonly dwError: number;
  readonly cbTransferred: number;
}

/** A switch that keeps a record, for programs that have none of their own. */
export class RecordingSwitch implements Upcalls {
  /** Every notification, in the order in which they came. */
  readonly notifications: Notification[] = [];
  readonly #handles = new Set<SOCKET>();
  readonly #waiting = new Map<LPWSAOVERLAPPED, (() => void)[]>();
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
    this.notifications.push({ s, lpOverlapped, dwError, cbTransferred });
    for (const wake of this.#waiting.get(lpOverlapped) ?? []) wake();
    this.#waiting.delete(lpOverlapped);
    return 0;
  };

  /**
   * Resolves when the operation that is outstanding with this structure is reported. Without one,
   * as after a send that was done at once, there is nothing to wait for. Rejects where the low bit
   * of hEvent forbids the report; `completed` of the provider waits for those too.
   */
  notified(lpOverlapped: LPWSAOVERLAPPED): Promise<void> {
    if (Number(lpOverlapped.Internal) !== WSS_OPERATION_IN_PROGRESS) return Promise.resolve();
    if (isSilent(lpOverlapped)) {
      return Promise.reject(new Error("the low bit of hEvent is set: nobody will be notified"));
    }
    const waiting = this.#waiting.get(lpOverlapped) ?? [];
    this.#waiting.set(lpOverlapped, waiting);
    return new Promise((resolve) => waiting.push(resolve));
  }
}

/** True where the low bit of hEvent forbids to report the completion. */
export function isSilent({ hEvent }: LPWSAOVERLAPPED): boolean {
  return (BigInt(hEvent) & 1n) !== 0n;
}
