/** Worked cases of WskSendEx. */
import {
  STATUS_NOT_SUPPORTED, WSK_FLAG_CONNECTION_SOCKET, WSK_FLAG_DATAGRAM_SOCKET,
  WSK_FLAG_STREAM_SOCKET,
} from "../../generated/index.js"; // prettier-ignore
import type { Case } from "./case.js";
import { bytes, control } from "./case.js";

export const wskSendEx: readonly Case[] = [
  {
    id: "X01",
    about: "without control information it is WskSend",
    set: { ControlInfoLength: 0, ControlInfo: null },
    wants: "accept",
  },
  {
    id: "X03",
    about: "one object of 20 bytes on x86",
    set: control("14000000 00000000 13000000 0000000000000000"),
    arch: "x86",
    wants: "accept",
  },
  {
    id: "X05",
    about: "a pointer without a length, by default: a warning",
    set: { ControlInfoLength: 0, ControlInfo: bytes(16) },
    wants: { "WskSendEx/ControlInfo.null": "ControlInfo" },
  },
  {
    id: "X05",
    about: "a pointer without a length, strictly read: an error",
    set: { ControlInfoLength: 0, ControlInfo: bytes(16) },
    profile: "strict",
    wants: { "WskSendEx/ControlInfo.null": "ControlInfo" },
  },
  {
    id: "X07",
    about: "cmsg_len is 0, and the walk still ends",
    set: control("00".repeat(64)),
    wants: { "WskSendEx/control-info-well-formed": "ControlInfo" },
  },
  {
    id: "X09",
    about: "two objects: 17 bytes at 0, 24 bytes at 24",
    set: control(
      "1100000000000000 00000000 03000000 01 00000000000000 " +
        "1800000000000000 00000000 13000000 0000000000000000",
    ),
    wants: "accept",
  },
  { id: "X11", about: "WSK_FLAG_NODELAY", set: { Flags: 2 }, wants: "accept" },
  {
    id: "X13",
    about: "on a datagram socket",
    facts: { "socket.category": WSK_FLAG_DATAGRAM_SOCKET },
    wants: { "WskSendEx/category-connected": "Socket" },
  },
  {
    id: "X15",
    about: "on a transport without control information: a warning, and an answer",
    set: control("10000000000000000000000013000000"),
    facts: { "transport.supports-control-info": false },
    wants: { "WskSendEx/control-info-supported": "ControlInfoLength" },
    answers: "STATUS_NOT_SUPPORTED",
  },
  {
    id: "X15",
    about: "the answer is a failure without bytes",
    after: {
      returned: STATUS_NOT_SUPPORTED,
      "completion.status": STATUS_NOT_SUPPORTED,
      "completion.information": 0,
    },
    wants: "accept",
  },
  {
    id: "X17",
    about: "on a stream socket through the table of connections",
    facts: {
      "socket.category": WSK_FLAG_STREAM_SOCKET,
      "dispatch.category": WSK_FLAG_CONNECTION_SOCKET,
    },
    wants: { "WskSendEx/own-table": "Socket" },
  },
];
