/** Control information of Windows as Linux wants it, object by object; no socket is needed. */
import { describe, expect, test } from "vitest";
import { controlInfo, controlObjects } from "wskit";
import { BAD_CONTROL, UNSUPPORTED } from "../../../runtime/network/failure.js";
import { isFailure } from "../../../runtime/network/network.js";
import type { Failure } from "../../../runtime/network/failure.js";
import { Controls, HOPLIMIT, translateControl } from "../../../runtime/transport/native/control.js";
import { endpointOf } from "../../../runtime/transport/native/address.js";

const [IP, IPV6, UDP] = [0, 41, 17];
const [TTL, TOS, PKTINFO, ECN, SEND_MSG_SIZE] = [4, 3, 19, 50, 2];
const TCLASS = 39;

/** An object with an int. */
const int = (level: number, type: number, value: number) => ({
  level,
  type,
  data: new Uint8Array(Int32Array.of(value).buffer),
});

type Objects = readonly { level: number; type: number; data: Uint8Array }[];

/** What Linux is told: level, type and bytes of each message, or the failure. */
function told(family: 4 | 6, objects: Objects): Failure | (readonly [number, number, number[]])[] {
  const made = translateControl(controlInfo([...objects], "x64"), family);
  if (isFailure(made)) return made;
  return [...controlObjects(made, "x64")].map(({ level, type, data }) => [level, type, [...data]]);
}

describe("an object becomes that of Linux", () => {
  test.each([
    ["the hops of IPv4", 4, int(IP, TTL, 1), [0, 2, [1, 0, 0, 0]]],
    ["the most hops of IPv4", 4, int(IP, HOPLIMIT, 255), [0, 2, [255, 0, 0, 0]]],
    ["the hops of IPv6", 6, int(IPV6, HOPLIMIT, 255), [41, 52, [255, 0, 0, 0]]],
    ["the type of service", 4, int(IP, TOS, 255), [0, 1, [255, 0, 0, 0]]],
    ["the traffic class", 6, int(IPV6, TCLASS, 0), [41, 67, [0, 0, 0, 0]]],
    ["congestion of IPv4", 4, int(IP, ECN, 3), [0, 1, [3, 0, 0, 0]]],
    ["congestion of IPv6", 6, int(IPV6, ECN, 1), [41, 67, [1, 0, 0, 0]]],
    ["the size of segments", 4, int(UDP, SEND_MSG_SIZE, 0x1234), [17, 103, [0x34, 0x12]]],
  ] as const)("%s", (_, family, object, message) => {
    expect(told(family, [object])).toEqual([message]);
  });

  test("where a datagram comes from", () => {
    const of4 = { level: IP, type: PKTINFO, data: Uint8Array.of(127, 0, 0, 9, 5, 0, 0, 0) };
    expect(told(4, [of4])).toEqual([[0, 8, [5, 0, 0, 0, 127, 0, 0, 9, 0, 0, 0, 0]]]);
    const data = Uint8Array.from({ length: 20 }, (_, i) => i);
    expect(told(6, [{ level: IPV6, type: PKTINFO, data }])).toEqual([[41, 50, [...data]]]);
  });

  test("the congestion within the type of service, in either order", () => {
    const both = [int(IP, TOS, 0b1010_1011), int(IP, ECN, 0b01)];
    for (const objects of [both, both.toReversed()])
      expect(told(4, objects)).toEqual([[0, 1, [0b1010_1001, 0, 0, 0]]]);
  });
});

test.each([
  ["no hop", 4, int(IP, TTL, 0), BAD_CONTROL],
  ["too many hops", 6, int(IPV6, HOPLIMIT, 256), BAD_CONTROL],
  ["a type of service below 0", 4, int(IP, TOS, -1), BAD_CONTROL],
  ["a traffic class of more than a byte", 6, int(IPV6, TCLASS, 256), BAD_CONTROL],
  ["a congestion that there is not", 4, int(IP, ECN, 4), BAD_CONTROL],
  ["a segment that is longer than a datagram", 4, int(UDP, SEND_MSG_SIZE, 0x1_0000), BAD_CONTROL],
  ["a short int", 4, { level: IP, type: TTL, data: Uint8Array.of(1, 0) }, BAD_CONTROL],
  ["a short IN_PKTINFO", 4, { level: IP, type: PKTINFO, data: new Uint8Array(4) }, BAD_CONTROL],
  ["a short IN6_PKTINFO", 6, { level: IPV6, type: PKTINFO, data: new Uint8Array(8) }, BAD_CONTROL],
  ["an object of the other family", 6, int(IP, TTL, 1), UNSUPPORTED],
  ["an object that nobody knows", 4, int(IP, 99, 1), UNSUPPORTED],
] as const)("%s is refused", (_, family, object, failure) => {
  expect(told(family, [object])).toBe(failure);
});

test("no object at all is refused, and what is the same again is not translated twice", () => {
  expect(translateControl(new Uint8Array(0), 4)).toBe(BAD_CONTROL);
  const controls = new Controls(4);
  const info = controlInfo([int(IP, TTL, 7)], "x64");
  const made = controls.translate(info);
  expect(controls.translate(info.slice())).toBe(made);
  expect(controls.translate(controlInfo([int(IP, TTL, 8)], "x64"))).not.toEqual(made);
});

test("a sockaddr of Linux is an endpoint, as RFC 5952 writes it", () => {
  const six = (groups: readonly number[], scope = 0): Uint8Array => {
    const address = new Uint8Array(28);
    const view = new DataView(address.buffer);
    address.set([10, 0, 0x12, 0x34]);
    for (const [i, group] of groups.entries()) view.setUint16(8 + 2 * i, group);
    view.setUint32(24, scope, true);
    return address;
  };
  const texts = [
    [[0x2001, 0, 0, 1, 0, 0, 0, 1], "2001:0:0:1::1"],
    [[0x2001, 0, 0, 1, 1, 0, 0, 1], "2001::1:1:0:0:1"],
    [[0x2001, 0xdb8, 0, 1, 1, 1, 1, 1], "2001:db8:0:1:1:1:1:1"],
    [[0, 0, 0, 0, 0, 0, 0, 0], "::"],
  ] as const;
  for (const [groups, host] of texts)
    expect(endpointOf(six(groups))).toEqual({ host, port: 0x1234 });
  expect(endpointOf(six([0xfe80, 0, 0, 0, 0, 0, 0, 1], 3)).host).toBe("fe80::1%3");
  const four = Uint8Array.of(2, 0, 0xff, 1, 10, 0, 0, 9, ...new Uint8Array(20));
  expect(endpointOf(four)).toEqual({ host: "10.0.0.9", port: 0xff01 });
});
