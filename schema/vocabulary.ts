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

/** An architecture: x86 has pointers of 4 bytes, the others of 8. */
export type Arch = "x64" | "arm64" | "x86";

/** All architectures, in the order in which they are listed to people. */
export const ARCHITECTURES: readonly Arch[] = ["x64", "arm64", "x86"];

/** How binding a rule is: a breach of `must` is an error, of `should` a warning, `note` informs. */
export type Strength = "must" | "should" | "note";

/**
 * Who is able to notice a breach: whoever sees the arguments, whoever knows the state at the call,
 * whoever watches the operation to its end, or only a person who reads the program.
 */
export type Witness = "arguments" | "state" | "protocol" | "reader";

/** What kind of requirement a rule is. */
export type RuleClass = "argument" | "cross-argument" | "state" | "lifetime" | "documentary";

/**
 * What may happen to the objects of an operation, as a watcher is told it:
 * `call` (the object is passed to another call), `send` (that call is a send), `return`, `completion`, `routine` (the completion
 * routine ran), `notification` (WPUCompleteOverlappedRequest), `result` (WSPGetOverlappedResult
 * returned TRUE); what the caller does: `read`, `write`, `free`, `unlock`, `leave-frame` (the stack
 * frame that holds the object is left), `deregister`, `reuse` (IoReuseIrp), `close`, `abort` and
 * `disconnect` (an abortive disconnect; a graceful one is done); what the callee does:
 * `callee-read`, `callee-write`.
 */
export type Happening = (typeof HAPPENINGS)[number];

/** All happenings. */
export const HAPPENINGS = [
  "call", "send", "return", "completion", "routine", "notification", "result", "read", "write",
  "free", "unlock", "leave-frame", "deregister", "reuse", "close", "abort", "disconnect",
  "callee-read", "callee-write",
] as const; // prettier-ignore

/** The direction of a parameter as this schema decides it; `reserved` must hold a fixed value. */
export type Direction = "in" | "out" | "inout" | "reserved";

/** Names that a user's schema adds by declaration merging: one member per type. */
// oxlint-disable-next-line typescript/no-empty-object-type
export interface UserTypes {}

/** Names that a user's schema adds by declaration merging: one member per status or error code. */
// oxlint-disable-next-line typescript/no-empty-object-type
export interface UserStatuses {}

/** Names that a user's schema adds by declaration merging: one member per fact. */
// oxlint-disable-next-line typescript/no-empty-object-type
export interface UserFacts {}

/** A C type that parameters and fields may have. */
export type TypeName =
  | "BOOLEAN" | "UCHAR" | "CHAR" | "USHORT" | "CSHORT" | "ULONG" | "LONG" | "DWORD" | "INT"
  | "SIZE_T" | "ULONG_PTR" | "DWORD_PTR" | "HANDLE" | "SOCKET" | "NTSTATUS" | "ADDRESS_FAMILY"
  | "SHORT" | "BOOL" | "LONGLONG" | "ULONGLONG" | "KIRQL" | "WCHAR" | "BYTE" | "WORD" | "UINT"
  | "LONG64" | "ULONG64" | "DWORD64" | "INT_PTR" | "LONG_PTR" | "UINT_PTR"
  | "PVOID" | "PCVOID" | "LPDWORD" | "LPINT"
  | "WSK_SOCKET" | "PWSK_SOCKET" | "WSK_BUF" | "PWSK_BUF" | "WSK_BUF_LIST" | "PWSK_BUF_LIST"
  | "MDL" | "PMDL"
  | "IO_STATUS_BLOCK" | "IRP" | "PIRP" | "CMSGHDR" | "PCMSGHDR"
  | "SOCKADDR" | "PSOCKADDR" | "LPCSOCKADDR" | "SOCKADDR_IN" | "SOCKADDR_IN6"
  | "WSABUF" | "LPWSABUF" | "WSAOVERLAPPED" | "LPWSAOVERLAPPED" | "WSATHREADID" | "LPWSATHREADID"
  | "LPWSAOVERLAPPED_COMPLETION_ROUTINE"
  | (keyof UserTypes & string); // prettier-ignore

/** A C type that only members of a layout have: no argument is one in JavaScript. */
export type LayoutName =
  | "LARGE_INTEGER" | "LIST_ENTRY" | "GUID" | "DISPATCHER_HEADER" | "KEVENT" | "KAPC"
  | "KDEVICE_QUEUE_ENTRY" | "IO_STACK_LOCATION"
  | "IN_ADDR" | "IN6_ADDR" | "SCOPE_ID" | "SOCKADDR_STORAGE" | "SOCKADDR_INET"
  | "IN_PKTINFO" | "IN6_PKTINFO" | "WSACMSGHDR"
  | "OVERLAPPED" | "WSABUFEX" | "WSAMSG" | "WSPDATA"
  | "WSK_DATA_INDICATION" | "WSK_DATAGRAM_INDICATION" | "WSK_REGISTRATION" | "WSK_TRANSPORT"
  | (keyof UserTypes & string); // prettier-ignore
