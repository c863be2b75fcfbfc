/** Which sockets there can be: families, types, protocols, and the categories for them. */
import {
  AF_INET, AF_INET6, IPPROTO_TCP, IPPROTO_UDP, SOCK_DGRAM, SOCK_STREAM,
  STATUS_INVALID_PARAMETER, STATUS_NOT_SUPPORTED, STATUS_SUCCESS, WSK_FLAG_BASIC_SOCKET,
  WSK_FLAG_CONNECTION_SOCKET, WSK_FLAG_DATAGRAM_SOCKET, WSK_FLAG_LISTEN_SOCKET,
  WSK_FLAG_STREAM_SOCKET,
} from "../../generated/index.js"; // prettier-ignore
import type { NTSTATUS } from "../../generated/index.js";
import type { WSK_TRANSPORT } from "./provider-prototypes.js";

const transport = (AddressFamily: number, SocketType: number, Protocol: number): WSK_TRANSPORT => ({
  Version: 2,
  SocketType,
  Protocol,
  AddressFamily,
  ProviderId: "00000000-0000-0000-0000-000000000000",
});

/** The transports. */
export const TRANSPORTS: readonly WSK_TRANSPORT[] = [
  transport(AF_INET, SOCK_STREAM, IPPROTO_TCP),
  transport(AF_INET, SOCK_DGRAM, IPPROTO_UDP),
  transport(AF_INET6, SOCK_STREAM, IPPROTO_TCP),
  transport(AF_INET6, SOCK_DGRAM, IPPROTO_UDP),
];

/** The types of sockets that a category is for. A listening one of datagrams cannot be bound. */
const TYPES: ReadonlyMap<number, readonly number[]> = new Map<number, readonly number[]>([
  [WSK_FLAG_BASIC_SOCKET, [SOCK_STREAM, SOCK_DGRAM]],
  [WSK_FLAG_LISTEN_SOCKET, [SOCK_STREAM, SOCK_DGRAM]],
  [WSK_FLAG_CONNECTION_SOCKET, [SOCK_STREAM]],
  [WSK_FLAG_DATAGRAM_SOCKET, [SOCK_DGRAM]],
  [WSK_FLAG_STREAM_SOCKET, [SOCK_STREAM]],
]);

/** Whether such a socket can be made. */
export function judgeKind(
  wanted: Pick<WSK_TRANSPORT, "AddressFamily" | "SocketType" | "Protocol">,
  flags: number,
): NTSTATUS {
  const types = TYPES.get(flags);
  if (types === undefined) return STATUS_INVALID_PARAMETER;
  const isThere = TRANSPORTS.some(
    ({ AddressFamily, SocketType, Protocol }) =>
      AddressFamily === wanted.AddressFamily &&
      SocketType === wanted.SocketType &&
      Protocol === wanted.Protocol,
  );
  if (!isThere) return STATUS_NOT_SUPPORTED;
  return types.includes(wanted.SocketType) ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
}
