/** What all sockets of WSK have in common: state, facts, IRPs. */
import { AF_INET, AF_INET6, PASSIVE_LEVEL } from "../../generated/index.js";
import type {
  Facts, NTSTATUS, PIRP, PWSK_BUF, PWSK_SOCKET, WskSendProfile,
} from "../../generated/index.js"; // prettier-ignore
import { isCompleting } from "../io/completion.js";
import { Irp, irpOf } from "../io/irp.js";
import type { Network, Reach } from "../network/network.js";
import { nodeNetwork } from "../transport/node/index.js";
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
  readonly profile?: WskSendProfile | undefined;
  /** Shared by the sockets of one client. */
  readonly environment?: WskEnvironment | undefined;
  /** Where its bytes go; the system's own network when left out. */
  readonly network?: Network | undefined;
  /** What a completed send has come to; `accepted` when left out. */
  readonly reach?: Reach | undefined;
}

type MutableFacts = { -readonly [Name in keyof Facts]: Facts[Name] };

/** The base of every kind of socket. */
export abstract class WskSocketBase {
  readonly family: number;
  readonly environment: WskEnvironment;
  readonly network: Network;
  readonly reach: Reach;
  protected readonly profile: WskSendProfile;
  protected isClosed = false;
  readonly #facts: MutableFacts;

  constructor(options: WskSocketOptions) {
    const { family, profile, environment, network = nodeNetwork, reach = "accepted" } = options;
    if (family !== AF_INET && family !== AF_INET6) {
      throw new RangeError(`expected the family AF_INET or AF_INET6, received ${String(family)}`);
    }
    if (!network.reaches.includes(reach)) {
      const known = network.reaches.join(", ");
      throw new RangeError(`expected a reach of the network ${network.name} (${known}): ${reach}`);
    }
    this.family = family;
    this.profile = profile ?? "documented";
    this.environment = environment ?? { irql: PASSIVE_LEVEL };
    this.network = network;
    this.reach = reach;
    this.#facts = { "socket.address-family": family };
  }

  /** What the checks of a call may know about this socket now. */
  facts(): Facts {
    return { irql: this.environment.irql, "socket.address-family": this.family };
  }

  /** The same for one call, with what is known of its IRP; the next call changes it. */
  protected factsOf({ Irp: irp }: { readonly Irp: PIRP }): Facts {
    const facts = this.#facts;
    facts.irql = this.environment.irql;
    facts["irp.outstanding"] = Irp.isOwn(irp) && irp.isOutstanding;
    return facts;
  }

  /** Takes the IRP of a call, which must be made through the table of this socket. */
  protected take(call: string, socket: PWSK_SOCKET, irp: PIRP): Irp {
    this.require(call, socket);
    const taken = irpOf(call, irp);
    taken.take(call);
    return taken;
  }

  /** The same for a send, with its data. */
  protected takeSend(call: string, socket: PWSK_SOCKET, buffer: PWSK_BUF, irp: PIRP): Irp {
    this.require(call, socket);
    const taken = irpOf(call, irp);
    taken.takeSend(call, buffer);
    return taken;
  }

  /** Refuses a call that is made through the table of another socket, or too late. */
  protected require(call: string, socket: PWSK_SOCKET): void {
    if (!Object.is(socket, this)) throw new RuntimeViolation(call, "socket-wrong-table");
    if (this.isClosed) throw new RuntimeViolation(call, "socket-closed");
    if (this.profile === "strict" && isCompleting()) {
      throw new RuntimeViolation(call, "call-in-routine");
    }
  }
}

/** Completes an IRP with a status, and returns what the call returns. */
export function finish(irp: Irp, failure: { readonly status: NTSTATUS } | null): NTSTATUS {
  return irp.complete(failure?.status ?? 0, 0);
}
