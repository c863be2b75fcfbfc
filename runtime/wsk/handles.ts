/**
 * Sockets as numbers. In C, Information of an IRP is as wide as a pointer, and holds the one of a
 * new socket; here it holds a handle.
 */
import type { PIRP, WSK_SOCKET } from "../../generated/index.js";
import { describe } from "../../support/index.js";
import { statusName } from "../names.js";

const sockets = new Map<number, WSK_SOCKET>();
const handles = new WeakMap<WSK_SOCKET, number>();
let next = 0x1000;

/** The handle of a socket; it has one from now on, until it is closed. */
export function handleOf(socket: WSK_SOCKET): number {
  const known = handles.get(socket);
  if (known !== undefined) return known;
  next += 0x10;
  sockets.set(next, socket);
  handles.set(socket, next);
  return next;
}

/** Forgets the handle of a socket that is closed. */
export function releaseHandle(socket: WSK_SOCKET): void {
  const handle = handles.get(socket);
  if (handle !== undefined) sockets.delete(handle);
}

/** How many sockets are open that WSK has handed out by a handle. */
export function openHandles(): number {
  return sockets.size;
}

/**
 * The socket that a completed IRP of WskSocket, WskSocketConnect or WskAccept has brought: C's
 * `(PWSK_SOCKET)Irp->IoStatus.Information`, and the cast of its Dispatch. Throws TypeError where
 * the IRP brings no open socket, or one of another kind.
 */
export function wskSocketOf<Socket extends WSK_SOCKET>(
  Irp: Pick<PIRP, "IoStatus">,
  kind: abstract new (...args: never[]) => Socket,
): Socket {
  if (typeof kind !== "function") {
    const wanted = "wskSocketOf(Irp, kind): expected a class of sockets, such as ConnectionSocket";
    throw new TypeError(`${wanted}, received ${describe(kind)}`);
  }
  const { Status, Information } = Irp.IoStatus;
  const socket = Status === 0 ? sockets.get(Number(Information)) : undefined;
  if (socket instanceof kind) return socket;
  const none = Status === 0 ? "none that is open" : statusName(Status);
  const found = socket === undefined ? none : socket.constructor.name;
  throw new TypeError(`expected an IRP with a ${kind.name}, received one with ${found}`);
}
