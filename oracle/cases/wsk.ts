/** WskSend and its surroundings, as far as Wine goes: one MDL, no WskSendTo, no WskDisconnect. */
import { LARGE, wsk } from "./define.js";

const BOUND = ["socket", "bind"];
const CONNECTED = [...BOUND, "connect to=peer"];
const STALLED = [...CONNECTED, `send mdl=${LARGE}`, "send mdl=4 op=1"];

/** WskSend over TCP. */
export const WSK = wsk({
  "a small send": [CONNECTED, "send mdl=12", "peer has=12", "close"],
  "one megabyte to a peer that reads": [CONNECTED, "peer act=reads", "send mdl=1048576",
    "peer has=1048576"],
  "ten sends": [CONNECTED, Array.from({ length: 10 }, (_, i) => `send mdl=${i + 1}`), "peer has=55"],
  "a part": [CONNECTED, "send mdl=12 offset=7 length=5", "peer has=5"],
  "the first byte": [CONNECTED, "send mdl=12 length=1", "peer has=1"],
  "the last byte": [CONNECTED, "send mdl=12 offset=11 length=1", "peer has=1"],
  "nothing of an MDL": [CONNECTED, "send mdl=12 length=0", "peer has=0"],
  "nothing at the end of an MDL": [CONNECTED, "send mdl=12 offset=12 length=0", "peer has=0"],
  "nothing, and no MDL": [CONNECTED, "send length=0", "peer has=0"],
  "nothing between two": [CONNECTED, "send mdl=2", "send length=0", "send mdl=3", "peer has=5"],
  "WSK_FLAG_NODELAY": [CONNECTED, "send mdl=12 flags=2", "peer has=12"],
  "WSK_FLAG_OOB": [CONNECTED, "send mdl=1 flags=1"],
  ...Object.fromEntries(
    [4, 8, 0x40, 0x80000000].map((flags) => [
      `flags 0x${flags.toString(16)}`,
      [CONNECTED, `send mdl=12 flags=0x${flags.toString(16)}`, "peer has=12"],
    ]),
  ),
  "no IRP": [CONNECTED, "send mdl=12 irp=0", "peer has=0"],
  "no IRP and no connection": [BOUND, "send mdl=12 irp=0"],
  "not bound": ["socket", "send mdl=12"],
  "bound, not connected": [BOUND, "send mdl=12"],
  "bound, not connected, nothing to send": [BOUND, "send length=0"],
  "refused": [BOUND, "connect to=closed", "send mdl=12"],
  "connected to port 0": [BOUND, "connect port=0", "send mdl=12"],
  "bound twice": [BOUND, "bind"],
  "connected without being bound": ["socket", "connect to=peer", "send mdl=12"],
  "connected twice": [CONNECTED, "connect to=peer", "send mdl=12", "peer has=12"],
  "bound after it connected": [CONNECTED, "bind"],
  "bound without an IRP": ["socket", "bind irp=0"],
  "connected without an IRP": [BOUND, "connect to=peer irp=0"],
  "bound with flags": ["socket", "bind flags=1"],
  "connected with flags": [BOUND, "connect to=peer flags=1"],
  "pending, the peer reads": [STALLED, "peer act=reads", "wait", "wait op=1", `peer has=${LARGE + 4}`],
  "pending, the peer resets": [STALLED, "peer act=resets", "wait", "wait op=1", "send mdl=4 op=2"],
  "pending, the peer ends": [STALLED, "peer act=ends", "peer act=reads", "wait", "wait op=1", `peer has=${LARGE + 4}`],
  "pending, closed": [STALLED, "close op=2", "wait", "wait op=1"],
  "nothing to send behind a pending one": [STALLED, "send length=0 op=2", "peer act=reads",
    "wait", "wait op=2"],
  "the peer ends": [CONNECTED, "peer act=ends", "send mdl=5", "send mdl=6", "peer has=11"],
  "the peer closes": [CONNECTED, "peer act=closes", "send mdl=5", "send mdl=6", "send mdl=7"],
  "the peer resets": [CONNECTED, "peer act=resets", "send mdl=5", "send mdl=6"],
  "the peer resets, nothing to send": [CONNECTED, "peer act=resets", "send length=0", "send mdl=5"],
  "closed after a send": [CONNECTED, "send mdl=5", "close", "peer has=5"],
  "two sockets": [CONNECTED, "socket at=1", "bind at=1", "send at=1 mdl=5 op=1", "send mdl=5",
    "peer has=5"],
  "disconnected": [CONNECTED, "send mdl=5", "disconnect", "send mdl=5", "peer has=5"],
}); // prettier-ignore
