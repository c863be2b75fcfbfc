/** Addresses: text to memory and back. */
import { isIPv6 } from "node:net";
import fc from "fast-check";
import { expect, test } from "vitest";
import { endpointOf, sockaddrIn, sockaddrIn6 } from "wskit";

test("an IPv4 address lies in network order", () => {
  expect(sockaddrIn("127.0.0.1", 8080)).toEqual({
    sa_family: 2,
    sa_data: Uint8Array.from(Buffer.from("1f907f0000010000000000000000", "hex")),
  });
});

test("any IPv4 address and port survives", () => {
  fc.assert(
    fc.property(fc.ipV4(), fc.integer({ min: 0, max: 65535 }), (host, port) => {
      expect(endpointOf(sockaddrIn(host, port))).toEqual({ host, port, family: 4 });
    }),
  );
});

test("any IPv6 address and port survives, in its shortest form", () => {
  fc.assert(
    fc.property(fc.ipV6(), fc.integer({ min: 0, max: 65535 }), (host, port) => {
      const end = endpointOf(sockaddrIn6(host, port));
      expect(isIPv6(end.host)).toBe(true);
      expect(end).toEqual({
        host: new URL(`http://[${host}]`).hostname.slice(1, -1),
        port,
        family: 6,
      });
    }),
  );
});

test.each(["", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.x", "::1", "1.2.3.-4"])(
  "%j is no IPv4 address",
  (text) => {
    expect(() => sockaddrIn(text, 1)).toThrow("expected an IPv4 address such as 127.0.0.1");
  },
);

test.each(["", "127.0.0.1", "::1]", "1::2::3", "fe80::1%eth0", "x"])(
  "%j is no IPv6 address",
  (text) => {
    expect(() => sockaddrIn6(text, 1)).toThrow("expected an IPv6 address such as ::1");
  },
);

test.each([-1, 65536, 1.5, Number.NaN])("%s is no port", (port) => {
  expect(() => sockaddrIn("127.0.0.1", port)).toThrow("expected a port from 0 to 65535");
});

test("an address of another family, or too short for its own, has no endpoint", () => {
  expect(() => endpointOf({ sa_family: 32, sa_data: new Uint8Array(26) })).toThrow(
    "received family 32",
  );
  expect(() => endpointOf({ sa_family: 23, sa_data: new Uint8Array(14) })).toThrow(RangeError);
});
