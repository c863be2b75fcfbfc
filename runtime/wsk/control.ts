/** What WskControlSocket is asked, and how that is answered. */
import {
  SOL_SOCKET, SO_WSK_EVENT_CALLBACK, STATUS_BUFFER_OVERFLOW, STATUS_EVENT_PENDING,
  STATUS_INVALID_DEVICE_STATE, STATUS_INVALID_PARAMETER, STATUS_NOT_SUPPORTED,
  STATUS_REQUEST_NOT_ACCEPTED, STATUS_SUCCESS, WSK_EVENT_DISABLE, WskGetOption, WskIoctl,
  WskSetOption,
} from "../../generated/index.js"; // prettier-ignore
import type { NTSTATUS } from "../../generated/index.js";
import { describe, isRecord, NT_SUCCESS } from "../../support/index.js";
import type { Irp } from "../io/irp.js";
import {
  requireArguments, requireCell, requireUlongs, requireWritable, runtimeRule,
} from "../refusal.js"; // prettier-ignore
import { NPI_WSK_INTERFACE_ID } from "./client-dispatch.js";
import type { WSK_EVENT_CALLBACK_CONTROL } from "./client-dispatch.js";
import type { EventSwitches } from "./events.js";
import type { NumberCell } from "./number-cell.js";
import type { SocketOptions } from "./options.js";

/** Sizes of what control requests take and give, in bytes, as on x64. */
export const WSK_SIZES = {
  ULONG: 4,
  SIZE_T: 8,
  WSK_EVENT_CALLBACK_CONTROL: 16,
  WSK_INSPECT_ID: 16,
  WSK_TRANSPORT: 28,
} as const;

/** A control request. */
export interface ControlRequest {
  readonly call: string;
  readonly RequestType: number;
  readonly ControlCode: number;
  readonly Level: number;
  readonly InputSize: number;
  readonly InputBuffer: object | null;
  readonly OutputSize: number;
  readonly OutputBuffer: object | null;
  readonly OutputSizeReturned: NumberCell | null;
  /** The IRP, which WSK has taken. */
  readonly irp: Irp | null;
}

/** What it has come to, with how many bytes were written. */
export interface Outcome {
  readonly status: NTSTATUS;
  readonly bytes?: number;
}

/** Ends a request: by its IRP, or without one by what the call returns. */
export function conclude({ irp, OutputSizeReturned }: ControlRequest, outcome: Outcome): NTSTATUS {
  const { status, bytes = 0 } = outcome;
  if (irp !== null) return irp.complete(status, NT_SUCCESS(status) ? bytes : 0);
  const tells = NT_SUCCESS(status) || status === STATUS_BUFFER_OVERFLOW;
  if (OutputSizeReturned !== null && tells) OutputSizeReturned.value = bytes;
  return status;
}

/** What a socket is, for its control requests. */
export interface Controlled {
  readonly options: SocketOptions;
  readonly isBound: boolean;
  /** Told of an option that was set. */
  optionSet(option: number, value: number): void;
  /** Runs a control code. */
  ioctl(request: ControlRequest): Outcome;
}

/** Answers a request about options and control codes, besides SO_WSK_EVENT_CALLBACK. */
export function answer(socket: Controlled, request: ControlRequest): Outcome {
  const { RequestType, ControlCode, Level } = request;
  if (RequestType === WskIoctl) return socket.ioctl(request);
  if (RequestType !== WskSetOption && RequestType !== WskGetOption) {
    return { status: STATUS_INVALID_PARAMETER };
  }
  const value = Level === SOL_SOCKET ? socket.options.get(ControlCode) : undefined;
  if (value === undefined) return { status: STATUS_NOT_SUPPORTED };
  if (request.irp === null) return { status: STATUS_REQUEST_NOT_ACCEPTED };
  if (RequestType === WskGetOption) return write(request, value, WSK_SIZES.ULONG);
  const wanted = cellOf(request.InputBuffer)?.value;
  if (request.InputSize < WSK_SIZES.ULONG || wanted !== (wanted ?? 0) >>> 0) return INVALID;
  const status = socket.options.set(ControlCode, wanted, socket.isBound);
  if (status === STATUS_SUCCESS) socket.optionSet(ControlCode, wanted);
  return { status };
}

/** Writes a number to the output buffer. */
export function write(request: ControlRequest, value: number, size: number): Outcome {
  const cell = cellOf(request.OutputBuffer);
  if (request.OutputSize < size || cell === null) return { status: STATUS_INVALID_PARAMETER };
  cell.value = value;
  return { status: STATUS_SUCCESS, bytes: size };
}

/** True for the request that switches event callbacks. */
export function isEventSwitch({ RequestType, ControlCode, Level }: ControlRequest): boolean {
  return (
    RequestType === WskSetOption && ControlCode === SO_WSK_EVENT_CALLBACK && Level === SOL_SOCKET
  );
}

/** What event callbacks a socket has. */
export interface Switchable {
  readonly events: EventSwitches;
  /** The events that may be switched on now; null while none may. */
  readonly switchable: number | null;
  /** Those that cannot be switched off again. */
  readonly lasting: number;
  /** Told of events that were switched on. */
  eventsEnabled(): void;
}

/** Switches event callbacks. */
export function switchEvents(socket: Switchable, request: ControlRequest): NTSTATUS {
  const control = eventControlOf(request);
  if (typeof control === "number") return conclude(request, { status: control });
  const { switchable, events } = socket;
  if (switchable === null) return conclude(request, { status: STATUS_INVALID_DEVICE_STATE });
  const mask = (control.EventMask & ~WSK_EVENT_DISABLE) >>> 0;
  const isOn = (control.EventMask & WSK_EVENT_DISABLE) === 0;
  const isFit = mask !== 0 && (mask & ~switchable) === 0;
  if (isOn) {
    if (!isFit || request.irp !== null) return conclude(request, INVALID);
    events.enable(mask);
    socket.eventsEnabled();
    return conclude(request, { status: STATUS_SUCCESS });
  }
  const isOne = (mask & (mask - 1)) === 0;
  if (!isFit || !isOne || (mask & (socket.lasting | events.always)) !== 0) {
    return conclude(request, INVALID);
  }
  if (events.disable(mask)) return conclude(request, { status: STATUS_SUCCESS });
  if (request.irp === null) return STATUS_EVENT_PENDING;
  events.whenIdle(mask, () => conclude(request, { status: STATUS_SUCCESS }));
  return request.irp.pend();
}

const INVALID: Outcome = { status: STATUS_INVALID_PARAMETER };

/** Which events a request names; a status where it does not. */
export function eventControlOf(
  request: Pick<ControlRequest, "InputBuffer" | "InputSize">,
): WSK_EVENT_CALLBACK_CONTROL | NTSTATUS {
  const { InputBuffer, InputSize } = request;
  if (InputSize < WSK_SIZES.WSK_EVENT_CALLBACK_CONTROL || InputBuffer === null) {
    return STATUS_INVALID_PARAMETER;
  }
  const NpiId: unknown = "NpiId" in InputBuffer ? InputBuffer.NpiId : null;
  const EventMask: unknown = "EventMask" in InputBuffer ? InputBuffer.EventMask : null;
  if (typeof EventMask !== "number" || typeof NpiId !== "string") return STATUS_INVALID_PARAMETER;
  if (NpiId.toLowerCase() !== NPI_WSK_INTERFACE_ID) return STATUS_NOT_SUPPORTED;
  return { NpiId, EventMask };
}

/** The number behind a buffer; null where there is none. */
export function cellOf(buffer: object | null): NumberCell | null {
  return isCell(buffer) ? buffer : null;
}

const isCell = (value: unknown): value is NumberCell =>
  isRecord(value) && typeof value["value"] === "number";

/** Refuses codes that are none, and buffers that are not what their sizes promise. */
export function requireBuffers(request: Omit<ControlRequest, "irp">): void {
  const { call, InputSize, InputBuffer, OutputSize, OutputBuffer, OutputSizeReturned } = request;
  const { RequestType, ControlCode, Level } = request;
  requireUlongs(call, { RequestType, ControlCode, Level });
  requireSized(call, ["Input", InputSize, InputBuffer]);
  requireSized(call, ["Output", OutputSize, OutputBuffer]);
  if (isCell(OutputBuffer)) requireWritable(call, { OutputBuffer }, ["value"]);
  requireCell(call, ["OutputSizeReturned", OutputSizeReturned], { read: false });
}

function requireSized(
  call: string,
  [name, size, buffer]: readonly [name: string, size: unknown, buffer: unknown],
): void {
  const advice = "Pass the size of the buffer, or 0 and NULL.";
  const sized = runtimeRule(`${call}/${name}Size.type`, "a size in bytes", advice);
  const there = runtimeRule(`${call}/${name}Buffer.type`, `what ${name}Size promises`, advice);
  requireArguments(call, (on) => {
    const isSize = typeof size === "number" && Number.isSafeInteger(size) && size >= 0;
    if (!isSize) return on.breach(sized, `${name}Size`, describe(size));
    if (size > 0 ? isRecord(buffer) || Array.isArray(buffer) : buffer === null) return;
    on.breach(there, `${name}Buffer`, describe(buffer));
  });
}
