/** What connection and datagram sockets of WSK have in common: state, facts, IRPs, held data. */
import {
  AF_INET,
  AF_INET6,
  PASSIVE_LEVEL,
  STATUS_PENDING,
  STATUS_SUCCESS,
} from "../../generated/index.js";
import type {
  Facts,
  NTSTATUS,
  PIRP,
  PWSK_SOCKET,
  WSK_BUF,
  WskSendProfile,
} from "../../generated/index.js";
import type { Failure } from "../network/failure.js";
import { Irp, takeIrp } from "../io/irp.js";
import { gather, holdChain } from "../io/mdl.js";
import { requireArguments, runtimeRule } from "../refusal.js";
import { RuntimeViolation } from "../violation.js";

/**
 * The world around the sockets of a client. Change it between calls, as a driver's thread would.
 */
export interface WskEnvironment {
  /** The IRQL at which calls are made: PASSIVE_LEVEL is 0, DISPATCH_LEVEL is 2. */
  irql: number;
}

/** How a socket is created. */
export interface WskSocketOptions {
  /** AF_INET or AF_INET6. */
  readonly family: number;
  /** The profile by which its calls are judged; `documented` when left out. */
  readonly profile?: WskSendProfile;
  /** Shared by the sockets of one client. */
  readonly environment?: WskEnvironment;
}

/** A send whose IRP WSK owns. The data is held until it completes. */
export interface PendingSend {
  /** The memory of each buffer, in order. */
  readonly buffers: readonly (readonly Uint8Array[])[];
  /** The length of all of them. */
  readonly bytes: number;
  /** Lets go of the data, completes the IRP, and returns the status. */
  readonly finish: (failure: Pick<Failure, "status"> | null) => NTSTATUS;
}

/** The base of every kind of socket. */
export class WskSocketBase {
  readonly family: number;
  readonly environment: WskEnvironment;
  protected readonly profile: WskSendProfile;
  protected isBound = false;
  protected isClosed = false;

  constructor({ family, profile, environment }: WskSocketOptions) {
    if (family !== AF_INET && family !== AF_INET6) {
      throw new RangeError(`expected the family AF_INET or AF_INET6, received ${String(family)}`);
    }
    this.family = family;
    this.profile = profile ?? "documented";
    this.environment = environment ?? { irql: PASSIVE_LEVEL };
  }

  /** What the checks of a call may know about this socket now. */
  facts(): Facts {
    return { irql: this.environment.irql, "socket.address-family": this.family };
  }

  /** The same for one call, with what is known of its IRP. */
  protected factsOf({ Irp: irp }: { readonly Irp: PIRP }): Facts {
    return { ...this.facts(), "irp.outstanding": irp instanceof Irp && irp.owner === "wsk" };
  }

  /** Takes the IRP of a call, which must be made through the table of this socket. */
  protected take(call: string, socket: PWSK_SOCKET, irp: PIRP): Irp {
    if (!Object.is(socket, this)) throw new RuntimeViolation(call, "socket-wrong-table");
    if (this.isClosed) throw new RuntimeViolation(call, "socket-closed");
    return takeIrp(call, irp);
  }

  /** Takes the IRP and the data of a send, as they are now. */
  protected takeSend(call: string, args: SendArgs): PendingSend {
    const buffers = args.Buffers.map(gather);
    const bytes = buffers.flat().reduce((sum, chunk) => sum + chunk.length, 0);
    const said = args.Buffers.reduce((sum, { Length }) => sum + Number(Length), 0);
    if (bytes !== said) {
      requireArguments(call, (on) => on.breach(WHOLE, "Buffer", `${bytes} of ${said} bytes`));
    }
    const irp = this.take(call, args.Socket, args.Irp);
    const releases = args.Buffers.map((buffer) => holdChain(buffer.Mdl));
    const finished = (failure: Pick<Failure, "status"> | null): NTSTATUS => {
      for (const release of releases) release();
      return finish(irp, failure, bytes);
    };
    return { buffers, bytes, finish: finished };
  }
}

/** A Uint8Array can be made to claim a length that it has not. */
const WHOLE = runtimeRule(
  "WSK_BUF/memory",
  "memory that is as long as it says",
  "Pass a Uint8Array as it is.",
);

interface SendArgs {
  readonly Socket: PWSK_SOCKET;
  readonly Buffers: readonly WSK_BUF[];
  readonly Irp: PIRP;
}

/**
 * Completes an IRP, and returns its status; STATUS_PENDING where the completion has to wait. A
 * failed request carries no byte count.
 */
export function finish(
  irp: Irp,
  failure: Pick<Failure, "status"> | null,
  information = 0,
): NTSTATUS {
  const status = failure === null ? STATUS_SUCCESS : failure.status;
  return irp.complete(status, failure === null ? information : 0) ? status : STATUS_PENDING;
}
