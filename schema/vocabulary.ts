/**
 * The words that every schema file may use: profiles, strengths, directions, type names, facts.
 * A word is listed here once; the compiler then knows every misspelling of it.
 */

/**
 * A reading of the contract.
 * `documented` is the source page, `header` what the C declaration allows, `strict` both plus
 * inferred safety; `san` and `spi` are the two contracts of a Winsock provider: called by the
 * Windows Sockets switch, or as a layered provider.
 */
export type Profile = "documented" | "header" | "strict" | "san" | "spi";

/** All profiles, in the order in which they are listed to people. */
export const PROFILES: readonly Profile[] = ["documented", "header", "strict", "san", "spi"];

/** How binding a rule is: a breach of `must` is an error, of `should` a warning, `note` informs. */
export type Strength = "must" | "should" | "note";

/** Who is able to notice a breach. */
export type Witness = "arguments" | "state" | "protocol" | "reader";

/** The direction of a parameter as this schema decides it; `reserved` must hold a fixed value. */
export type Direction = "in" | "out" | "inout" | "reserved";

/** The architectures for which layouts are computed. */
export type Architecture = "x64" | "x86" | "arm64";

/** All architectures, in the order in which they are listed to people. */
export const ARCHITECTURES: readonly Architecture[] = ["x64", "x86", "arm64"];

/** Names that a user's schema adds by declaration merging: one member per type. */
// oxlint-disable-next-line typescript/no-empty-object-type
export interface UserTypes {}

/** Names that a user's schema adds by declaration merging: one member per status or error code. */
// oxlint-disable-next-line typescript/no-empty-object-type
export interface UserStatuses {}

/** A C type that parameters and fields may have. */
export type TypeName =
  | "BOOLEAN" | "UCHAR" | "CHAR" | "USHORT" | "CSHORT" | "ULONG" | "LONG" | "DWORD" | "INT"
  | "SIZE_T" | "ULONG_PTR" | "DWORD_PTR" | "HANDLE" | "SOCKET" | "NTSTATUS" | "ADDRESS_FAMILY"
  | "PVOID" | "PCVOID" | "LPDWORD" | "LPINT"
  | "WSK_SOCKET" | "PWSK_SOCKET" | "WSK_BUF" | "PWSK_BUF" | "WSK_BUF_LIST" | "PWSK_BUF_LIST"
  | "MDL" | "PMDL"
  | "IO_STATUS_BLOCK" | "IRP" | "PIRP" | "CMSGHDR" | "PCMSGHDR"
  | "SOCKADDR" | "PSOCKADDR" | "SOCKADDR_IN" | "SOCKADDR_IN6"
  | "WSABUF" | "LPWSABUF" | "WSAOVERLAPPED" | "LPWSAOVERLAPPED" | "WSATHREADID" | "LPWSATHREADID"
  | "LPWSAOVERLAPPED_COMPLETION_ROUTINE"
  | (keyof UserTypes & string); // prettier-ignore

/** A C type that only members of a layout have: no argument is one in JavaScript. */
export type LayoutName =
  | "SHORT" | "BOOL" | "LONGLONG" | "ULONGLONG" | "KIRQL" | "WCHAR"
  | "LARGE_INTEGER" | "LIST_ENTRY" | "GUID" | "DISPATCHER_HEADER" | "KEVENT" | "KAPC"
  | "KDEVICE_QUEUE_ENTRY" | "IO_STACK_LOCATION"
  | "IN_ADDR" | "IN6_ADDR" | "SCOPE_ID" | "SOCKADDR_STORAGE" | "SOCKADDR_INET"
  | "IN_PKTINFO" | "IN6_PKTINFO" | "WSACMSGHDR"
  | "OVERLAPPED" | "WSABUFEX" | "WSAMSG" | "WSPDATA"
  | "WSK_DATA_INDICATION" | "WSK_DATAGRAM_INDICATION" | "WSK_REGISTRATION" | "WSK_TRANSPORT"
  | (keyof UserTypes & string); // prettier-ignore
