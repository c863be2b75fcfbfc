/** NTSTATUS as codes of Winsock, as AFD's callers make them. */

const CODES: ReadonlyMap<number, string> = new Map([
  [0x0000_0103, "WSA_IO_PENDING"],
  [0x8000_0005, "WSAEMSGSIZE"],
  [0xc000_0005, "WSAEFAULT"],
  [0xc000_0008, "WSAENOTSOCK"],
  [0xc000_000d, "WSAEINVAL"],
  [0xc000_0017, "WSAENOBUFS"],
  [0xc000_0022, "WSAEACCES"],
  [0xc000_0024, "WSAENOTSOCK"],
  [0xc000_009a, "WSAENOBUFS"],
  [0xc000_00a1, "WSAENOBUFS"],
  [0xc000_00b0, "WSAESHUTDOWN"],
  [0xc000_00b5, "WSAETIMEDOUT"],
  [0xc000_00bb, "WSAEOPNOTSUPP"],
  [0xc000_0120, "WSA_OPERATION_ABORTED"],
  [0xc000_013b, "WSAECONNABORTED"],
  [0xc000_013c, "WSAECONNRESET"],
  [0xc000_0140, "WSAENOTCONN"],
  [0xc000_0184, "WSAEINVAL"],
  [0xc000_0207, "WSAEADDRNOTAVAIL"],
  [0xc000_020a, "WSAEADDRINUSE"],
  [0xc000_020c, "WSAECONNRESET"],
  [0xc000_020d, "WSAECONNRESET"],
  [0xc000_0236, "WSAECONNREFUSED"],
  [0xc000_023a, "WSAENOTCONN"],
  [0xc000_023c, "WSAENETUNREACH"],
  [0xc000_023d, "WSAEHOSTUNREACH"],
  [0xc000_0241, "WSAECONNABORTED"],
]);

/** The code of Winsock for a status; the number itself where it is not known. */
export const codeOfStatus = (status: number): string | number =>
  CODES.get(status >>> 0) ?? status >>> 0;

/** True for a status that is a success: it has neither of the upper two bits. */
export const isSuccess = (status: number): boolean => status >>> 30 === 0;
