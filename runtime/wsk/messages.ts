/** How datagrams are handed to a port, and the many of one WskSendMessages. */
import { STATUS_SUCCESS } from "../../generated/index.js";
import type { NTSTATUS, PWSK_BUF_LIST, WSK_BUF } from "../../generated/index.js";
import type { Irp } from "../io/irp.js";
import { gatherChain, holdChain, releaseChain } from "../io/mdl.js";
import { FAULT, UNSUPPORTED } from "../network/failure.js";
import type { Failure } from "../network/failure.js";
import type { Datagram, Port, Waiting } from "../network/network.js";
import { DONE, TAKEN } from "../network/network.js";
import type { Failing } from "./planned.js";

/** Sends a datagram, whose control information the port may not carry: nothing is dropped. */
export function deliver(
  port: Port,
  datagram: Datagram,
  waiting: Waiting,
): typeof DONE | typeof TAKEN | Failure {
  if (datagram.control !== null && !port.carriesControl) return UNSUPPORTED;
  return port.send(datagram, waiting);
}

/** The datagrams of one WskSendMessages. */
export class Messages implements Waiting, Failing {
  readonly irp: Irp;
  readonly #buffers: readonly WSK_BUF[];
  #left = 0;
  #failure: Pick<Failure, "status"> | null = null;

  constructor(irp: Irp, list: PWSK_BUF_LIST) {
    this.irp = irp;
    this.#buffers = buffersOf(list);
    for (const { Mdl } of this.#buffers) if (Mdl !== null) holdChain(Mdl);
  }

  /** Ends it before anything was sent. */
  end(failure: Pick<Failure, "status">): NTSTATUS {
    this.#failure = failure;
    return this.#finish();
  }

  /** Sends one datagram for each buffer, in their order; the IRP waits for all. */
  send(port: Port, common: Pick<Datagram, "to" | "control">): NTSTATUS {
    this.#left = 1;
    for (const buffer of this.#buffers) {
      const chunks: Uint8Array[] = [];
      const sent = gatherChain(chunks, buffer) ? deliver(port, { ...common, chunks }, this) : FAULT;
      if (sent === TAKEN) this.#left += 1;
      else if (sent !== DONE) this.#failure ??= sent;
    }
    this.#left -= 1;
    return this.#left === 0 ? this.#finish() : this.irp.pend();
  }

  settle(failure: Failure | null): void {
    this.#failure ??= failure;
    this.#left -= 1;
    if (this.#left === 0) this.#finish();
  }

  /** Where one has failed the IRP fails, with no count. */
  #finish(): NTSTATUS {
    for (const { Mdl } of this.#buffers) if (Mdl !== null) releaseChain(Mdl);
    const bytes = this.#buffers.reduce((sum, { Length }) => sum + Number(Length), 0);
    return this.#failure === null
      ? this.irp.complete(STATUS_SUCCESS, bytes)
      : this.irp.complete(this.#failure.status, 0);
  }
}

function buffersOf(first: PWSK_BUF_LIST): WSK_BUF[] {
  const buffers: WSK_BUF[] = [];
  for (let item: PWSK_BUF_LIST | null = first; item !== null; item = item.Next) {
    // The structure is the caller's again when the call returns.
    const { Mdl, Offset, Length } = item.Buffer;
    buffers.push({ Mdl, Offset, Length });
  }
  return buffers;
}
