/** Decisions on the states, outcomes and lifetimes of the WSK sends. */
import { defineDecision } from "../define.js";

export const wskOperationDecisions = [
  defineDecision({
    name: "send-to-bound",
    asks: "Must the socket of WskSendTo be bound?",
    sides: [
      {
        says: "the page says nothing of it",
        from: { page: "wsk-send-to", section: "Remarks" },
      },
      { says: "a comment in the header says so", from: { header: "wsk.h", line: 1081 } },
      {
        says: "so does the chapter on binding",
        from: { docs: "binding-a-socket-to-a-transport-address", about: "which sockets are bound" },
      },
    ],
    decides: "yes, in every profile",
    catalog: ["6"],
  }),
  defineDecision({
    name: "not-supported-completes",
    asks: "Is the IRP completed where STATUS_NOT_SUPPORTED is returned?",
    sides: [
      {
        says: "its row alone does not say; WskSendTo has no such row",
        from: { page: "wsk-send", section: "Return value/STATUS_NOT_SUPPORTED" },
      },
      {
        says: "every other row completes the IRP",
        from: { page: "wsk-send", section: "Return value/Other status codes" },
      },
    ],
    decides: "yes, with failure; for WskSendTo it is one of the other codes",
    catalog: ["7"],
  }),
  defineDecision({
    name: "null-irp-completes-nothing",
    asks: "What happens to a call with a NULL Irp?",
    sides: [
      {
        says: "the pages complete the IRP on every path, and know no NULL",
        from: { page: "wsk-send", section: "Return value/Other status codes" },
      },
      {
        says: "sibling functions answer STATUS_INVALID_PARAMETER and complete nothing",
        from: { observed: "Wine driver_netio.c, on WskSocket and WskGetAddressInfo" },
      },
    ],
    decides: "the validator refuses it; nothing can be completed, so nothing is",
    catalog: ["8"],
  }),
  defineDecision({
    name: "description-lifetime",
    asks: "How long must WSK_BUF, RemoteAddress and ControlInfo of WskSendEx stay?",
    sides: [
      {
        says: "the MDL chain stays until the completion; of the rest no page speaks",
        from: { page: "wsk-send", section: "Remarks", sentence: 6 },
      },
      {
        says: "WskSendTo says the same of ControlInfo",
        from: { page: "wsk-send-to", section: "Remarks", sentence: 2 },
      },
    ],
    decides:
      "WSK_BUF and RemoteAddress for the call, longer in strict; ControlInfo until the " +
      "completion on every send",
    catalog: ["11"],
  }),
  defineDecision({
    name: "connected-by",
    asks: "By which calls does a socket become connected?",
    sides: [
      {
        says: "three ways: WskConnect, WskSocketConnect, an accept on a listening socket",
        from: { page: "wsk-send", section: "Remarks", sentence: 3 },
      },
      {
        says: "WskConnectEx is a fourth",
        from: { docs: "nc-wsk-pfn_wsk_connect_ex", about: "what it does" },
      },
      {
        says: "a stream socket accepts as well",
        from: { docs: "nc-wsk-pfn_wsk_accept", about: "which sockets accept" },
      },
    ],
    decides: "all four; the fact socket.connected does not ask which",
    catalog: ["12"],
  }),
  defineDecision({
    name: "both-fixed-addresses",
    asks: "Where does a datagram without an address go when both addresses are fixed?",
    sides: [
      {
        says: "neither request says which of the two wins",
        from: { docs: "sio-wsk-set-remote-address", about: "what it fixes" },
      },
    ],
    decides: "to the remote address, which also says whose datagrams are received",
    catalog: ["13"],
  }),
  defineDecision({
    name: "broadcast",
    asks: "What does a broadcast without SO_BROADCAST return?",
    sides: [
      {
        says: "the option decides whether broadcasts can be sent; no status is named",
        from: { docs: "so-broadcast", about: "what the option is for" },
      },
    ],
    decides: "no rule; the runtime answers STATUS_ACCESS_DENIED, and says that this is a guess",
    catalog: ["14"],
  }),
  defineDecision({
    name: "sizes-and-order",
    asks: "Are there partial sends, a largest datagram, an order between sends?",
    sides: [
      {
        says: "nothing is buffered, and a send ends when all its data is sent",
        from: { page: "wsk-send", section: "Remarks", sentence: 8 },
      },
    ],
    decides: "success means all bytes; a connection keeps the order; the transport limits the size",
    catalog: ["15"],
  }),
  defineDecision({
    name: "callback-names",
    asks: "Are PFN_WSK_SEND and its siblings callbacks?",
    sides: [
      {
        says: "the pages call them callback functions, and print a name PfnWskSend",
        from: { page: "wsk-send", section: "Syntax" },
      },
      {
        says: "the header has function pointer types, called through a dispatch table",
        from: { header: "wsk.h", line: 1318 },
      },
    ],
    decides: "no: functions of the provider, named WskSend; PfnWskSend appears nowhere",
    catalog: ["16"],
  }),
  defineDecision({
    name: "pending-is-nt-success",
    asks: "Is STATUS_PENDING a success?",
    sides: [
      { says: "NT_SUCCESS holds for it", from: { header: "ntdef.h", line: 1052 } },
      {
        says: "WSS_OPERATION_IN_PROGRESS has the same number",
        from: { header: "ws2spi.h", line: 46 },
      },
      {
        says: "the result comes with the IRP",
        from: { page: "wsk-send", section: "Return value/STATUS_PENDING" },
      },
    ],
    decides: "its result is open: every helper here says pending, none says sent",
    catalog: ["38"],
  }),
  defineDecision({
    name: "withdrawn-pages",
    asks: "Does the withdrawn page of WskSendEx still bind?",
    sides: [
      {
        says: "it stood in 2018",
        from: { page: "wsk-send-ex", section: "Description", sentence: 1 },
      },
      {
        says: "the page of the table now calls the function reserved",
        from: { docs: "ns-wsk-_wsk_provider_connection_dispatch", about: "WskSendEx" },
      },
      {
        says: "the receive event, withdrawn as well, needs one control code here, two there",
        from: { header: "wsk.h", line: 919 },
      },
      {
        says: "the header declares it, and Microsoft's own test client calls it",
        from: { reference: "win-net-test wskclient.c" },
      },
    ],
    decides: "yes, as a page that was read; that a provider has the slot is asked for first",
    catalog: ["29"],
  }),
];
