/** What both readers of Winsock's ETW events make of one: its id, its stamp, its fields by name. */

/** An event of the provider Microsoft-Windows-Winsock-AFD. */
export interface AfdRecord {
  readonly id: number;
  readonly line: number;
  /** In nanoseconds since 1970. */
  readonly time?: bigint;
  readonly process?: number;
  readonly thread?: number;
  readonly fields: ReadonlyMap<string, string>;
}

/** The provider, by its name and by the GUID that stands there where its manifest is missing. */
export const isAfd = (provider: string): boolean =>
  /Winsock-AFD|e53c6823-7bb8-44bb-90dc-3f86090d48a6/i.test(provider);

const CREATED = ["Process", "Endpoint", "AddressFamily", "SocketType", "Protocol"];
const NOW = ["EnterExit", "Location", "Process", "Endpoint"];
const SENT = [...NOW, "BufferCount", "Buffer", "BufferLength", "Status"];
const POSTED = ["Process", "Endpoint", "FastPath", "BufferCount", "Buffer", "BufferLength"];
const ADDRESS = ["AddressLen", "Address"];
const CONNECTED = [...NOW, "Buffer", "BufferLength", "Status", ...ADDRESS];
const PLACE = ["Address", "Port"];
const ERROR = ["Process", "Endpoint", "Error"];

/**
 * The events that are read, each with its fields in their order, which CSV goes by. The numbers
 * below 1000 are those of Windows 7 and older, and are still written.
 */
export const AFD_EVENTS: ReadonlyMap<number, readonly string[]> = new Map([
  [1, [...CREATED, "UserModePid"]],
  [2, ["Process", "Endpoint", ...PLACE, "Status"]],
  [3, ["Process", "Endpoint", ...PLACE, "Status"]],
  [6, ERROR],
  [7, ["Process", "Endpoint", "Reason"]],
  [8, ["Process", "Endpoint", "Reason"]],
  [9, ERROR],
  [13, ERROR],
  [14, ERROR],
  [18, POSTED],
  [21, [...POSTED, ...PLACE]],
  [22, [...POSTED, ...PLACE]],
  [24, ["Process", "Endpoint", "Buffer", "BufferLength"]],
  [28, ["Process", "Endpoint", "Buffer", "BufferLength"]],
  [1000, ["EnterExit", "Location", ...CREATED, "ProcessId", "Status"]],
  [1001, [...NOW, "Status"]],
  [1002, [...NOW, "Status"]],
  [1003, SENT],
  [1005, SENT],
  [1007, [...SENT, ...ADDRESS]],
  [1011, SENT],
  [1013, [...SENT, ...ADDRESS]],
  [1017, [...NOW, "Status"]],
  [1018, CONNECTED],
  [1020, [...NOW, "Status"]],
  [1021, CONNECTED],
  [1024, [...CONNECTED, "AcceptEndpoint", "CurrentBacklog"]],
  [1027, [...CONNECTED, "AcceptEndpoint", "CurrentBacklog"]],
  [1029, [...NOW, "Status"]],
  [1030, [...NOW, "Status", ...ADDRESS]],
  [1032, [...NOW, "Reason"]],
]);

/** A number of a field up to 2^53, in decimal or with 0x; undefined for anything else. */
export function numberIn(text: string | undefined): number | undefined {
  const trimmed = text?.trim() ?? "";
  if (!/^(?:0x[0-9a-f]+|-?\d+)$/i.test(trimmed)) return undefined;
  const value = Number(trimmed);
  return Number.isSafeInteger(value) ? value : undefined;
}

/** An address of the kernel as a ref: hexadecimal, without leading zeros. */
export function pointerIn(text: string | undefined): string | undefined {
  const trimmed = text?.trim() ?? "";
  if (!/^(?:0x[0-9a-f]{1,16}|\d{1,20})$/i.test(trimmed)) return undefined;
  return `0x${BigInt(trimmed).toString(16)}`;
}
