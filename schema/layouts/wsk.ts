/** Structures of wsk.h beside those that the send functions take. */
import { defineLayout } from "../define-layout.js";

const from = { header: "wsk.h" } as const;

export const WSK_DATA_INDICATION = defineLayout({
  name: "WSK_DATA_INDICATION",
  doc: "Data that a connection received, and the data behind it.",
  from,
  struct: { Next: { pointer: "WSK_DATA_INDICATION" }, Buffer: "WSK_BUF" },
});

export const WSK_DATAGRAM_INDICATION = defineLayout({
  name: "WSK_DATAGRAM_INDICATION",
  doc: "A datagram that was received, and those behind it.",
  from,
  struct: {
    Next: { pointer: "WSK_DATAGRAM_INDICATION" },
    Buffer: "WSK_BUF",
    ControlInfo: "PCMSGHDR",
    ControlInfoLength: "ULONG",
    RemoteAddress: "PSOCKADDR",
  },
});

export const WSK_REGISTRATION = defineLayout({
  name: "WSK_REGISTRATION",
  doc: "The registration of a WSK application; its content is WSK's.",
  from,
  struct: {
    ReservedRegistrationState: "ULONGLONG",
    ReservedRegistrationContext: "PVOID",
    ReservedRegistrationLock: "ULONG_PTR",
  },
});

export const WSK_TRANSPORT = defineLayout({
  name: "WSK_TRANSPORT",
  doc: "A transport that WSK offers.",
  from,
  struct: {
    Version: "USHORT",
    SocketType: "USHORT",
    Protocol: "ULONG",
    AddressFamily: "ADDRESS_FAMILY",
    ProviderId: "GUID",
  },
});
