/** WskAccept and WskInspectComplete, for listening sockets and stream sockets alike. */
import {
  SO_CONDITIONAL_ACCEPT, STATUS_INVALID_DEVICE_STATE, STATUS_INVALID_PARAMETER, STATUS_SUCCESS,
} from "../../generated/index.js"; // prettier-ignore
import type { PIRP, PWSK_SOCKET } from "../../generated/index.js";
import type { Irp } from "../io/irp.js";
import { describe, isRecord } from "../../support/index.js";
import { requireArguments, requireFlags, runtimeRule } from "../refusal.js";
import type { AcceptSide } from "./accepting.js";
import { requireRoom } from "./addresses.js";
import type { WSK_INSPECT_ID } from "./client-dispatch.js";
import { WskInspectAccept, WskInspectReject } from "./client-dispatch.js";
import type { SocketOptions } from "./options.js";
import type { PFN_WSK_ACCEPT, PFN_WSK_INSPECT_COMPLETE } from "./prototypes.js";
import { finish } from "./socket.js";

/** Whose calls they are. */
export interface Acceptor {
  readonly side: AcceptSide;
  readonly family: number;
  readonly options: SocketOptions;
  /** Takes the IRP of a call, or refuses it. */
  readonly take: (call: string, socket: PWSK_SOCKET, irp: PIRP) => Irp;
}

/** WskAccept. */
export function acceptCall({ side, family, take }: Acceptor): PFN_WSK_ACCEPT {
  return (ListenSocket, Flags, context, dispatch, LocalAddress, RemoteAddress, Irp) => {
    requireFlags("WskAccept", Flags, 0);
    if (LocalAddress !== null) requireRoom("WskAccept", ["LocalAddress", LocalAddress], family);
    if (RemoteAddress !== null) requireRoom("WskAccept", ["RemoteAddress", RemoteAddress], family);
    const irp = take("WskAccept", ListenSocket, Irp);
    if (side.local === null) return finish(irp, { status: STATUS_INVALID_DEVICE_STATE });
    return side.accept({ irp, context, dispatch, local: LocalAddress, remote: RemoteAddress });
  };
}

const INSPECT_ID = runtimeRule(
  "WskInspectComplete/InspectID.type",
  "a pointer to a WSK_INSPECT_ID",
  "Pass what WskInspectEvent was called with.",
);

function requireInspectId(InspectID: WSK_INSPECT_ID): void {
  if (isRecord(InspectID)) return;
  requireArguments("WskInspectComplete", (on) =>
    on.breach(INSPECT_ID, "InspectID", describe(InspectID)),
  );
}

/** WskInspectComplete. */
export function inspectCompleteCall({ side, options, take }: Acceptor): PFN_WSK_INSPECT_COMPLETE {
  return (ListenSocket, InspectID, Action, Irp) => {
    requireInspectId(InspectID);
    const irp = take("WskInspectComplete", ListenSocket, Irp);
    const isInspecting = side.local !== null && options.isOn(SO_CONDITIONAL_ACCEPT);
    if (!isInspecting) return finish(irp, { status: STATUS_INVALID_DEVICE_STATE });
    const isDecided = Action === WskInspectAccept || Action === WskInspectReject;
    const isKnown = isDecided && side.inspections.complete(InspectID, Action);
    return finish(irp, { status: isKnown ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER });
  };
}
