/** The system's network by Node, held to what every network owes. */
import { networkInterfaces } from "node:os";
import { describe, expect, test, vi } from "vitest";
import { nodeNetwork } from "wskit/runtime";
import { conformance } from "./conformance.js";
import { pairOn } from "./harness.js";

const hasIpv6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === "::1"),
);

const can = {
  controlArrives: false,
  bounces: false,
  resetsBehindEnd: false,
  reachesAtOnce: false,
  noticesLateReset: false,
  plenty: 32 * 1024 * 1024,
};

describe("over IPv4", () => conformance(() => nodeNetwork, { ...can, host: "127.0.0.1" }));

describe.runIf(hasIpv6)("over IPv6", () => conformance(() => nodeNetwork, { ...can, host: "::1" }));

const sockets = (): number =>
  process.getActiveResourcesInfo().filter((name) => name === "TCPSocketWrap").length;

test.each(["abort", "close"] as const)("who ends and then %ss keeps no handle", async (way) => {
  const before = sockets();
  const { client, server, listener } = await pairOn(nodeNetwork, "127.0.0.1");
  client.connection.end();
  client.connection[way]();
  server.connection.abort();
  listener.close();
  await vi.waitFor(() => expect(sockets()).toBe(before), { timeout: 5000 });
});
