/** Dispatch tables: which functions they have, in which order, and since when. */
import { defineTable } from "../define-layout.js";

const wsk = { header: "wsk.h" } as const;
const spi = { header: "ws2spi.h" } as const;

export const WSK_PROVIDER_BASIC_DISPATCH = defineTable({
  name: "WSK_PROVIDER_BASIC_DISPATCH",
  doc: "What every WSK socket offers.",
  from: wsk,
  slots: ["WskControlSocket", "WskCloseSocket"],
});

export const WSK_PROVIDER_LISTEN_DISPATCH = defineTable({
  name: "WSK_PROVIDER_LISTEN_DISPATCH",
  doc: "What a listening socket offers.",
  from: wsk,
  slots: [
    "WskControlSocket", "WskCloseSocket", "WskBind", "WskAccept", "WskInspectComplete",
    "WskGetLocalAddress",
  ],
}); // prettier-ignore

export const WSK_PROVIDER_DATAGRAM_DISPATCH = defineTable({
  name: "WSK_PROVIDER_DATAGRAM_DISPATCH",
  doc: "What a datagram socket offers.",
  from: wsk,
  slots: [
    "WskControlSocket", "WskCloseSocket", "WskBind", "WskSendTo", "WskReceiveFrom", "WskRelease",
    "WskGetLocalAddress", { name: "WskSendMessages", since: "Windows 8" },
  ],
}); // prettier-ignore

export const WSK_PROVIDER_CONNECTION_DISPATCH = defineTable({
  name: "WSK_PROVIDER_CONNECTION_DISPATCH",
  doc: "What a connection-oriented socket offers. Its header guards the last three by no version.",
  from: wsk,
  slots: [
    "WskControlSocket", "WskCloseSocket", "WskBind", "WskConnect", "WskGetLocalAddress",
    "WskGetRemoteAddress", "WskSend", "WskReceive", "WskDisconnect", "WskRelease", "WskConnectEx",
    "WskSendEx", "WskReceiveEx",
  ],
}); // prettier-ignore

export const WSK_PROVIDER_STREAM_DISPATCH = defineTable({
  name: "WSK_PROVIDER_STREAM_DISPATCH",
  doc: "What a stream socket offers, which may become a listening or a connected one.",
  from: wsk,
  since: "Windows 10, version 1703",
  slots: [
    "WskControlSocket", "WskCloseSocket", "WskBind", "WskAccept", "WskConnect", "WskListen",
    "WskSend", "WskReceive", "WskDisconnect", "WskRelease", "WskGetLocalAddress",
    "WskGetRemoteAddress", "WskConnectEx", "WskSendEx", "WskReceiveEx",
  ],
}); // prettier-ignore

export const WSK_PROVIDER_DISPATCH = defineTable({
  name: "WSK_PROVIDER_DISPATCH",
  doc: "What WSK offers to an application that has captured it.",
  from: wsk,
  lead: { Version: "USHORT", Reserved: "USHORT" },
  slots: [
    "WskSocket", "WskSocketConnect", "WskControlClient",
    { name: "WskGetAddressInfo", since: "Windows 7" },
    { name: "WskFreeAddressInfo", since: "Windows 7" },
    { name: "WskGetNameInfo", since: "Windows 7" },
  ],
}); // prettier-ignore

export const WSPPROC_TABLE = defineTable({
  name: "WSPPROC_TABLE",
  doc: "The functions of a Windows Sockets service provider.",
  from: spi,
  prefix: "lp",
  slots: [
    "WSPAccept", "WSPAddressToString", "WSPAsyncSelect", "WSPBind", "WSPCancelBlockingCall",
    "WSPCleanup", "WSPCloseSocket", "WSPConnect", "WSPDuplicateSocket", "WSPEnumNetworkEvents",
    "WSPEventSelect", "WSPGetOverlappedResult", "WSPGetPeerName", "WSPGetSockName",
    "WSPGetSockOpt", "WSPGetQOSByName", "WSPIoctl", "WSPJoinLeaf", "WSPListen", "WSPRecv",
    "WSPRecvDisconnect", "WSPRecvFrom", "WSPSelect", "WSPSend", "WSPSendDisconnect", "WSPSendTo",
    "WSPSetSockOpt", "WSPShutdown", "WSPSocket", "WSPStringToAddress",
  ],
}); // prettier-ignore

const upcalls = [
  "WPUCloseEvent", "WPUCloseSocketHandle", "WPUCreateEvent", "WPUCreateSocketHandle", "WPUFDIsSet",
  "WPUGetProviderPath", "WPUModifyIFSHandle", "WPUPostMessage", "WPUQueryBlockingCallback",
  "WPUQuerySocketHandleContext", "WPUQueueApc", "WPUResetEvent", "WPUSetEvent",
  "WPUOpenCurrentThread", "WPUCloseThread",
]; // prettier-ignore

export const WSPUPCALLTABLE = defineTable({
  name: "WSPUPCALLTABLE",
  doc: "What the Windows Sockets DLL offers to a provider.",
  from: spi,
  prefix: "lp",
  slots: upcalls,
});

export const WSPUPCALLTABLEEX = defineTable({
  name: "WSPUPCALLTABLEEX",
  doc: "The same, with what a provider of overlapped sockets needs.",
  from: spi,
  prefix: "lp",
  slots: [...upcalls, "WPUCompleteOverlappedRequest"],
});
