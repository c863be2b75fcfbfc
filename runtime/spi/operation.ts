/** An overlapped send: outstanding, then done, and told of exactly once. */
import { NO_ERROR, WSS_OPERATION_IN_PROGRESS } from "../../generated/index.js";
import type { LPWSAOVERLAPPED, SOCKET, WSAERROR } from "../../generated/index.js";
import type { Upcalls } from "./upcalls.js";

/** How an operation ended. */
export interface OverlappedResult {
  readonly error: WSAERROR;
  readonly bytes: number;
}

/** An operation and the structure that stands for it. */
export class OverlappedOperation {
  readonly overlapped: LPWSAOVERLAPPED;
  #result: OverlappedResult | null = null;
  #wake: (() => void)[] = [];

  constructor(overlapped: LPWSAOVERLAPPED) {
    this.overlapped = overlapped;
    overlapped.Internal = WSS_OPERATION_IN_PROGRESS;
    overlapped.InternalHigh = 0;
  }

  /** How it ended; null while it is outstanding. */
  get result(): OverlappedResult | null {
    return this.#result;
  }

  /** Resolves when the operation is done. */
  done(): Promise<void> {
    if (this.#result !== null) return Promise.resolve();
    return new Promise((resolve) => this.#wake.push(resolve));
  }

  /** Ends an operation that was done before its call returned: there is nobody to tell. */
  finishAtOnce(bytes: number): void {
    this.#settle({ error: NO_ERROR, bytes });
    this.overlapped.InternalHigh = bytes;
    this.overlapped.Internal = NO_ERROR;
  }

  /** Ends an outstanding operation; the switch is told unless the low bit of hEvent forbids it. */
  finishLater(result: OverlappedResult, handle: SOCKET, upcalls: Upcalls): void {
    const { overlapped } = this;
    // These two members are the provider's own; the other two are the switch's once it is told.
    overlapped.OffsetHigh = result.error;
    overlapped.Offset = 0;
    this.#settle(result);
    if ((BigInt(overlapped.hEvent) & 1n) === 0n) {
      const { error, bytes } = result;
      upcalls.WPUCompleteOverlappedRequest(handle, overlapped, error, bytes, { value: 0 });
    } else {
      overlapped.InternalHigh = result.bytes;
      overlapped.Internal = result.error;
    }
    for (const wake of this.#wake.splice(0)) wake();
  }

  #settle(result: OverlappedResult): void {
    this.#result = result;
  }
}
