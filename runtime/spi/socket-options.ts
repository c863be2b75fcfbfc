/** Options of sockets that sends depend on, read and set as memory. */
import {
  NO_ERROR, SO_BROADCAST, SO_ERROR, SO_LINGER, SO_MAX_MSG_SIZE, SO_SNDBUF, SO_TYPE, SOCK_DGRAM,
  SOCK_STREAM, SOL_SOCKET, WSAEFAULT, WSAEINVAL, WSAENOPROTOOPT,
} from "../../generated/index.js"; // prettier-ignore
import type { LPINT, WSAERROR } from "../../generated/index.js";
import { isBytes } from "../../support/index.js";
import type { SpiSocket } from "./socket.js";

/** An option: a DWORD, or a BOOL or LINGER of the same width. */
interface Option {
  readonly get: (socket: SpiSocket) => number;
  /** Left out where the option can only be read. */
  readonly set?: (socket: SpiSocket, value: number) => void;
  /** The type of socket that has it; left out where each has. */
  readonly of?: number;
}

const WIDTH = 4;

const OPTIONS = new Map<number, Option>([
  [SO_MAX_MSG_SIZE, { get: ({ maxMessageSize }) => maxMessageSize }],
  [SO_TYPE, { get: ({ type }) => type }],
  [
    SO_ERROR,
    {
      get: (socket) => {
        const { lastError } = socket;
        socket.lastError = NO_ERROR;
        return lastError;
      },
      // Wine takes it, and nothing comes of it.
      set: () => undefined,
    },
  ],
  [
    SO_SNDBUF,
    {
      get: ({ sendBuffer }) => sendBuffer,
      set: (socket, value) => {
        socket.sendBuffer = value;
      },
    },
  ],
  [
    SO_BROADCAST,
    {
      get: ({ isBroadcasting }) => Number(isBroadcasting),
      set: (socket, value) => {
        socket.setBroadcast(value !== 0);
      },
      of: SOCK_DGRAM,
    },
  ],
  [
    SO_LINGER,
    {
      get: ({ linger }) => linger,
      set: (socket, value) => {
        socket.linger = value;
      },
      of: SOCK_STREAM,
    },
  ],
]);

/** Which option is meant. */
export interface OptionName {
  readonly level: number;
  readonly optname: number;
}

/**
 * Reads an option into memory, and its length into `optlen`. WSAEFAULT where there is no room,
 * WSAEINVAL for a level and WSAENOPROTOOPT for an option that is not known.
 */
export function readOption(
  socket: SpiSocket,
  name: OptionName,
  { optval, optlen }: { readonly optval: Uint8Array; readonly optlen: LPINT },
): WSAERROR {
  const option = optionOf(socket, name);
  if (typeof option === "number") return option;
  if (!isBytes(optval) || !isRoom(optlen.value) || optval.length < WIDTH) return WSAEFAULT;
  viewOf(optval).setUint32(0, option.get(socket), true);
  optlen.value = WIDTH;
  return NO_ERROR;
}

/** Sets an option from memory; one that can only be read is WSAENOPROTOOPT. */
export function setOption(
  socket: SpiSocket,
  name: OptionName,
  { optval, optlen }: { readonly optval: Uint8Array | null; readonly optlen: number },
): WSAERROR {
  const option = optionOf(socket, name);
  if (typeof option === "number") return option;
  if (option.set === undefined) return WSAENOPROTOOPT;
  if (!isBytes(optval) || !isRoom(optlen) || optval.length < WIDTH) return WSAEFAULT;
  option.set(socket, viewOf(optval).getUint32(0, true));
  return NO_ERROR;
}

function optionOf(socket: SpiSocket, { level, optname }: OptionName): Option | WSAERROR {
  if (level !== SOL_SOCKET) return WSAEINVAL;
  const option = OPTIONS.get(optname);
  if (option === undefined) return WSAENOPROTOOPT;
  return (option.of ?? socket.type) === socket.type ? option : WSAENOPROTOOPT;
}

const isRoom = (optlen: number): boolean => typeof optlen === "number" && optlen >= WIDTH;

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength);
