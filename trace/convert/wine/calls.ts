/** Calls of ws2_32 as events: the functions that users call are twins of the provider's. */
import type { BufferValue, Sending } from "../spi.js";
import { bufferOf } from "../spi.js";

/** A pointer as a ref; null for NULL. */
export const pointer = (value: number | bigint | undefined): string | null =>
  value === undefined || BigInt(value) === 0n ? null : `0x${value.toString(16)}`;

/** A send without its socket. */
export type WineSend = Omit<Sending, "s">;

/** The relay shows the address of the array, not the lengths in it. */
function arrayAt(address: number | undefined, count: number): readonly BufferValue[] | null {
  if (pointer(address) === null) return null;
  return Array.from({ length: Math.min(count, 1024) }, () => bufferOf(0));
}

function toAt(address: number | undefined, length = 0): Pick<WineSend, "to"> {
  const at = pointer(address);
  return at === null ? {} : { to: { address: at, length } };
}

const oneAt = (address: number | undefined, len = 0): readonly BufferValue[] => [
  { len, buf: pointer(address) === null ? null : { bytes: len } },
];

/** The sends of ws2_32, as what a provider is given. */
export const WINE_SENDS: Readonly<Record<string, (args: readonly number[]) => WineSend>> = {
  send: ([, data, length, flags = 0]) => ({ buffers: oneAt(data, length), count: 1, flags }),
  sendto: ([, data, length, flags = 0, to, toLength]) => ({
    buffers: oneAt(data, length),
    count: 1,
    flags,
    ...toAt(to, toLength),
  }),
  WSASend: ([, buffers, count = 0, sent, flags = 0, overlapped, routine]) => ({
    buffers: arrayAt(buffers, count),
    count,
    flags,
    uncounted: pointer(sent) === null,
    overlapped: pointer(overlapped),
    routine: pointer(routine),
  }),
  WSASendTo: ([, buffers, count = 0, sent, flags = 0, to, toLength, overlapped, routine]) => ({
    buffers: arrayAt(buffers, count),
    count,
    flags,
    uncounted: pointer(sent) === null,
    ...toAt(to, toLength),
    overlapped: pointer(overlapped),
    routine: pointer(routine),
  }),
};

/** Functions that return how much they sent, where others return 0. */
export const RETURNS_COUNT: ReadonlySet<string> = new Set(["send", "sendto"]);

/** What the reader follows. */
export const FOLLOWED: ReadonlySet<string> = new Set([
  ...Object.keys(WINE_SENDS),
  "WSASendDisconnect",
  "WSAGetOverlappedResult",
  "socket",
  "WSASocketA",
  "WSASocketW",
  "accept",
  "WSAAccept",
  "bind",
  "connect",
  "WSAConnect",
  "shutdown",
  "closesocket",
]);

/** What a function that has succeeded tells of the socket in its first argument. */
export function factsAfter(
  name: string,
  args: readonly number[],
): Readonly<Record<string, boolean>> | undefined {
  switch (name) {
    case "bind":
      return { bound: true };
    case "connect":
    case "WSAConnect":
      return { connected: true, bound: true };
    case "shutdown":
      return args[1] === SD_RECEIVE ? undefined : { "shut-down": true };
    case "WSASendDisconnect":
      return { "shut-down": true };
    case "closesocket":
      return { closed: true };
    default:
      return undefined;
  }
}

const SD_RECEIVE = 0;
const SOCK_STREAM = 1;
const WSA_FLAG_OVERLAPPED = 1;

/** What the arguments of a function that makes a socket tell of it. */
export function factsOfNew(
  name: string,
  args: readonly number[],
): Readonly<Record<string, unknown>> {
  if (/accept$/i.test(name)) return { "connection-oriented": true, bound: true, connected: true };
  const [family = 0, type = 0] = args;
  return {
    "connection-oriented": type === SOCK_STREAM,
    "address-family": family,
    // socket() asks for the flag by itself.
    overlapped: name === "socket" || ((args[5] ?? 0) & WSA_FLAG_OVERLAPPED) !== 0,
    bound: false,
    connected: false,
  };
}
