/** The Windows Sockets switch, as a provider sees it: handles, notifications, events. */
import { SOCKET_ERROR, WSAEINVAL } from "../../generated/index.js";
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
  readonly #waiting = new Map<LPWSAOVERLAPPED, () => void>();
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
    this.#waiting.get(lpOverlapped)?.();
    this.#waiting.delete(lpOverlapped);
    return 0;
  };

  /**
   * Resolves when the operation of this structure is reported; JavaScript cannot wait otherwise.
   */
  notified(lpOverlapped: LPWSAOVERLAPPED): Promise<void> {
    if (this.notifications.some((n) => n.lpOverlapped === lpOverlapped)) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.set(lpOverlapped, resolve));
  }
}
