/** Makes the socket that a category asks for. */
import {
  SOCK_DGRAM, WSK_FLAG_CONNECTION_SOCKET, WSK_FLAG_DATAGRAM_SOCKET, WSK_FLAG_LISTEN_SOCKET,
  WSK_FLAG_STREAM_SOCKET,
} from "../../generated/index.js"; // prettier-ignore
import { BasicSocket } from "./basic-socket.js";
import type {
  WSK_CLIENT_CONNECTION_DISPATCH, WSK_CLIENT_DATAGRAM_DISPATCH, WSK_CLIENT_LISTEN_DISPATCH,
  WSK_CLIENT_STREAM_DISPATCH,
} from "./client-dispatch.js"; // prettier-ignore
import { ConnectionSocket } from "./connection-socket.js";
import { DatagramSocket } from "./datagram-socket.js";
import { ListenSocket } from "./listen-socket.js";
import type { ClientSocketDispatch } from "./provider-prototypes.js";
import type { WskSocketBase, WskSocketOptions } from "./socket.js";
import { StreamSocket } from "./stream-socket.js";

/** What kind of socket it is. */
export interface SocketKind {
  readonly Flags: number;
  readonly SocketType: number;
  readonly Dispatch: ClientSocketDispatch | null;
}

/** Makes a socket. As in C, the category alone says what table of callbacks `Dispatch` is. */
export function makeSocket(options: WskSocketOptions, kind: SocketKind): WskSocketBase {
  const { Flags, SocketType, Dispatch: given } = kind;
  switch (Flags) {
    case WSK_FLAG_LISTEN_SOCKET: {
      const Dispatch = given as WSK_CLIENT_LISTEN_DISPATCH | null;
      return new ListenSocket({ ...options, Dispatch, isDatagram: SocketType === SOCK_DGRAM });
    }
    case WSK_FLAG_CONNECTION_SOCKET: {
      const Dispatch = given as WSK_CLIENT_CONNECTION_DISPATCH | null;
      return new ConnectionSocket({ ...options, Dispatch });
    }
    case WSK_FLAG_DATAGRAM_SOCKET: {
      const Dispatch = given as WSK_CLIENT_DATAGRAM_DISPATCH | null;
      return new DatagramSocket({ ...options, Dispatch });
    }
    case WSK_FLAG_STREAM_SOCKET: {
      const Dispatch = given as WSK_CLIENT_STREAM_DISPATCH | null;
      return new StreamSocket({ ...options, Dispatch });
    }
    default:
      return new BasicSocket(options);
  }
}
