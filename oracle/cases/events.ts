/** Events and routines of Windows Sockets: who signals, who takes the signal back, who runs. */
import { CONNECTED, LARGE, winsock } from "./define.js";

const UDP = "socket type=2";
const SIGNALLED = "send bufs=5 signalled=1";

/** Events that are signalled when the call comes, and routines that run late. */
export const EVENTS = winsock({
  "signalled, done at once": [CONNECTED, SIGNALLED, "result"],
  "signalled, pending": [CONNECTED, `send bufs=${LARGE} signalled=1`, "look", "peer act=reads",
    "wait", "look"],
  "signalled, the low bit, pending": [CONNECTED, `send bufs=${LARGE} signalled=1 lowbit=1`,
    "peer act=reads", "wait", "result"],
  "signalled, shut down": [CONNECTED, "shutdown", SIGNALLED],
  "signalled, shut down, the low bit": [CONNECTED, "shutdown", `${SIGNALLED} lowbit=1`],
  "signalled, shut down, a routine": [CONNECTED, "shutdown", `${SIGNALLED} routine=1`],
  "signalled, not connected": ["socket", SIGNALLED],
  "signalled, the peer resets": [CONNECTED, "peer act=resets", SIGNALLED,
    "send op=1 bufs=0 count=0 signalled=1"],
  "signalled, a buffer at NULL": [CONNECTED, "send bufs=null:5 signalled=1"],
  "signalled, of no socket": [`${SIGNALLED} at=5`],
  "signalled, closed": [CONNECTED, "close", SIGNALLED],
  "signalled, a routine": [CONNECTED, `${SIGNALLED} routine=1`, "look", "alert", "look"],
  "signalled, a routine, pending": [CONNECTED, `send bufs=${LARGE} signalled=1 routine=1`,
    "peer act=reads", "wait", "alert", "look"],
  "signalled, a datagram": [UDP, "sendto bufs=5 to=datagrams signalled=1", "wait", "look"],
  "signalled, a datagram with a short address": [UDP,
    "sendto bufs=5 to=datagrams size=3 signalled=1"],
  "signalled, a datagram shut down": [UDP, "shutdown",
    "sendto bufs=5 to=datagrams signalled=1"],
  "the low bit, the peer resets": [CONNECTED, `send bufs=${LARGE} lowbit=1`, "peer act=resets",
    "wait", "result"],
  "routines of three that are pending": [CONNECTED, `send bufs=${LARGE} routine=1`,
    "send op=1 bufs=4 routine=1", "send op=2 bufs=5 routine=1", "peer act=reads", "wait op=2",
    "alert op=2", "alert op=1", "alert", "result op=1"],
  "a routine and the low bit, pending": [CONNECTED, `send bufs=${LARGE} routine=1 lowbit=1`,
    "peer act=reads", "wait", "alert", "result"],
  "a routine, the result before it runs": [CONNECTED, "send bufs=5 routine=1", "result", "alert"],
  "a routine, its structure again before it runs": [CONNECTED, "send bufs=5 routine=1",
    "send bufs=6 routine=1 again=1", "alert", "result"],
  "a routine, closed before it runs": [CONNECTED, "send bufs=5 routine=1", "close", "alert"],
  "one structure, done at once, then pending": [CONNECTED, "send bufs=5",
    `send bufs=${LARGE} again=1`, "look", "peer act=reads", "wait", "look"],
}); // prettier-ignore
