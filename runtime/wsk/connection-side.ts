/** What a connection tells its client: data, the end, how much to keep on its way. */
import {
  STATUS_DATA_NOT_ACCEPTED, STATUS_PENDING, STATUS_SUCCESS, WSK_EVENT_DISCONNECT,
  WSK_EVENT_RECEIVE, WSK_EVENT_SEND_BACKLOG, WSK_FLAG_ABORTIVE,
} from "../../generated/index.js"; // prettier-ignore
import type { NTSTATUS } from "../../generated/index.js";
import type { ReceiveOwner } from "../engine/receive-queue.js";
import { ReceiveQueue } from "../engine/receive-queue.js";
import type { Receiver, Stream } from "../engine/stream.js";
import { wskBuf } from "../io/mdl.js";
import { statusName } from "../names.js";
import type { Failure } from "../network/failure.js";
import { reportError } from "../report.js";
import { RuntimeViolation } from "../violation.js";
import type { WSK_CLIENT_CONNECTION_DISPATCH, WSK_DATA_INDICATION } from "./client-dispatch.js";
import type { EventSwitches } from "./events.js";

/** The ideal backlog of sends: where it begins, and where it stops to grow. In bytes. */
const BACKLOG = { first: 64 * 1024, most: 4 * 1024 * 1024 };

/** The callbacks of a connection, in the variables that WskAcceptEvent writes to. */
export interface Callbacks {
  readonly context: { value: unknown };
  readonly dispatch: { value: WSK_CLIENT_CONNECTION_DISPATCH | null };
}

/** What it needs of its socket. */
export interface ConnectionSideOptions {
  readonly events: EventSwitches;
  readonly callbacks: Callbacks;
  /** Called where the connection is lost. */
  readonly lost: () => void;
}

/** The receiving side of a connection, and its events. */
export class ConnectionSide implements Receiver, ReceiveOwner {
  readonly queue: ReceiveQueue = new ReceiveQueue(this);
  readonly #options: ConnectionSideOptions;
  readonly #retained = new Map<WSK_DATA_INDICATION, number>();
  #stream: Stream | null = null;
  #isHeldBack = false;
  #disconnect: number | null = null;
  #backlog = BACKLOG.first;

  constructor(options: ConnectionSideOptions) {
    this.#options = options;
  }

  /** Whose connection it pauses. */
  attach(stream: Stream): void {
    this.#stream = stream;
  }

  /** How many bytes of sends keep the connection busy. */
  get idealBacklog(): number {
    return this.#backlog;
  }

  /** True while a callback's data has not come back. */
  get hasRetained(): boolean {
    return this.#retained.size > 0;
  }

  pause(): void {
    this.#stream?.connection?.pause();
  }

  resume(): void {
    this.#stream?.connection?.resume();
  }

  received(data: Uint8Array): void {
    this.queue.received(data);
  }

  ended(): void {
    this.queue.ended();
  }

  drained(): void {
    this.#disconnected(0);
  }

  failed(failure: Failure): void {
    if (this.queue.failure !== null) return;
    this.queue.fail(failure);
    this.#options.lost();
    this.#disconnected(WSK_FLAG_ABORTIVE);
  }

  /** More could have been sent than there was: more should be kept on its way. */
  starved(): void {
    if (this.#backlog >= BACKLOG.most) return;
    this.#backlog *= 2;
    const { events, callbacks } = this.#options;
    const callback = callbacks.dispatch.value?.WskSendBacklogEvent;
    if (!callback || !events.has(WSK_EVENT_SEND_BACKLOG)) return;
    const run = (): NTSTATUS => callback(callbacks.context.value, this.#backlog);
    expectResult("WskSendBacklogEvent", events.run(WSK_EVENT_SEND_BACKLOG, run), [STATUS_SUCCESS]);
  }

  /** WskReceive was called: the callback may be called again. */
  letGo(): void {
    this.#isHeldBack = false;
  }

  /** Events were switched on: what they would have told is told now. */
  eventsEnabled(): void {
    this.queue.pumpLater();
    queueMicrotask(() => this.#tellDisconnect());
  }

  /** Shows what has arrived to the callback; how much it takes is up to its status. */
  offered(chunks: readonly Uint8Array[], bytes: number): number {
    const { events, callbacks } = this.#options;
    const callback = callbacks.dispatch.value?.WskReceiveEvent;
    if (!callback || this.#isHeldBack || !events.has(WSK_EVENT_RECEIVE)) return 0;
    const list = indicationOf(chunks);
    const accepted = { value: bytes };
    const status = events.run(WSK_EVENT_RECEIVE, () =>
      callback(callbacks.context.value, 0, list, bytes, accepted),
    );
    expectResult("WskReceiveEvent", status, INDICATED);
    if (status === STATUS_PENDING && list !== null) {
      this.#retained.set(list, bytes);
      this.queue.retain(bytes);
      return bytes;
    }
    const isPart = accepted.value >= 0 && accepted.value < bytes;
    if (status === STATUS_SUCCESS && !isPart) return bytes;
    this.#isHeldBack = true;
    return status === STATUS_SUCCESS ? Math.trunc(accepted.value) : 0;
  }

  /** Takes retained data back; false where it is none. */
  releaseIndication(list: WSK_DATA_INDICATION): boolean {
    const bytes = this.#retained.get(list);
    if (bytes === undefined) return false;
    this.#retained.delete(list);
    this.queue.release(bytes);
    return true;
  }

  #disconnected(flags: number): void {
    this.#disconnect = flags;
    this.#tellDisconnect();
  }

  /** The end is told once, behind all data, be it that the event is switched on only then. */
  #tellDisconnect(): void {
    const flags = this.#disconnect;
    const { events, callbacks } = this.#options;
    const callback = callbacks.dispatch.value?.WskDisconnectEvent;
    if (flags === null || !callback || !events.has(WSK_EVENT_DISCONNECT)) return;
    this.#disconnect = null;
    const run = (): NTSTATUS => callback(callbacks.context.value, flags);
    expectResult("WskDisconnectEvent", events.run(WSK_EVENT_DISCONNECT, run), [STATUS_SUCCESS]);
  }

  /** The socket is closed: nothing more is told. */
  silence(failure: Failure): void {
    this.#disconnect = null;
    this.queue.fail(failure);
  }
}

/** What callbacks that indicate data may return. */
export const INDICATED: readonly NTSTATUS[] = [
  STATUS_SUCCESS,
  STATUS_PENDING,
  STATUS_DATA_NOT_ACCEPTED,
];

/** Reports a status that a callback must not return; one that has thrown has been reported. */
export function expectResult(
  event: string,
  returned: NTSTATUS | undefined,
  allowed: readonly NTSTATUS[],
): void {
  if (returned === undefined || allowed.includes(returned)) return;
  reportError(new RuntimeViolation(event, "event-result", statusName(returned)));
}

function indicationOf(chunks: readonly Uint8Array[]): WSK_DATA_INDICATION | null {
  let Next: WSK_DATA_INDICATION | null = null;
  for (const chunk of chunks.toReversed()) Next = { Next, Buffer: wskBuf(chunk) };
  return Next;
}
