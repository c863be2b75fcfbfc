/**
 * Control information, from the layout and the numbers of Windows on x64 to those of Linux. What
 * Linux would pass over in silence is refused here.
 */
import {
  IP_ECN, IP_PKTINFO, IP_TOS, IP_TTL, IPPROTO_IP, IPPROTO_IPV6, IPPROTO_UDP, IPV6_ECN,
  IPV6_PKTINFO, IPV6_TCLASS, UDP_SEND_MSG_SIZE,
} from "../../../generated/index.js"; // prettier-ignore
import { controlInfo, controlObjects } from "../../../support/index.js";
import type { ControlData } from "../../../support/index.js";
import type { Failure } from "../../network/failure.js";
import { BAD_CONTROL, UNSUPPORTED } from "../../network/failure.js";
import { isFailure } from "../../network/network.js";
import { IP, IPV6, SOL, UDP_SEGMENT } from "./linux.js";

/** IP_HOPLIMIT and IPV6_HOPLIMIT of Windows' ws2ipdef.h: how many hops are allowed, an INT. */
export const HOPLIMIT = 21;

/** What is gathered from all objects: the two parts of the traffic class are one value in Linux. */
interface Gathered {
  readonly messages: ControlData[];
  trafficClass: number | null;
  congestion: number | null;
}

/** One object, and what it adds; a failure where it says nothing that Linux could do. */
type Translate = (data: Uint8Array, into: Gathered) => Failure | null;

/** By level and type of Windows. */
const OBJECTS: Readonly<Record<4 | 6, Readonly<Record<string, Translate>>>> = {
  4: {
    [`${IPPROTO_IP} ${IP_PKTINFO}`]: (data, into) => {
      if (data.length !== 8) return BAD_CONTROL;
      // An in_pktinfo has the interface first, then the address to send from, then another one.
      const info = new Uint8Array(12);
      info.set(data.subarray(4), 0);
      info.set(data.subarray(0, 4), 4);
      return add(into, { level: SOL.IP, type: IP.PKTINFO, data: info });
    },
    [`${IPPROTO_IP} ${IP_TTL}`]: (data, into) => hops(data, into, 4),
    [`${IPPROTO_IP} ${HOPLIMIT}`]: (data, into) => hops(data, into, 4),
    [`${IPPROTO_IP} ${IP_TOS}`]: trafficClass,
    [`${IPPROTO_IP} ${IP_ECN}`]: congestion,
    [`${IPPROTO_UDP} ${UDP_SEND_MSG_SIZE}`]: segment,
  },
  6: {
    [`${IPPROTO_IPV6} ${IPV6_PKTINFO}`]: (data, into) =>
      data.length === 20
        ? add(into, { level: SOL.IPV6, type: IPV6.PKTINFO, data: data.slice() })
        : BAD_CONTROL,
    [`${IPPROTO_IPV6} ${HOPLIMIT}`]: (data, into) => hops(data, into, 6),
    [`${IPPROTO_IPV6} ${IPV6_TCLASS}`]: trafficClass,
    [`${IPPROTO_IPV6} ${IPV6_ECN}`]: congestion,
    [`${IPPROTO_UDP} ${UDP_SEND_MSG_SIZE}`]: segment,
  },
};

/** The control messages for a socket of a family. What it does not know it refuses. */
export function translateControl(control: Uint8Array, family: 4 | 6): Uint8Array | Failure {
  const into: Gathered = { messages: [], trafficClass: null, congestion: null };
  let count = 0;
  for (const { level, type, data, fault } of controlObjects(control, "x64")) {
    if (fault !== undefined) return BAD_CONTROL;
    const translate = OBJECTS[family][`${level} ${type}`];
    const failure = translate === undefined ? UNSUPPORTED : translate(data, into);
    if (failure !== null) return failure;
    count++;
  }
  if (count === 0) return BAD_CONTROL;
  const { trafficClass, congestion } = into;
  if (trafficClass !== null || congestion !== null) {
    const byte = congestion === null ? trafficClass : ((trafficClass ?? 0) & ~3) | congestion;
    const type = family === 4 ? IP.TOS : IPV6.TCLASS;
    add(into, { level: family === 4 ? SOL.IP : SOL.IPV6, type, data: int(byte ?? 0) });
  }
  // Both systems lay the objects out alike.
  return controlInfo(into.messages, "x64");
}

/** Translates for one socket; most datagrams have the control information of the one before. */
export class Controls {
  readonly #family: 4 | 6;
  #from = new Uint8Array(0);
  #made: Uint8Array | Failure = BAD_CONTROL;

  constructor(family: 4 | 6) {
    this.#family = family;
  }

  /** The control messages; they must not be changed. */
  translate(control: Uint8Array): Uint8Array | Failure {
    if (Buffer.compare(control, this.#from) !== 0) {
      this.#from = Uint8Array.from(control);
      this.#made = translateControl(this.#from, this.#family);
    }
    return this.#made;
  }
}

/** True for control messages, as opposed to why there are none. */
export const isControl = (made: Uint8Array | Failure): made is Uint8Array => !isFailure(made);

function hops(data: Uint8Array, into: Gathered, family: 4 | 6): Failure | null {
  const limit = intOf(data);
  if (limit === null || limit < 1 || limit > 255) return BAD_CONTROL;
  const level = family === 4 ? SOL.IP : SOL.IPV6;
  return add(into, { level, type: family === 4 ? IP.TTL : IPV6.HOPLIMIT, data: int(limit) });
}

function trafficClass(data: Uint8Array, into: Gathered): Failure | null {
  const byte = intOf(data);
  if (byte === null || byte < 0 || byte > 255) return BAD_CONTROL;
  into.trafficClass = byte;
  return null;
}

function congestion(data: Uint8Array, into: Gathered): Failure | null {
  const bits = intOf(data);
  if (bits === null || bits < 0 || bits > 3) return BAD_CONTROL;
  into.congestion = bits;
  return null;
}

function segment(data: Uint8Array, into: Gathered): Failure | null {
  const size = intOf(data);
  if (size === null || size < 0 || size > 0xffff) return BAD_CONTROL;
  const bytes = Uint8Array.of(size & 0xff, size >> 8);
  return add(into, { level: SOL.UDP, type: UDP_SEGMENT, data: bytes });
}

function add(into: Gathered, message: ControlData): null {
  into.messages.push(message);
  return null;
}

const intOf = (data: Uint8Array): number | null =>
  data.length === 4 ? new DataView(data.buffer, data.byteOffset).getInt32(0, true) : null;

const int = (value: number): Uint8Array => new Uint8Array(Int32Array.of(value).buffer);
