/** The system's network by Node, held to what every network owes. */
import { networkInterfaces } from "node:os";
import { describe } from "vitest";
import { nodeNetwork } from "wskit/runtime";
import { conformance } from "./conformance.js";

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
