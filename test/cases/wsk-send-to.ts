/** Worked cases of WskSendTo. */
import { WSK_FLAG_CONNECTION_SOCKET } from "../../generated/index.js";
import type { Facts } from "../../generated/index.js";
import type { Case } from "./case.js";
import { buf, bytes, control } from "./case.js";

const fixed = (remote: boolean, destination: boolean): Facts => ({
  "socket.remote-address-fixed": remote,
  "socket.destination-fixed": destination,
});

export const wskSendTo: readonly Case[] = [
  {
    id: "T02",
    about: "no address, and none fixed",
    set: { RemoteAddress: null },
    facts: fixed(false, false),
    wants: { "WskSendTo/RemoteAddress.null-only-if": "RemoteAddress" },
  },
  {
    id: "T04",
    about: "no address, a destination is fixed",
    set: { RemoteAddress: null },
    facts: fixed(false, true),
    wants: "accept",
  },
  {
    id: "T06",
    about: "no address, the fixed one was cleared",
    set: { RemoteAddress: null },
    facts: fixed(false, false),
    wants: { "WskSendTo/RemoteAddress.null-only-if": "RemoteAddress" },
  },
  {
    id: "T08",
    about: "AF_INET in eight bytes",
    set: { RemoteAddress: { sa_family: 2, sa_data: bytes(6) } },
    wants: { "SOCKADDR/long-enough-for-ipv4": "RemoteAddress.sa_data" },
    says: "at least 14 bytes",
  },
  {
    id: "T10",
    about: "AF_INET in a SOCKADDR_STORAGE",
    set: { RemoteAddress: { sa_family: 2, sa_data: bytes(126) } },
    wants: "accept",
  },
  {
    id: "T12",
    about: "WSK_FLAG_NODELAY",
    set: { Flags: 2 },
    wants: { "WskSendTo/Flags.must-be": "Flags" },
  },
  {
    id: "T14",
    about: "on a connection-oriented socket",
    facts: { "socket.category": WSK_FLAG_CONNECTION_SOCKET },
    wants: { "WskSendTo/category-datagram": "Socket" },
  },
  {
    id: "T16",
    about: "IP_PKTINFO",
    set: control("1800000000000000 00000000 13000000 0000000000000000"),
    wants: "accept",
  },
  { id: "T18", about: "an empty datagram", set: { Buffer: buf(null, 0, 0) }, wants: "accept" },
  {
    id: "T20",
    about: "no address, both are fixed: the remote one counts",
    set: { RemoteAddress: null },
    facts: fixed(true, true),
    wants: "accept",
  },
];
