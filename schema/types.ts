/** Types with no members: numbers, pointers, callbacks. Structs stand in structs/. */
import { defineBoolean, defineInteger, definePointer, defineRoutine } from "./define.js";

export const scalars = [
  defineBoolean({ name: "BOOLEAN", doc: "TRUE or FALSE in one byte." }),
  defineInteger({ name: "UCHAR", doc: "An unsigned byte.", bits: 8, signed: false }),
  defineInteger({ name: "CHAR", doc: "A signed byte.", bits: 8, signed: true }),
  defineInteger({ name: "USHORT", doc: "An unsigned 16-bit number.", bits: 16, signed: false }),
  defineInteger({ name: "CSHORT", doc: "A signed 16-bit number.", bits: 16, signed: true }),
  defineInteger({ name: "ULONG", doc: "An unsigned 32-bit number.", bits: 32, signed: false }),
  defineInteger({ name: "LONG", doc: "A signed 32-bit number.", bits: 32, signed: true }),
  defineInteger({ name: "DWORD", doc: "An unsigned 32-bit number.", bits: 32, signed: false }),
  defineInteger({ name: "INT", doc: "A signed 32-bit number.", bits: 32, signed: true }),
  defineInteger({
    name: "SIZE_T",
    doc: "A size in bytes, as wide as a pointer.",
    bits: "pointer",
    signed: false,
  }),
  defineInteger({
    name: "ULONG_PTR",
    doc: "An unsigned number as wide as a pointer.",
    bits: "pointer",
    signed: false,
  }),
  defineInteger({
    name: "DWORD_PTR",
    doc: "An unsigned number as wide as a pointer.",
    bits: "pointer",
    signed: false,
  }),
  defineInteger({
    name: "HANDLE",
    doc: "A handle, as wide as a pointer.",
    bits: "pointer",
    signed: false,
  }),
  defineInteger({
    name: "SOCKET",
    doc: "A socket descriptor, as wide as a pointer.",
    bits: "pointer",
    signed: false,
  }),
  defineInteger({
    name: "NTSTATUS",
    doc: "A kernel status: signed 32 bits.",
    bits: 32,
    signed: true,
  }),
  defineInteger({
    name: "ADDRESS_FAMILY",
    doc: "An address family, for instance AF_INET.",
    bits: 16,
    signed: false,
  }),
];

export const pointers = [
  definePointer({ name: "PVOID", doc: "A pointer to memory.", form: "bytes", to: "VOID" }),
  definePointer({
    name: "PCVOID",
    doc: "A pointer to something that only its owner reads.",
    form: "opaque",
    to: "VOID",
  }),
  definePointer({
    name: "LPDWORD",
    doc: "A DWORD that the callee may write.",
    form: "cell",
    to: "DWORD",
  }),
  definePointer({
    name: "LPINT",
    doc: "An int that the callee may write.",
    form: "cell",
    to: "INT",
  }),
  definePointer({ name: "PWSK_SOCKET", doc: "A WSK socket.", form: "object", to: "WSK_SOCKET" }),
  definePointer({
    name: "PWSK_BUF",
    doc: "A description of data to send.",
    form: "object",
    to: "WSK_BUF",
  }),
  definePointer({
    name: "PWSK_BUF_LIST",
    doc: "A list of data to send, a datagram each.",
    form: "object",
    to: "WSK_BUF_LIST",
  }),
  definePointer({ name: "PMDL", doc: "An MDL, the first of a chain.", form: "object", to: "MDL" }),
  definePointer({ name: "PIRP", doc: "An I/O request packet.", form: "object", to: "IRP" }),
  definePointer({
    name: "PCMSGHDR",
    doc: "Control data objects as they lie in memory: each a CMSGHDR, its data, padding.",
    form: "bytes",
    to: "CMSGHDR",
  }),
  definePointer({
    name: "PSOCKADDR",
    doc: "A transport address of any family.",
    form: "object",
    to: "SOCKADDR",
  }),
  definePointer({
    name: "LPWSABUF",
    doc: "An array of WSABUF structures.",
    form: "array",
    to: "WSABUF",
  }),
  definePointer({
    name: "LPWSAOVERLAPPED",
    doc: "The structure that carries an overlapped operation from start to completion.",
    form: "object",
    to: "WSAOVERLAPPED",
  }),
  definePointer({
    name: "LPWSATHREADID",
    doc: "A thread, as an upcall names it.",
    form: "object",
    to: "WSATHREADID",
  }),
];

export const routines = [
  defineRoutine({
    name: "LPWSAOVERLAPPED_COMPLETION_ROUTINE",
    doc: "Called when an overlapped operation has completed.",
    params: {
      dwError: "DWORD",
      cbTransferred: "DWORD",
      lpOverlapped: "LPWSAOVERLAPPED",
      dwFlags: "DWORD",
    },
  }),
];
