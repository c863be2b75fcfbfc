/** What a port hears: datagrams with their control information, and those that bounced. */
import { constants } from "node:os";
import {
  IP_PKTINFO, IP_TOS, IP_TTL, IPPROTO_IP, IPPROTO_IPV6, IPV6_PKTINFO, IPV6_TCLASS,
} from "../../../generated/index.js"; // prettier-ignore
import { controlInfo, controlObjects } from "../../../support/index.js";
import type { ControlData } from "../../../support/index.js";
import type { Failure } from "../../network/failure.js";
import { PORT_UNREACHABLE } from "../../network/failure.js";
import type { Endpoint } from "../../network/network.js";
import { ADDRESS_SIZE, endpointOf } from "./address.js";
import { HOPLIMIT } from "./control.js";
import { IP, IPV6, MSG, SO_EE_ORIGIN, SOL } from "./linux.js";
import { Message } from "./message.js";
import type { System } from "./system.js";
import { failureOfErrno, setInt } from "./system.js";

/** One datagram that has arrived. */
export interface Heard {
  readonly data: Uint8Array;
  readonly from: Endpoint;
  /** As Windows lays it out on x64; null where there is none. */
  readonly control: Uint8Array | null;
}

const CONTROL_SIZE = 512;

/** Reads from one socket. */
export class Ear {
  readonly #system: System;
  readonly #fd: number;
  readonly #message: Message;
  readonly #name = new Uint8Array(ADDRESS_SIZE);
  readonly #control = new Uint8Array(CONTROL_SIZE);

  constructor(system: System, fd: number, family: 4 | 6) {
    this.#system = system;
    this.#fd = fd;
    this.#message = new Message(system.libc, 1);
    this.#message.point(0, system.scratch);
    const level = family === 4 ? SOL.IP : SOL.IPV6;
    setInt(system, fd, [level, family === 4 ? IP.RECVERR : IPV6.RECVERR, 1]);
    if (system.options.receiveControl !== true) return;
    const options =
      family === 4
        ? [IP.PKTINFO, IP.RECVTTL, IP.RECVTOS]
        : [IPV6.RECVPKTINFO, IPV6.RECVHOPLIMIT, IPV6.RECVTCLASS];
    for (const option of options) setInt(system, fd, [level, option, 1]);
  }

  /** The next datagram; null where there is none, or something is wrong: `errno` says which. */
  hear(): Heard | null {
    const count = this.#receive(MSG.DONTWAIT);
    if (count < 0) return null;
    const control = this.#objects().flatMap(toWindows);
    return {
      data: this.#system.scratch.slice(0, count),
      from: endpointOf(this.#name),
      control: control.length === 0 ? null : controlInfo(control, "x64"),
    };
  }

  /** Why datagrams that were sent before did not arrive, as the network has answered. */
  bounces(): Failure[] {
    const failures: Failure[] = [];
    while (this.#receive(MSG.DONTWAIT | MSG.ERRQUEUE) >= 0) {
      for (const { level, type, data } of this.#objects()) {
        const isError =
          (level === SOL.IP && type === IP.RECVERR) ||
          (level === SOL.IPV6 && type === IPV6.RECVERR);
        const origin = data[4];
        // Others are about sends that have failed by themselves.
        if (!isError || (origin !== SO_EE_ORIGIN.ICMP && origin !== SO_EE_ORIGIN.ICMP6)) continue;
        failures.push(bounceOf(new DataView(data.buffer, data.byteOffset).getInt32(0, true)));
      }
    }
    return failures;
  }

  #receive(flags: number): number {
    this.#message.name(this.#name);
    this.#message.control(this.#control);
    return this.#system.libc.recvmsg(this.#fd, this.#message.address, flags);
  }

  #objects(): ControlData[] {
    return [...controlObjects(this.#control.subarray(0, this.#message.controlLength), "x64")];
  }
}

/** The failure of a datagram that bounced, by a number of errno. */
export const bounceOf = (errno: number): Failure =>
  errno === constants.errno.ECONNREFUSED ? PORT_UNREACHABLE : failureOfErrno(errno);

/** An object of Linux as one of Windows; none where Windows has no such. */
function toWindows({ level, type, data }: ControlData): ControlData[] {
  if (level === SOL.IP && type === IP.PKTINFO) {
    const info = new Uint8Array(8);
    info.set(data.subarray(8, 12), 0);
    info.set(data.subarray(0, 4), 4);
    return [{ level: IPPROTO_IP, type: IP_PKTINFO, data: info }];
  }
  const [byte = 0] = data;
  const value = Uint8Array.of(byte, 0, 0, 0);
  if (level === SOL.IP && type === IP.TOS)
    return [{ level: IPPROTO_IP, type: IP_TOS, data: value }];
  if (level === SOL.IP && type === IP.TTL)
    return [{ level: IPPROTO_IP, type: IP_TTL, data: value }];
  if (level !== SOL.IPV6) return [];
  if (type === IPV6.PKTINFO)
    return [{ level: IPPROTO_IPV6, type: IPV6_PKTINFO, data: data.slice() }];
  if (type === IPV6.TCLASS) return [{ level: IPPROTO_IPV6, type: IPV6_TCLASS, data: value }];
  return type === IPV6.HOPLIMIT ? [{ level: IPPROTO_IPV6, type: HOPLIMIT, data: value }] : [];
}
