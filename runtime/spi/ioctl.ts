/** WSPIoctl, as far as the switch needs it: the extension functions of a SAN provider. */
import {
  NO_ERROR, SIO_GET_EXTENSION_FUNCTION_POINTER, WSAEFAULT, WSAEINVAL, WSAENOTSOCK, WSAEOPNOTSUPP,
} from "../../generated/index.js"; // prettier-ignore
import type { LPDWORD, WSAERROR } from "../../generated/index.js";
import { isBytes } from "../../support/index.js";

/** Extension functions, by the GUID that asks for them. */
export type Extensions = Readonly<Record<string, unknown>>;

/** What WSPIoctl is asked, as far as it is looked at. */
export interface IoctlArgs {
  readonly isSocket: boolean;
  readonly dwIoControlCode: number;
  readonly lpvInBuffer: Uint8Array | null;
  readonly lpvOutBuffer: { value: unknown } | null;
  readonly lpcbBytesReturned: LPDWORD;
}

const GUID_BYTES = 16;
const POINTER_BYTES = 8;

/** Hands out an extension function. A GUID that nobody knows is WSAEINVAL, any other code too. */
export function ioctl(args: IoctlArgs, extensions: Extensions): WSAERROR {
  const { isSocket, dwIoControlCode, lpvInBuffer, lpvOutBuffer, lpcbBytesReturned } = args;
  if (!isSocket) return WSAENOTSOCK;
  if (dwIoControlCode !== SIO_GET_EXTENSION_FUNCTION_POINTER) return WSAEOPNOTSUPP;
  if (!isBytes(lpvInBuffer) || lpvInBuffer.length < GUID_BYTES) return WSAEFAULT;
  if (lpvOutBuffer === null) return WSAEFAULT;
  const guid = guidText(lpvInBuffer);
  if (!Object.hasOwn(extensions, guid)) return WSAEINVAL;
  lpvOutBuffer.value = extensions[guid];
  lpcbBytesReturned.value = POINTER_BYTES;
  return NO_ERROR;
}

/** A GUID as text: its first three parts lie in memory with the lowest byte first. */
function guidText({ buffer, byteOffset }: Uint8Array): string {
  const view = new DataView(buffer, byteOffset, GUID_BYTES);
  const hex = (value: number | bigint, digits: number): string =>
    value.toString(16).toUpperCase().padStart(digits, "0");
  const last = hex(view.getBigUint64(8), 16);
  const parts = [hex(view.getUint32(0, true), 8), hex(view.getUint16(4, true), 4)];
  return [...parts, hex(view.getUint16(6, true), 4), last.slice(0, 4), last.slice(4)].join("-");
}
