/** What all sockets of WSK have in common: state, facts, IRPs, control requests, the close. */
import {
  AF_INET, AF_INET6, DISPATCH_LEVEL, PASSIVE_LEVEL, STATUS_NOT_SUPPORTED,
} from "../../generated/index.js"; // prettier-ignore
import type {
  Facts, NTSTATUS, PCVOID, PIRP, PWSK_BUF, PWSK_SOCKET, WSK_SOCKET, WskSendProfile,
} from "../../generated/index.js"; // prettier-ignore
import type { FaultPlan } from "../fault-plan.js";
import { isCompleting } from "../io/completion.js";
import { Irp, irpOf } from "../io/irp.js";
import type { Network, Reach } from "../network/network.js";
import { familyName } from "../names.js";
import type { Names } from "../option-names.js";
import { requireNames } from "../option-names.js";
import { requireIrql } from "../refusal.js";
import { nodeNetwork } from "../transport/node/index.js";
import { RuntimeViolation } from "../violation.js";
import { answer, conclude, isEventSwitch, requireBuffers, switchEvents } from "./control.js";
import type { Controlled, ControlRequest, Outcome, Switchable } from "./control.js";
import { EventSwitches } from "./events.js";
import { releaseHandle } from "./handles.js";
import type { Category } from "./options.js";
import { SocketOptions } from "./options.js";
import { FailingSends } from "./planned.js";
import type { PlannedBody } from "./planned.js";
import { requireDatagramReach, requireReach } from "./reach.js";
import type { PFN_WSK_CLOSE_SOCKET, PFN_WSK_CONTROL_SOCKET } from "./prototypes.js";

/**
 * The world around the sockets of a client. Change it between calls, as a driver's thread would.
 */
export interface WskEnvironment {
  /** The IRQL at which calls are made: PASSIVE_LEVEL is 0, DISPATCH_LEVEL is 2. */
  irql: number;
}

/** Whose socket it is: a client of WSK, which cannot deregister before all are closed. */
export interface SocketOwner {
  /** Events that are on for all of its sockets, of WSK_EVENT_MASKS. */
  readonly staticEvents: number;
  opened(socket: WSK_SOCKET): void;
  closed(socket: WSK_SOCKET): void;
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
  /** Failures on order, for its sends, and those of the sockets that it accepts. */
  readonly faults?: FaultPlan | undefined;
  /** What its event callbacks are called with. */
  readonly SocketContext?: unknown;
  /** Whose it is; nobody's when left out. */
  readonly owner?: SocketOwner | undefined;
}

/**
 * What is known for one call: judged before another call can change it. It is sealed, so that its
 * names are looked at once.
 */
const CALL_FACTS: { -readonly [Name in keyof Facts]: Facts[Name] } = Object.seal({
  irql: PASSIVE_LEVEL,
  "socket.address-family": AF_INET,
  "irp.outstanding": false,
});

const COMMON: Names<WskSocketOptions> = {
  family: true,
  profile: true,
  environment: true,
  network: true,
  reach: true,
  faults: true,
  SocketContext: true,
  owner: true,
};

const WITH_CALLBACKS = { ...COMMON, Dispatch: true } as const;

const NAMES: Readonly<Record<Category, Readonly<Record<string, true>>>> = {
  basic: COMMON,
  listen: { ...WITH_CALLBACKS, isDatagram: true },
  datagram: WITH_CALLBACKS,
  connection: WITH_CALLBACKS,
  stream: WITH_CALLBACKS,
};

/** The base of every kind of socket. */
export abstract class WskSocketBase implements WSK_SOCKET, Controlled, Switchable {
  abstract readonly Dispatch: PCVOID;
  readonly family: number;
  readonly environment: WskEnvironment;
  readonly network: Network;
  readonly reach: Reach;
  readonly options: SocketOptions;
  readonly events: EventSwitches;
  protected readonly profile: WskSendProfile;
  protected readonly owner: SocketOwner | undefined;
  protected readonly faults: FaultPlan | undefined;
  /** Sends that are pending because a plan wants them to fail. */
  protected readonly failures = new FailingSends();
  protected context: unknown;
  protected isClosed = false;

  constructor(options: WskSocketOptions, category: Category) {
    requireNames(`a ${category} socket`, options, NAMES[category]);
    const { family, profile, environment, network = nodeNetwork, reach = "accepted" } = options;
    if (family !== AF_INET && family !== AF_INET6) {
      throw new RangeError(
        `expected the family AF_INET or AF_INET6, received ${familyName(family)}`,
      );
    }
    requireReach(network, reach);
    if (category === "datagram") requireDatagramReach(reach);
    this.family = family;
    this.profile = profile ?? "documented";
    this.environment = environment ?? { irql: PASSIVE_LEVEL };
    this.network = network;
    this.reach = reach;
    this.options = new SocketOptions(category);
    this.context = options.SocketContext ?? null;
    this.owner = options.owner;
    this.faults = options.faults;
    this.events = new EventSwitches(options.owner?.staticEvents ?? 0);
    this.owner?.opened(this);
  }

  /** What a socket that comes of this one is created with. */
  protected get inherited(): WskSocketOptions {
    const { family, profile, environment, network, reach, owner, faults } = this;
    return { family, profile, environment, network, reach, owner, faults };
  }

  /** What the checks of a call may know about this socket now. */
  facts(): Facts {
    return { irql: this.environment.irql, "socket.address-family": this.family };
  }

  /** The same for one call, with what is known of its IRP; the next call changes it. */
  protected factsOf(irp: PIRP): Facts {
    const facts = CALL_FACTS;
    facts.irql = this.environment.irql;
    facts["socket.address-family"] = this.family;
    facts["irp.outstanding"] = Irp.isOwn(irp) && irp.isOutstanding;
    return facts;
  }

  /** Takes the IRP of a call, which must be made through the table of this socket. */
  protected take(call: string, socket: PWSK_SOCKET, irp: PIRP): Irp {
    this.admit(call, socket);
    const taken = irpOf(call, irp);
    taken.take(call);
    return taken;
  }

  /** The same for a send, with its data. The stub has judged the IRQL. */
  protected takeSend(call: string, socket: PWSK_SOCKET, buffer: PWSK_BUF, irp: PIRP): Irp {
    this.require(call, socket);
    const taken = irpOf(call, irp);
    taken.takeSend(call, buffer);
    return taken;
  }

  /** The same for data of a call that no stub has judged. */
  protected takeData(call: string, socket: PWSK_SOCKET, buffer: PWSK_BUF, irp: PIRP): Irp {
    requireIrql(call, this.environment.irql, DISPATCH_LEVEL);
    return this.takeSend(call, socket, buffer, irp);
  }

  /** Takes the IRP and the data of a send that is to fail. */
  protected failing(call: string): PlannedBody<PWSK_BUF, []>["begin"] {
    return (...args) => {
      const irp = this.takeSend(call, ...args);
      return { irp, end: (failure) => irp.settle(failure) };
    };
  }

  /** Refuses a call that is made through the table of another socket, or too late. */
  protected require(call: string, socket: PWSK_SOCKET): void {
    if (!Object.is(socket, this)) throw new RuntimeViolation(call, "socket-wrong-table");
    if (this.isClosed) throw new RuntimeViolation(call, "socket-closed");
    if (this.profile === "strict" && isCompleting()) {
      throw new RuntimeViolation(call, "call-in-routine");
    }
  }

  /** The same, and one that is made at a level too high, which no stub has judged. */
  protected admit(call: string, socket: PWSK_SOCKET): void {
    requireIrql(call, this.environment.irql, DISPATCH_LEVEL);
    this.require(call, socket);
  }

  /** WskControlSocket of any table. */
  protected readonly control: PFN_WSK_CONTROL_SOCKET = (...args) => {
    const [Socket, RequestType, ControlCode, Level, InputSize, InputBuffer, ...output] = args;
    const [OutputSize, OutputBuffer, OutputSizeReturned, Irp] = output;
    const call = "WskControlSocket";
    const input = { RequestType, ControlCode, Level, InputSize, InputBuffer };
    const given = { call, ...input, OutputSize, OutputBuffer, OutputSizeReturned };
    requireBuffers(given);
    this.judgeControl(given);
    this.admit(call, Socket);
    const irp = Irp === null ? null : irpOf(call, Irp);
    irp?.take(call);
    const request: ControlRequest = { ...given, irp };
    if (isEventSwitch(request)) return switchEvents(this, request);
    return conclude(request, answer(this, request));
  };

  /** WskCloseSocket of any table. What is pending ends first, and the IRP of the close last. */
  protected readonly close: PFN_WSK_CLOSE_SOCKET = (Socket, Irp) => {
    this.admit("WskCloseSocket", Socket);
    this.judgeClose();
    const irp = irpOf("WskCloseSocket", Irp);
    irp.take("WskCloseSocket");
    let returned: NTSTATUS | null = null;
    this.shut(() => {
      // A callback that has called this has to return first.
      this.events.whenIdle(0, () => {
        returned = finish(irp, null);
      });
    });
    return returned ?? irp.pend();
  };

  /** Closes, whoever asks; calls back when nothing of the socket is left. */
  shut(done: () => void): void {
    if (this.isClosed) return done();
    this.isClosed = true;
    releaseHandle(this);
    this.failures.cancel();
    this.release(() => {
      this.owner?.closed(this);
      done();
    });
  }

  /** Ends everything that is pending, and lets go of the network. */
  protected abstract release(done: () => void): void;

  /** True from the bind on. */
  abstract get isBound(): boolean;

  /** The events that may be switched on now; null while none may. */
  get switchable(): number | null {
    return null;
  }

  /** Those that cannot be switched off again. */
  get lasting(): number {
    return 0;
  }

  /** Told of an option that was set. */
  optionSet(_option: number, _value: number): void {}

  /** Told of events that were switched on. */
  eventsEnabled(): void {}

  /** Runs a control code. */
  ioctl(_request: ControlRequest): Outcome {
    return { status: STATUS_NOT_SUPPORTED };
  }

  /** Refuses arguments of a control code, before anything is taken. */
  protected judgeControl(_request: Omit<ControlRequest, "irp">): void {}

  /** Refuses a close that comes too early. */
  protected judgeClose(): void {}
}

/** Completes an IRP with a status, and returns what the call returns. */
export function finish(irp: Irp, failure: { readonly status: NTSTATUS } | null): NTSTATUS {
  return irp.complete(failure?.status ?? 0, 0);
}
