/** Kinds of addresses at the borders of their ranges, and endpoints that are read once. */
import { expect, test } from "vitest";
import { sockaddrIn, sockaddrIn6 } from "wskit";
import {
  EndpointReader, isBroadcast, isMulticast, isReserved, longestDatagram,
} from "../../../runtime/network/addresses.js"; // prettier-ignore

test("groups, what is reserved, and broadcasts", () => {
  const kindOf = (host: string): string =>
    [isMulticast(host) ? "group" : "", isReserved(host) ? "reserved" : "", isBroadcast(host) ? "all" : ""].join(""); // prettier-ignore
  const kinds = [
    ["223.255.255.255", ""], ["224.0.0.0", "group"], ["239.255.255.255", "group"],
    ["240.0.0.0", "reserved"], ["255.255.255.254", "reserved"], ["255.255.255.255", "all"],
    ["127.255.255.255", "all"], ["127.255.255.254", ""], ["ff02::1", "group"], ["FF18::1", "group"],
    ["fe80::1", ""], ["2001:db8::ff02", ""],
  ] as const; // prettier-ignore
  for (const [host, kind] of kinds) expect([host, kindOf(host)]).toEqual([host, kind]);
  expect(["10.0.0.1", "::1"].map(longestDatagram)).toEqual([65_507, 65_527]);
});

test("an address that differs in any byte is another endpoint", () => {
  const reader = new EndpointReader();
  const first = reader.read(sockaddrIn("10.0.0.1", 7));
  expect(first).toMatchObject({ host: "10.0.0.1", port: 7 });
  expect(reader.read(sockaddrIn("10.0.0.1", 7))).toBe(first);
  for (const [host, port] of [["10.0.0.2", 7], ["10.0.0.2", 8], ["10.0.1.2", 8], ["::1", 8], ["::2", 8], ["1::2", 8]] as const) {
    const address = host.includes(":") ? sockaddrIn6(host, port) : sockaddrIn(host, port);
    expect(reader.read(address)).toMatchObject({ host, port });
  } // prettier-ignore
  // The same bytes, of another family.
  const both = sockaddrIn6("::", 9);
  both.sa_data.set(sockaddrIn("0.0.0.0", 9).sa_data.subarray(0, 6));
  expect(reader.read(both).host).toBe("::");
  expect(reader.read({ ...both, sa_family: 2 }).host).toBe("0.0.0.0");
  expect(reader.read(both).host).toBe("::");
});
