/** WSK: registration, sockets of all categories, and what their functions take. */
export { BasicSocket } from "./basic-socket.js";
export type { BasicDispatch } from "./basic-socket.js";
export * from "./client-dispatch.js";
export type { ConnectionSocketOptions } from "./connected-socket.js";
export { ConnectionSocket, createConnectionSocket } from "./connection-socket.js";
export type { ConnectionDispatch } from "./connection-socket.js";
export { WSK_SIZES } from "./control.js";
export { createDatagramSocket, DatagramSocket } from "./datagram-socket.js";
export type { DatagramDispatch, DatagramSocketOptions } from "./datagram-socket.js";
export { openHandles, wskSocketOf } from "./handles.js";
export { createListenSocket, ListenSocket } from "./listen-socket.js";
export type { ListenDispatch, ListenSocketOptions } from "./listen-socket.js";
export type { NumberCell } from "./number-cell.js";
export type * from "./prototypes.js";
export type * from "./provider-prototypes.js";
export {
  MAKE_WSK_VERSION, Wsk, wsk, WSK_MAJOR_VERSION, WSK_MINOR_VERSION, WSK_REGISTRATION,
} from "./registration.js"; // prettier-ignore
export type {
  WSK_PROVIDER_CHARACTERISTICS, WSK_PROVIDER_NPI, WskOptions,
} from "./registration.js"; // prettier-ignore
export type { WskEnvironment, WskSocketOptions } from "./socket.js";
export { createStreamSocket, StreamSocket } from "./stream-socket.js";
export type { StreamDispatch, StreamSocketOptions } from "./stream-socket.js";
