/** Addresses and failures of datagrams, code by code, as the page of WSPSendTo has them. */
import { expect, test } from "vitest";
import {
  AF_INET, AF_INET6, sockaddrIn, sockaddrIn6, wsaerrorName, WSAEADDRNOTAVAIL, WSAEAFNOSUPPORT,
  WSAEFAULT,
} from "wskit"; // prettier-ignore
import { EndpointReader } from "../../../runtime/network/addresses.js";
import { failureNamed } from "../../../runtime/network/failure.js";
import { datagramCode, endpointFor, isWhole } from "../../../runtime/spi/datagram-rules.js";

const four = sockaddrIn("127.0.0.1", 9);
const six = sockaddrIn6("::1", 9);

test.each([
  ["a whole one", six, 28, { host: "::1", port: 9 }],
  ["one byte short", six, 27, { error: WSAEFAULT }],
  ["a whole one of the other family", four, 16, { error: WSAEAFNOSUPPORT }],
  ["of the other family as far as it goes", four, 2, { error: WSAEAFNOSUPPORT }],
  ["half a family", four, 1, { error: WSAEFAULT }],
  ["the wildcard", sockaddrIn6("::", 9), 28, { error: WSAEADDRNOTAVAIL }],
  ["one of IPv4 in the form of IPv6", sockaddrIn6("::ffff:1.2.3.4", 9), 28, { error: WSAEADDRNOTAVAIL }],
])("an address for a socket of IPv6, %s", (_, address, length, wanted) => {
  const socket = { family: AF_INET6, isBroadcasting: true, addresses: new EndpointReader() };
  expect(endpointFor({ address, length }, socket)).toMatchObject(wanted);
}); // prettier-ignore

test("a length counts a whole address of its family, or a family at least", () => {
  const lengths = [[AF_INET, 16], [AF_INET6, 28], [99, 2]] as const; // prettier-ignore
  for (const [family, length] of lengths)
    expect([isWhole(family, length), isWhole(family, length - 1)]).toEqual([true, false]);
});

test.each([
  ["EHOSTUNREACH", "WSAENETUNREACH"],
  ["ENETUNREACH", "WSAENETUNREACH"],
  ["EACCES", "WSAEACCES"],
  ["EMSGSIZE", "WSAEMSGSIZE"],
  ["EADDRNOTAVAIL", "WSAEADDRNOTAVAIL"],
  ["ENOBUFS", "WSAENOBUFS"],
])("where the system says %s, a datagram fails with %s", (name, code) => {
  expect(wsaerrorName(datagramCode(failureNamed(name)))).toBe(code);
});
