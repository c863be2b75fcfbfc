/** An overlapped send: outstanding, then done, and told of at most once. */
import { NO_ERROR, WSS_OPERATION_IN_PROGRESS } from "../../generated/index.js";
import type { LPWSAOVERLAPPED, SOCKET, WSAERROR } from "../../generated/index.js";
import type { Chunks } from "../engine/transmission.js";
import { Transmission } from "../engine/transmission.js";
import type { Failure } from "../network/failure.js";
import { attempt } from "../report.js";
import type { Upcalls } from "./upcalls.js";
import { isSilent } from "./upcalls.js";

/** How an operation ended. */
export interface OverlappedResult {
  readonly error: WSAERROR;
  readonly bytes: number;
}

/** The last operation of each structure. */
export type Operations = WeakMap<LPWSAOVERLAPPED, OverlappedOperation>;

/** What an operation belongs to. */
export interface OperationOwner {
  readonly s: number;
  /** All operations of the provider. */
  readonly all: Operations;
  readonly overlapped: LPWSAOVERLAPPED;
}

/** What an operation sends. */
export interface Captured {
  readonly chunks: readonly Uint8Array[];
  /** Lets go of the registered memory. */
  readonly release: () => void;
}

/** An operation of a socket, and the structure that stands for it. */
export class OverlappedOperation extends Transmission {
  readonly s: number;
  readonly overlapped: LPWSAOVERLAPPED;
  readonly #all: Operations;
  readonly #isSilent: boolean;
  readonly #chunks: readonly Uint8Array[];
  readonly #release: () => void;
  #result: OverlappedResult | null = null;
  #wake: (() => void)[] | null = null;
  /** Told when it has ended, after its call has returned. */
  ended: ((result: OverlappedResult) => void) | null = null;

  constructor({ s, overlapped, all }: OperationOwner, { chunks, release }: Captured) {
    super();
    this.s = s;
    this.overlapped = overlapped;
    this.bytes = bytesOf(chunks);
    this.#all = all;
    this.#isSilent = isSilent(overlapped);
    this.#chunks = chunks;
    this.#release = release;
  }

  override onePiece(): Uint8Array | null {
    return this.#chunks.length === 1 && bytesOf(this.#chunks) === this.bytes
      ? (this.#chunks[0] ?? null)
      : null;
  }

  override gather(chunks: Chunks): boolean {
    for (const chunk of this.#chunks) chunks.push(chunk);
    return bytesOf(this.#chunks) === this.bytes;
  }

  override settle(failure: Failure | null): void {
    this.#release();
    const { error, bytes } =
      failure === null ? { error: NO_ERROR, bytes: this.bytes } : { ...failure, bytes: 0 };
    this.ended?.({ error, bytes });
  }

  /** It has ended before its call returns, or never begun. */
  letGo(): void {
    this.#release();
  }

  /** How it ended; null while it is outstanding. */
  get result(): OverlappedResult | null {
    return this.#result;
  }

  /** Resolves when the operation is done. */
  done(): Promise<void> {
    if (this.#result !== null) return Promise.resolve();
    return new Promise((resolve) => (this.#wake ??= []).push(resolve));
  }

  /** From now on the operation is outstanding. */
  begin(): void {
    this.#all.set(this.overlapped, this);
    this.overlapped.InternalHigh = 0;
    this.overlapped.Internal = WSS_OPERATION_IN_PROGRESS;
  }

  /** Ends an operation that was done before its call returned: there is nobody to tell. */
  finishAtOnce(): void {
    this.#all.set(this.overlapped, this);
    this.#result = { error: NO_ERROR, bytes: this.bytes };
    this.#writeOwn(this.#result);
    this.#write(this.#result);
  }

  /** Ends an outstanding operation; the switch is told unless the low bit of hEvent forbids it. */
  finishLater(result: OverlappedResult, handle: SOCKET, upcalls: Upcalls): void {
    this.#result = result;
    attempt(() => this.#writeOwn(result));
    const isTold = !this.#isSilent && this.#tell(result, handle, upcalls);
    // Where the switch has failed, the structure must not stay in progress for ever.
    if (!isTold && this.#all.get(this.overlapped) === this) attempt(() => this.#write(result));
    for (const wake of this.#wake?.splice(0) ?? []) wake();
  }

  #tell({ error, bytes }: OverlappedResult, handle: SOCKET, upcalls: Upcalls): boolean {
    const { overlapped } = this;
    let answer = -1;
    attempt(() => {
      const lpErrno = { value: 0 };
      answer = upcalls.WPUCompleteOverlappedRequest(handle, overlapped, error, bytes, lpErrno);
    });
    return answer === 0;
  }

  /** These two members are the provider's own. */
  #writeOwn({ error }: OverlappedResult): void {
    this.overlapped.OffsetHigh = error;
    this.overlapped.Offset = 0;
  }

  /** The other two are the switch's, once it is told. */
  #write({ error, bytes }: OverlappedResult): void {
    this.overlapped.InternalHigh = bytes;
    this.overlapped.Internal = error;
  }
}

const bytesOf = (chunks: readonly Uint8Array[]): number =>
  chunks.reduce((sum, chunk) => sum + chunk.length, 0);
