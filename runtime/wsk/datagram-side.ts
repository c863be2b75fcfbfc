/** What arrives at a datagram socket: receives that wait for it, or a callback. */
import {
  MSG_CTRUNC, MSG_TRUNC, STATUS_PENDING, STATUS_SUCCESS, WSK_EVENT_RECEIVE_FROM,
} from "../../generated/index.js"; // prettier-ignore
import type { NTSTATUS, PCMSGHDR, PSOCKADDR } from "../../generated/index.js";
import type { Arrived } from "../engine/datagram-queue.js";
import { DatagramQueue } from "../engine/datagram-queue.js";
import { copyInto } from "../engine/receive-queue.js";
import type { Irp } from "../io/irp.js";
import { wskBuf } from "../io/mdl.js";
import type { Failure } from "../network/failure.js";
import { FAULT } from "../network/failure.js";
import { attempt } from "../report.js";
import { sockaddrOf, writeAddress } from "./addresses.js";
import type { WSK_CLIENT_DATAGRAM_DISPATCH, WSK_DATAGRAM_INDICATION } from "./client-dispatch.js";
import { expectResult, INDICATED } from "./connection-side.js";
import type { EventSwitches } from "./events.js";
import type { NumberCell } from "./number-cell.js";

/** What a WskReceiveFrom leaves where it waits. */
export interface ReceiveFromRequest {
  readonly irp: Irp;
  readonly address: PSOCKADDR | null;
  readonly controlLength: NumberCell | null;
  readonly control: PCMSGHDR | null;
  readonly flags: NumberCell | null;
}

/** What it needs of its socket. */
export interface DatagramSideOptions {
  readonly events: EventSwitches;
  readonly context: () => unknown;
  readonly dispatch: WSK_CLIENT_DATAGRAM_DISPATCH | null;
}

/** The receiving side of a datagram socket. */
export class DatagramSide {
  readonly #options: DatagramSideOptions;
  readonly #retained = new Map<WSK_DATAGRAM_INDICATION, number>();
  readonly #queue: DatagramQueue<ReceiveFromRequest>;

  constructor(options: DatagramSideOptions) {
    this.#options = options;
    this.#queue = new DatagramQueue(
      (request, datagram) => attempt(() => void deliver(request, datagram)),
      (datagram) => this.#offered(datagram),
    );
  }

  /** True while a callback's datagrams have not come back. */
  get hasRetained(): boolean {
    return this.#retained.size > 0;
  }

  /** Sets how many bytes wait at most. */
  set window(bytes: number) {
    this.#queue.window = bytes;
  }

  /** A datagram has arrived. */
  received(datagram: Arrived): void {
    this.#queue.received(datagram);
  }

  /** Receives one, or waits for it. */
  receive(request: ReceiveFromRequest): NTSTATUS {
    const datagram = this.#queue.receive(request.irp, request);
    return datagram === null ? request.irp.pend() : deliver(request, datagram);
  }

  /** The event was switched on. */
  eventsEnabled(): void {
    this.#queue.pumpLater();
  }

  /** Ends who waits, and drops the rest. */
  close(failure: Failure): void {
    this.#queue.fail(failure);
  }

  /** Takes retained datagrams back; false where they are none. */
  releaseIndication(list: WSK_DATAGRAM_INDICATION): boolean {
    const bytes = this.#retained.get(list);
    if (bytes === undefined) return false;
    this.#retained.delete(list);
    this.#queue.release(bytes);
    return true;
  }

  /**
   * Shows a datagram to the callback. One that does not accept it is switched off, unless it is on
   * for good: then the datagram is lost, since there is nobody to keep it for.
   */
  #offered({ data, from, control }: Arrived): boolean {
    const { events, context, dispatch } = this.#options;
    const callback = dispatch?.WskReceiveFromEvent;
    if (!callback || !events.has(WSK_EVENT_RECEIVE_FROM)) return false;
    const list: WSK_DATAGRAM_INDICATION = {
      Next: null,
      Buffer: wskBuf(data),
      ControlInfo: control,
      ControlInfoLength: control?.length ?? 0,
      RemoteAddress: sockaddrOf(from),
    };
    const status = events.run(WSK_EVENT_RECEIVE_FROM, () => callback(context(), 0, list));
    expectResult("WskReceiveFromEvent", status, INDICATED);
    if (status === STATUS_PENDING) {
      this.#retained.set(list, data.length);
      this.#queue.retain(data.length);
      return true;
    }
    if (status === STATUS_SUCCESS) return true;
    if ((events.always & WSK_EVENT_RECEIVE_FROM) !== 0) return true;
    events.disable(WSK_EVENT_RECEIVE_FROM);
    return false;
  }
}

/** Completes a receive with a datagram, as far as there is room for it. */
function deliver(request: ReceiveFromRequest, { data, from, control }: Arrived): NTSTATUS {
  const { irp, flags } = request;
  const views: Uint8Array[] = [];
  if (!irp.gather(views)) return irp.settle(FAULT);
  const room = irp.bytes;
  irp.bytes = copyInto(views, 0, data.subarray(0, room));
  // What could be written at the call may be frozen since: then the datagram has come all the same.
  attempt(() => writeAddress(request.address, from));
  let isCut = false;
  attempt(() => {
    isCut = writeControl(request, control);
  });
  attempt(() => {
    if (flags === null) return;
    flags.value = (data.length > room ? MSG_TRUNC : 0) | (isCut ? MSG_CTRUNC : 0);
  });
  return irp.settle(null);
}

/** Writes control information; true where it was cut off. */
function writeControl(request: ReceiveFromRequest, control: Uint8Array | null): boolean {
  const { controlLength, control: target } = request;
  if (controlLength === null) return false;
  const room = Math.min(controlLength.value, target?.length ?? 0);
  const bytes = control ?? new Uint8Array();
  const written = Math.min(room, bytes.length);
  target?.set(bytes.subarray(0, written));
  controlLength.value = written;
  return written < bytes.length;
}
