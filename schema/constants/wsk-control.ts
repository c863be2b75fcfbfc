/** What control requests to a WSK socket or client are numbered with, and how long to wait. */
import { defineConstants } from "../define.js";

export const WSK_CONTROL_REQUESTS = defineConstants({
  name: "WSK_CONTROL_REQUESTS",
  doc: "Kinds of request to WskControlSocket; each reads the control code in its own way.",
  use: "numbers",
  from: { header: "wsk.h", line: 941 },
  values: {
    WskSetOption: { value: 0, doc: "Sets a socket option." },
    WskGetOption: { value: 1, doc: "Reads a socket option." },
    WskIoctl: { value: 2, doc: "Runs a socket control code, one of WSK_IOCTLS for instance." },
  },
});

export const WSK_IOCTLS = defineConstants({
  name: "WSK_IOCTLS",
  doc: "Control codes of WskControlSocket that only WSK has.",
  use: "numbers",
  from: { header: "wsk.h", line: 906 },
  values: {
    SIO_WSK_SET_REMOTE_ADDRESS: {
      value: 0x8f00_0001,
      doc: "Fixes the remote address: the default destination, and the only sender listened to.",
    },
    SIO_WSK_REGISTER_EXTENSION: {
      value: 0xcf00_0002,
      doc: "Exchanges dispatch tables with the provider for an extension interface.",
    },
    SIO_WSK_QUERY_IDEAL_SEND_BACKLOG: {
      value: 0x4f00_0003,
      doc: "Asks how many bytes of sends to keep outstanding for full throughput.",
    },
    SIO_WSK_QUERY_RECEIVE_BACKLOG: {
      value: 0x4f00_0004,
      doc: "Asks how many received bytes wait in the provider.",
    },
    SIO_WSK_QUERY_INSPECT_ID: {
      value: 0x4f00_0005,
      doc: "Asks for the identifier of an accepted connection that was inspected before.",
    },
    SIO_WSK_SET_SENDTO_ADDRESS: {
      value: 0x8f00_0006,
      doc: "Fixes the destination; datagrams are still received from everybody.",
    },
    SIO_WSK_SET_TCP_SILENT_MODE: {
      value: 0x2f00_0007,
      doc: "Keeps a TCP connection from sending anything more to its peer.",
    },
    SIO_WSK_SET_RECEIVE_EX_CALLBACK: {
      value: 0x8f00_0008,
      doc: "Installs or removes the callback that receives data together with control information.",
    },
  },
});

export const WSK_CLIENT_IOCTLS = defineConstants({
  name: "WSK_CLIENT_IOCTLS",
  doc: "Control codes of WskControlClient; they concern the whole client, not a socket.",
  use: "numbers",
  from: { header: "wsk.h", line: 586 },
  values: {
    WSK_TRANSPORT_LIST_QUERY: { value: 2, doc: "Lists the transports that sockets can use." },
    WSK_TRANSPORT_LIST_CHANGE: {
      value: 3,
      doc: "Completes when a transport comes or goes.",
    },
    WSK_CACHE_SD: { value: 4, doc: "Prepares a security descriptor for use with sockets." },
    WSK_RELEASE_SD: { value: 5, doc: "Gives a prepared security descriptor back." },
    WSK_TDI_DEVICENAME_MAPPING: {
      value: 6,
      doc: "Says which TDI device serves which kind of socket.",
    },
    WSK_SET_STATIC_EVENT_CALLBACKS: {
      value: 7,
      doc: "Switches event callbacks on for every socket that the client makes from now on.",
    },
    WSK_TDI_BEHAVIOR: {
      value: 8,
      doc: "Says whether network traffic may take the way of TDI; see WSK_TDI_BEHAVIORS.",
    },
  },
});

export const WSK_TDI_BEHAVIORS = defineConstants({
  name: "WSK_TDI_BEHAVIORS",
  doc: "Flags that the request WSK_TDI_BEHAVIOR takes.",
  use: "flags",
  from: { header: "wsk.h", line: 613 },
  values: {
    WSK_TDI_BEHAVIOR_BYPASS_TDI: { value: 0x1, doc: "Go past TDI filters and transports." },
  },
});

export const WSK_EVENT_MASKS = defineConstants({
  name: "WSK_EVENT_MASKS",
  doc: "Event callbacks to switch on, or with WSK_EVENT_DISABLE off, by SO_WSK_EVENT_CALLBACK.",
  use: "flags",
  from: { header: "wsk.h", line: 882 },
  values: {
    WSK_EVENT_SEND_BACKLOG: {
      value: 0x10,
      doc: "The ideal amount of outstanding sends changed, on a connection.",
    },
    WSK_EVENT_RECEIVE: { value: 0x40, doc: "Data arrived on a connection." },
    WSK_EVENT_DISCONNECT: { value: 0x80, doc: "The remote side ended the connection." },
    WSK_EVENT_RECEIVE_FROM: { value: 0x100, doc: "Datagrams arrived." },
    WSK_EVENT_ACCEPT: { value: 0x200, doc: "A listening socket accepted a connection." },
    WSK_EVENT_DISABLE: {
      value: 0x8000_0000,
      doc: "Switch the one event off that stands beside this bit.",
    },
  },
});

export const WSK_WAIT_TIMES = defineConstants({
  name: "WSK_WAIT_TIMES",
  doc: "How long WskCaptureProviderNPI waits for WSK to be ready, besides plain milliseconds.",
  use: "numbers",
  from: { header: "wsk.h", line: 1703 },
  values: {
    WSK_NO_WAIT: { value: 0, doc: "Do not wait: fail where WSK is not ready yet." },
    WSK_INFINITE_WAIT: { value: 0xffff_ffff, doc: "Wait for as long as it takes." },
  },
});
