/** Overlapped operations of Windows Sockets: pending, reported, waited for, withdrawn. */
import { CONNECTED, LARGE, STALLED, winsock } from "./define.js";

const DRAINED = ["peer act=reads", "wait", "wait op=1"];

/** Operations that are outstanding. */
export const OVERLAPPED = winsock({
  "64 MB to a peer that does not read": [CONNECTED, "send bufs=67108864", "result",
    "send op=1 bufs=4", "result op=1", DRAINED, "result", "result op=1", "peer has=67108868"],
  "pending, without a count": [CONNECTED, `send bufs=${LARGE} sent=0`, "peer act=reads", "wait", "result"],
  "pending, in three buffers": [CONNECTED, `send bufs=${LARGE},0,5`, "peer act=reads", "wait", "result", `peer has=${LARGE + 5}`],
  "pending, without an event": [CONNECTED, `send bufs=${LARGE} event=none`, "peer act=reads", "wait", "result"],
  "pending, the low bit of the event": [CONNECTED, `send bufs=${LARGE} lowbit=1`, "look", "peer act=reads", "wait", "result"],
  "pending, and the result is waited for": [CONNECTED, `send bufs=${LARGE}`, "peer act=reads", "result wait=1"],
  "pending, and waited for while nobody reads": [CONNECTED, `send bufs=${LARGE}`, "result wait=1", "peer act=reads", "await"],
  "an empty send behind a pending one": [STALLED, "send op=2 bufs=0 count=0", "send op=3 bufs=0",
    DRAINED, "wait op=2", "wait op=3", "result op=2"],
  "a buffer at NULL behind a pending one": [STALLED, "send op=2 bufs=null:5", DRAINED, `peer has=${LARGE + 4}`],
  "flags 0x80000000 behind a pending one": [STALLED, "send op=2 bufs=5 flags=0x80000000", DRAINED, `peer has=${LARGE + 9}`],
  "five behind a pending one": [STALLED, [2, 3, 4, 5].map((op) => `send op=${op} bufs=${op}`), DRAINED, "wait op=5", "result op=2", "result op=5", `peer has=${LARGE + 18}`],
  "a send without a structure behind a pending one": [STALLED, "send bufs=5 op=none", "peer act=reads", "await", "wait", `peer has=${LARGE + 9}`],
  "no structure, and nobody reads": [CONNECTED, `send bufs=${LARGE} op=none`, "peer act=reads", "await", `peer has=${LARGE}`],
  "no structure, nobody reads, the peer resets": [CONNECTED, `send bufs=${LARGE} op=none`, "peer act=resets", "await", "send bufs=5 op=none"],
  "no overlapped socket, and nobody reads": ["socket overlapped=0", "connect to=peer", `send bufs=${LARGE} op=none`, "peer act=reads", "await", `peer has=${LARGE}`],
  "a structure, no overlapped socket, nobody reads": ["socket overlapped=0", "connect to=peer", `send bufs=${LARGE}`, "peer act=reads", "wait", "result"],
  "nonblocking, a structure, nobody reads": [CONNECTED, "nonblocking", `send bufs=${LARGE}`, "peer act=reads", "wait", "result"],
  "nonblocking, small": [CONNECTED, "nonblocking", "send bufs=5 op=none", "peer has=5"],
  "nonblocking behind a pending one": [STALLED, "nonblocking", "send op=none bufs=5"],
  "nonblocking, not connected": ["socket", "nonblocking", "send op=none bufs=5"],
  "nonblocking while it connects": ["socket", "nonblocking", "connect to=peer", "pause",
    "send bufs=5", "peer has=5"],
  "one structure twice": [CONNECTED, `send bufs=${LARGE}`, "send bufs=4 again=1", "peer act=reads", "wait", "result", `peer has=${LARGE + 4}`],
  "the result of no operation": [CONNECTED, "result op=7"],
  "the result of a failed send": [CONNECTED, "shutdown", "send bufs=5", "result"],
  "the result on another socket": [CONNECTED, "send bufs=5", "socket at=1", "result at=1"],
  "the result on no socket": [CONNECTED, "send bufs=5", "result at=5"],
  "the result of a pending one on no socket": [CONNECTED, `send bufs=${LARGE}`, "result at=5"],
}); // prettier-ignore

/** Who is told: completion ports and completion routines. */
export const REPORTS = winsock({
  "a port, done at once": [CONNECTED, "queue", "send bufs=5", "packets"],
  "a port, pending": [CONNECTED, "queue", `send bufs=${LARGE}`, "packets", "peer act=reads", "wait", "packets"],
  "a port, the low bit, done at once": [CONNECTED, "queue", "send bufs=5 lowbit=1", "packets"],
  "a port, the low bit, pending": [CONNECTED, "queue", `send bufs=${LARGE} lowbit=1`, "peer act=reads", "wait", "packets"],
  "a port, failed at once": [CONNECTED, "queue", "shutdown", "send bufs=5", "packets"],
  "a port, pending, the peer resets": [CONNECTED, "queue", `send bufs=${LARGE}`, "peer act=resets", "wait", "packets"],
  "a port, no structure": [CONNECTED, "queue", "send bufs=5 op=none", "packets"],
  "a routine, done at once": [CONNECTED, "send bufs=5 routine=1", "look", "alert", "alert",
    "result"],
  "a routine, pending": [CONNECTED, `send bufs=${LARGE} routine=1`, "alert", "peer act=reads", "alert ms=500", "look"],
  "a routine, the peer resets": [CONNECTED, `send bufs=${LARGE} routine=1`, "peer act=resets", "alert"],
  "a routine, failed at once": [CONNECTED, "shutdown", "send bufs=5 routine=1", "alert"],
  "a routine, no structure": [CONNECTED, "send bufs=5 op=none routine=1", "alert"],
  "a routine and a port": [CONNECTED, "queue", "send bufs=5 routine=1", "packets", "alert"],
  "a routine and the low bit": [CONNECTED, "send bufs=5 lowbit=1 routine=1", "alert"],
  "a routine on a socket without WSA_FLAG_OVERLAPPED": ["socket overlapped=0", "connect to=peer",
    "send bufs=5 routine=1", "alert"],
  "cancelled": [CONNECTED, `send bufs=${LARGE}`, "cancel", "wait", "result", "send op=1 bufs=5"],
  "cancelled behind a pending one": [STALLED, "cancel op=1", "wait op=1", "result op=1", "result"],
  "all cancelled": [STALLED, "cancel all=1", "wait", "wait op=1", "result op=1"],
  "nothing to cancel": [CONNECTED, "cancel all=1"],
  "cancelled after its end": [CONNECTED, "send bufs=5", "cancel"],
}); // prettier-ignore
