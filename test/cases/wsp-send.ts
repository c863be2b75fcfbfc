/** Worked cases of WSPSend, by the SAN contract where nothing else is said. */
import {
  NO_ERROR, WSA_IO_PENDING, WSAETIMEDOUT, WSAENOBUFS, WSAECONNABORTED,
} from "../../generated/index.js"; // prettier-ignore
import type { Case } from "./case.js";
import { bytes } from "./case.js";

export const wspSend: readonly Case[] = [
  {
    id: "P02",
    about: "pending: the count is left alone",
    after: { error: WSA_IO_PENDING, "bytes-sent.written": false },
    wants: "accept",
  },
  {
    id: "P02",
    about: "pending, and the count was written",
    after: { error: WSA_IO_PENDING, "bytes-sent.written": true },
    wants: { "WSPSend/count-untouched-if-pending": "lpNumberOfBytesSent" },
  },
  {
    id: "P04",
    about: "a completion routine",
    set: { lpCompletionRoutine: { routine: true } },
    profile: "san",
    wants: { "WSPSend/no-completion-routine": "lpCompletionRoutine" },
  },
  {
    id: "P06",
    about: "no place for the count, by the header",
    set: { lpNumberOfBytesSent: null },
    profile: "header",
    wants: "accept",
  },
  {
    id: "P06",
    about: "no place for the count, by the page",
    set: { lpNumberOfBytesSent: null },
    wants: { "WSPSend/bytes-sent-wanted": "lpNumberOfBytesSent" },
  },
  {
    id: "P08",
    about: "INVALID_SOCKET on 64-bit Windows",
    set: { s: 0xffff_ffff_ffff_ffffn },
    wants: { "WSPSend/valid-descriptor": "s" },
    answers: "WSAENOTSOCK",
  },
  {
    id: "P08",
    about: "INVALID_SOCKET on 32-bit Windows",
    set: { s: 0xffff_ffff },
    arch: "x86",
    wants: { "WSPSend/valid-descriptor": "s" },
  },
  {
    id: "P10",
    about: "a socket that is not bound",
    facts: { "socket.bound": false },
    wants: { "WSPSend/socket-bound": "s" },
    answers: "WSAEINVAL",
  },
  {
    id: "P12",
    about: "a socket that was shut down",
    facts: { "socket.shut-down": true },
    wants: { "WSPSend/socket-not-shut-down": "s" },
    answers: "WSAESHUTDOWN",
  },
  {
    id: "P14",
    about: "a connection that timed out is answered with WSAECONNABORTED",
    after: { "connection.aborted": true, error: WSAECONNABORTED },
    wants: "accept",
  },
  {
    id: "P14",
    about: "a connection that timed out is answered otherwise",
    after: { "connection.aborted": true, error: WSAENOBUFS },
    wants: { "WSPSend/aborted-answer": "" },
  },
  {
    id: "P16",
    about: "a provider without buffers answers WSAENOBUFS",
    after: { "provider.out-of-buffers": true, error: NO_ERROR },
    wants: { "WSPSend/no-buffers-answer": "" },
  },
  {
    id: "P18",
    about: "a buffer of 10 bytes at NULL",
    set: { "lpBuffers.0": { len: 10, buf: null } },
    wants: { "WSABUF/buf-not-null": "lpBuffers[0].buf" },
  },
  {
    id: "P20",
    about: "a buffer that is registered on another socket",
    facts: { "buffers.registered": false },
    wants: { "WSPSend/buffers-registered": "lpBuffers" },
  },
  {
    id: "P22",
    about: "a buffer that goes one byte beyond its region",
    facts: { "buffers.registered": false },
    wants: { "WSPSend/buffers-registered": "lpBuffers" },
    answers: "WSAEFAULT",
  },
  {
    id: "P24",
    about: "two buffers of 2 GB do not wrap around to nothing",
    set: {
      dwBufferCount: 2,
      lpBuffers: [
        { len: 0x8000_0000, buf: bytes(8) },
        { len: 0x8000_0000, buf: bytes(8) },
      ],
    },
    facts: { "socket.max-message-size": 65536 },
    wants: {
      "WSPSend/lpBuffers.type": "lpBuffers[1].buf",
      "WSPSend/within-message-size": "lpBuffers",
    },
  },
  {
    id: "P26",
    about: "one notification, with the handle of the switch",
    after: { error: WSA_IO_PENDING, notifications: 1, "notification.of-switch": true },
    wants: "accept",
  },
  {
    id: "P26",
    about: "two notifications, with the descriptor",
    after: { error: WSA_IO_PENDING, notifications: 2, "notification.of-switch": false },
    wants: {
      "WSPSend/notified-once": "lpOverlapped",
      "WSPSend/notified-with-switch-handle": "lpOverlapped",
    },
  },
  {
    id: "P28",
    about: "a result while the operation is pending",
    events: ["return WSA_IO_PENDING", "result lpOverlapped", "completion"],
    wants: { "WSPSend/result-after-completion": "lpOverlapped" },
  },
  {
    id: "P30",
    about: "the bytes overtake each other",
    after: { "data.in-order": false },
    wants: { "WSPSend/data-in-order": "lpBuffers" },
  },
  {
    id: "P32",
    about: "a code that is not among the eleven",
    after: { error: WSAETIMEDOUT },
    wants: { "WSPSend/returns.listed": "" },
  },
  {
    id: "P34",
    about: "memory is deregistered while the operation is pending",
    events: ["return WSA_IO_PENDING", "deregister lpBuffers.buf", "completion"],
    wants: { "WSPSend/memory-stays-registered": "lpBuffers.buf" },
  },
  {
    id: "P34",
    about: "and afterwards",
    events: ["return WSA_IO_PENDING", "completion", "deregister lpBuffers.buf"],
    wants: "accept",
  },
  {
    id: "P36",
    about: "no buffers at all",
    set: { dwBufferCount: 0, lpBuffers: [] },
    wants: "accept",
  },
];
