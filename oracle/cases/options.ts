/** Options that sends depend on, and addresses of the other family. */
import { CONNECTED, winsock } from "./define.js";

const UDP = "socket type=2";
const UDP6 = "socket type=2 family=23";
const MAPPED = "family=23 mapped=1 host=0x7f000001";
const ERROR = "getopt name=0x1007";
const LINGER = "name=0x80";
const SNDBUF = "name=0x1001";

/** SO_TYPE, SO_ERROR, SO_LINGER, SO_SNDBUF, SO_BROADCAST. */
export const OPTIONS = winsock({
  "options of TCP": ["socket", "getopt name=0x1008", ERROR, `getopt ${LINGER}`],
  "options of UDP": [UDP, "getopt name=0x1008", ERROR, `getopt ${LINGER}`, "getopt name=0x20",
    "getopt name=0x2003"],
  "options that are set": ["socket", `setopt ${LINGER} value=0x50001`, `getopt ${LINGER}`,
    `setopt ${SNDBUF} value=5000`, `getopt ${SNDBUF}`, `setopt ${SNDBUF} value=0`,
    `getopt ${SNDBUF}`],
  "options of UDP that are set": [UDP, "setopt name=0x20 value=7", "getopt name=0x20",
    "setopt name=0x20 value=0", "getopt name=0x20"],
  "options that cannot be set": ["socket", "setopt name=0x2003 value=5", "setopt name=0x1008",
    "setopt name=0x9999", "setopt name=0x80 level=0x1234"],
  "SO_ERROR that is set": ["socket", "setopt name=0x1007 value=5", ERROR],
  "options without room": ["socket", `getopt ${SNDBUF} size=3`, `setopt ${SNDBUF} size=2`,
    `setopt ${LINGER} size=2`, "getopt name=0x2003 size=2", `${ERROR} size=2`],
  "options of no socket": [`setopt ${LINGER} at=5`, `${ERROR} at=5`, "connect to=peer at=5",
    "bind at=5", "close at=5"],
  "SO_ERROR after a refusal": ["socket", "connect to=closed", ERROR, ERROR],
  "SO_ERROR of sends that fail": [CONNECTED, "shutdown", "send bufs=5", ERROR, "peer act=resets",
    "send bufs=5", ERROR],
  "SO_SNDBUF of no bytes": [CONNECTED, `setopt ${SNDBUF} value=0`, "send bufs=5", "result",
    "peer has=5"],
  "SO_LINGER of no time, switched off": [CONNECTED, `setopt ${LINGER} value=1`,
    `setopt ${LINGER} value=0`, "send bufs=5", "close", "peer has=5"],
}); // prettier-ignore

/** Sockets of IPv6, and what is not theirs. */
export const FAMILIES = winsock({
  "IPv6, connected to mapped IPv4": ["socket family=23", `connect to=peer ${MAPPED}`],
  "IPv6, bound to mapped IPv4": ["socket family=23", `bind ${MAPPED}`],
  "IPv6, connected to IPv4": ["socket family=23", "connect to=peer"],
  "IPv6, not connected": ["socket family=23", "send bufs=5", "disconnect", "shutdown"],
  "a datagram of IPv6 to mapped IPv4": [UDP6, `sendto bufs=5 to=datagrams ${MAPPED}`,
    "peer has=0"],
  "a datagram of IPv6, connected to mapped IPv4": [UDP6, `connect to=datagrams ${MAPPED}`],
  "a datagram of IPv6 to IPv4": [UDP6, "sendto bufs=5 to=datagrams"],
  "a datagram of IPv6 with a short address": [UDP6, "sendto bufs=5 to=datagrams family=23 size=24",
    "sendto bufs=5 to=datagrams family=23 size=16"],
  "a datagram of IPv6 with a scope": [UDP6, "sendto bufs=5 to=datagrams family=23 scope=1",
    "peer has=5"],
  "a datagram of 65527 bytes, of IPv6": [UDP6, "sendto bufs=65527 to=datagrams family=23",
    "peer has=65527"],
}); // prettier-ignore
