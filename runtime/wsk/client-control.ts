/** WskControlClient. */
import {
  STATUS_BUFFER_OVERFLOW, STATUS_INVALID_DEVICE_STATE, STATUS_INVALID_HANDLE,
  STATUS_INVALID_PARAMETER, STATUS_NOT_SUPPORTED, STATUS_SUCCESS, WSK_SET_STATIC_EVENT_CALLBACKS,
  WSK_EVENT_ACCEPT, WSK_EVENT_RECEIVE_FROM, WSK_TDI_BEHAVIOR, WSK_TDI_BEHAVIOR_BYPASS_TDI,
  WSK_TRANSPORT_LIST_CHANGE, WSK_TRANSPORT_LIST_QUERY,
} from "../../generated/index.js"; // prettier-ignore
import type { NTSTATUS } from "../../generated/index.js";
import type { WaitQueue } from "../engine/wait-queue.js";
import type { Irp } from "../io/irp.js";
import { irpOf } from "../io/irp.js";
import { cellOf, conclude, eventControlOf, requireBuffers, WSK_SIZES } from "./control.js";
import type { ControlRequest, Outcome } from "./control.js";
import { CONNECTION_EVENTS } from "./event-masks.js";
import type { PFN_WSK_CONTROL_CLIENT, WSK_CLIENT } from "./provider-prototypes.js";
import { TRANSPORTS } from "./transports.js";

/** What it needs of its client. */
export interface ControlledClient extends WSK_CLIENT {
  readonly changes: WaitQueue<Irp>;
  readonly hasMadeSockets: boolean;
  staticEvents: number;
  admit(call: string, client: WSK_CLIENT): void;
}

const ALL_EVENTS = CONNECTION_EVENTS | WSK_EVENT_ACCEPT | WSK_EVENT_RECEIVE_FROM;

/** WskControlClient of a client. */
export function controlClient(self: ControlledClient): PFN_WSK_CONTROL_CLIENT {
  return (...args) => {
    const [Client, ControlCode, InputSize, InputBuffer, ...rest] = args;
    const [OutputSize, OutputBuffer, OutputSizeReturned, Irp] = rest;
    const call = "WskControlClient";
    const output = { OutputSize, OutputBuffer, OutputSizeReturned };
    const codes = { RequestType: 0, ControlCode, Level: 0 };
    const given = { call, ...codes, InputSize, InputBuffer, ...output };
    requireBuffers(given);
    self.admit(call, Client);
    const irp = Irp === null ? null : irpOf(call, Irp);
    irp?.take(call);
    const request = { ...given, irp };
    if (!Object.is(Client, self)) return conclude(request, { status: STATUS_INVALID_HANDLE });
    if (ControlCode === WSK_TRANSPORT_LIST_CHANGE) return wait(self, irp);
    return conclude(request, answerClient(self, request));
  };
}

/** Transports do not come or go here: the IRP waits until it is cancelled. */
function wait({ changes }: ControlledClient, irp: Irp | null): NTSTATUS {
  if (irp === null) return STATUS_INVALID_PARAMETER;
  changes.add(irp, irp);
  return irp.pend();
}

/** The operations whose IRP must be NULL. */
function answerClient(self: ControlledClient, request: ControlRequest): Outcome {
  const { ControlCode, irp } = request;
  const isKnown =
    ControlCode === WSK_TRANSPORT_LIST_QUERY ||
    ControlCode === WSK_SET_STATIC_EVENT_CALLBACKS ||
    ControlCode === WSK_TDI_BEHAVIOR;
  if (!isKnown) return { status: STATUS_NOT_SUPPORTED };
  if (irp !== null) return { status: STATUS_INVALID_PARAMETER };
  if (ControlCode === WSK_TRANSPORT_LIST_QUERY) return list(request);
  if (ControlCode === WSK_SET_STATIC_EVENT_CALLBACKS) return setStatic(self, request);
  // There is no TDI to go past: that is the one behaviour that can be asked for.
  const isBypass = cellOf(request.InputBuffer)?.value === WSK_TDI_BEHAVIOR_BYPASS_TDI;
  return { status: isBypass ? STATUS_SUCCESS : STATUS_NOT_SUPPORTED };
}

function list({ OutputBuffer, OutputSize, OutputSizeReturned }: ControlRequest): Outcome {
  if (OutputSizeReturned === null) return { status: STATUS_INVALID_PARAMETER };
  const bytes = TRANSPORTS.length * WSK_SIZES.WSK_TRANSPORT;
  if (OutputSize < bytes) return { status: STATUS_BUFFER_OVERFLOW, bytes };
  if (!Array.isArray(OutputBuffer)) return { status: STATUS_INVALID_PARAMETER };
  OutputBuffer.splice(0, TRANSPORTS.length, ...TRANSPORTS.map((each) => ({ ...each })));
  return { status: STATUS_SUCCESS, bytes };
}

function setStatic(self: ControlledClient, request: ControlRequest): Outcome {
  if (self.hasMadeSockets) return { status: STATUS_INVALID_DEVICE_STATE };
  const control = eventControlOf(request);
  if (typeof control === "number") return { status: control };
  const isFit = control.EventMask !== 0 && (control.EventMask & ~ALL_EVENTS) === 0;
  if (!isFit) return { status: STATUS_INVALID_PARAMETER };
  self.staticEvents |= control.EventMask;
  return { status: STATUS_SUCCESS };
}
