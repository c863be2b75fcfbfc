/** Sends of Windows Sockets over a connection that works: buffers, counts, flags, addresses. */
import { CONNECTED, NOTHING, winsock } from "./define.js";

/** What is sent, and how. */
export const STREAM = winsock({
  "a small send": [CONNECTED, "send bufs=5", "result", "result wait=1", "peer has=5"],
  "one byte, ten times": [
    CONNECTED,
    Array.from({ length: 10 }, () => "send bufs=1"),
    "peer has=10",
  ],
  "three buffers, the middle one empty": [CONNECTED, "send bufs=3,0,4", "peer has=7"],
  "sixty buffers": [CONNECTED, `send bufs=${"3,".repeat(59)}3`, "result", "peer has=180"],
  "1024 buffers": [CONNECTED, "send many=1024", "result", "peer has=1024"],
  "1025 buffers": [CONNECTED, "send many=1025", "result", "peer has=1025"],
  "empty buffers of each kind": [CONNECTED, "send bufs=0,null,0,null", "send bufs=null,5,null",
    "result", "peer has=5"],
  "fewer buffers than there are": [CONNECTED, "send bufs=3,4,5 count=2", "peer has=7"],
  "one megabyte to a peer that reads": [CONNECTED, "peer act=reads", "send bufs=1048576", "wait",
    "result", "peer has=1048576"],
  "no buffers": [CONNECTED, "send bufs=3 count=0", "result", "peer has=0"],
  "no array and no count": [CONNECTED, "send", "result", "peer has=0"],
  "no array, but a count": [CONNECTED, "send count=1"],
  "an empty buffer": [CONNECTED, "send bufs=0", "result", "peer has=0"],
  "an empty buffer at NULL": [CONNECTED, "send bufs=null", "result", "peer has=0"],
  "a buffer at NULL": [CONNECTED, "send bufs=null:5", "peer has=0"],
  "a buffer at NULL behind a good one": [CONNECTED, "send bufs=4,null:5", "peer has=0"],
  "an empty send between two": [CONNECTED, "send bufs=2", "send bufs=0", "send bufs=3",
    "peer has=5"],
  "no count and a structure": [CONNECTED, "send bufs=5 sent=0", "result", "peer has=5"],
  "neither count nor structure": [CONNECTED, "send bufs=5 sent=0 op=none", "peer has=0"],
  "neither count nor structure, of no connection": ["socket", "send bufs=5 sent=0 op=none"],
  "neither count nor structure, of no socket": ["send bufs=5 sent=0 op=none at=5"],
  "no structure": [CONNECTED, "send bufs=5 op=none", "peer has=5"],
  "no structure, no buffers": [CONNECTED, `${NOTHING} op=none`, "peer has=0"],
  "no structure, three buffers": [CONNECTED, "send bufs=1,2,3 op=none", "peer has=6"],
  "no structure, a large send to a peer that reads": [CONNECTED, "peer act=reads",
    "send bufs=4194304 op=none", "peer has=4194304"],
  "a socket without WSA_FLAG_OVERLAPPED": ["socket overlapped=0", "connect to=peer",
    "send bufs=5 op=none", "peer has=5"],
  "a structure on a socket without WSA_FLAG_OVERLAPPED": ["socket overlapped=0",
    "connect to=peer", "send bufs=5", "result", "peer has=5"],
  "no event": [CONNECTED, "send bufs=5 event=none", "result", "peer has=5"],
  "the low bit of the event": [CONNECTED, "send bufs=5 lowbit=1", "result", "peer has=5"],
  "one structure after the other's end": [CONNECTED, "send bufs=5", "send bufs=6 again=1",
    "result", "peer has=11"],
  "over IPv6": ["socket family=23", "connect family=23 to=peer", "send bufs=5", "peer has=5"],
  "bound before": ["socket", "bind", "connect to=peer", "send bufs=5", "peer has=5"],
  "two sockets": [CONNECTED, "socket at=1", "send at=1 op=1 bufs=4", "send bufs=5", "peer has=5"],
}); // prettier-ignore

/** Flags: those that are known, those of receiving, and those that nobody has. */
export const FLAGS = winsock({
  ...Object.fromEntries(
    [2, 4, 8, 0x10, 0x20, 0x40, 0x100, 0x8000, 0x10000, 0x80000000].map((flags) => [
      `flags 0x${flags.toString(16)}`,
      [CONNECTED, `send bufs=5 flags=0x${flags.toString(16)}`, "peer has=5"],
    ]),
  ),
  "MSG_OOB": [CONNECTED, "peer act=reads", "send bufs=1 flags=1"],
  "MSG_OOB and nothing to send": [CONNECTED, `${NOTHING} flags=1`],
  "MSG_OOB of three bytes": [CONNECTED, "peer act=reads", "send bufs=3 flags=1"],
  "flags 0x80000000, no structure": [CONNECTED, "send bufs=5 flags=0x80000000 op=none"],
  "flags 0x40 of no connection": ["socket", "send bufs=5 flags=0x40"],
}); // prettier-ignore

/** WSASendTo on a connection, where the address is ignored. */
export const ADDRESSED = winsock({
  "sendto without an address": [CONNECTED, "sendto bufs=5", "result", "peer has=5"],
  "sendto with the peer's address": [CONNECTED, "sendto bufs=5 to=peer", "peer has=5"],
  "sendto with another address": [CONNECTED, "sendto bufs=5 to=closed", "peer has=5"],
  "sendto with an address of another family": [CONNECTED, "sendto bufs=5 to=peer family=23",
    "peer has=5"],
  "sendto with a short address": [CONNECTED, "sendto bufs=5 to=peer size=3", "peer has=5"],
  "sendto with a length of no address": [CONNECTED, "sendto bufs=5 size=16", "peer has=5"],
  "sendto of no connection, with an address": ["socket", "sendto bufs=5 to=peer"],
  "sendto of no connection, without": ["socket", "sendto bufs=5"],
  "sendto with neither count nor structure": [CONNECTED, "sendto bufs=5 to=peer sent=0 op=none"],
  "sendto with no array": [CONNECTED, "sendto to=peer", "peer has=0"],
  "sendto of nothing": [CONNECTED, "sendto bufs=0 count=0 to=peer", "peer has=0"],
}); // prettier-ignore
