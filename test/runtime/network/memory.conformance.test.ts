/** The network in memory does what any network has to. */
import { describe } from "vitest";
import { memoryNetwork } from "../../../runtime/transport/memory/index.js";
import { conformance } from "./conformance.js";

const can = {
  host: "127.0.0.1",
  controlArrives: true,
  bounces: true,
  resetsBehindEnd: true,
  reachesAtOnce: false,
  noticesLateReset: true,
  plenty: 4_000_000,
};

describe("as it comes", () => conformance(() => memoryNetwork(), can));

describe("over IPv6, small and uneven", () => {
  const options = { capacity: 70_000, window: 9001, segment: 1460, delay: { min: 0, mean: 20 } };
  conformance(() => memoryNetwork(options), { ...can, host: "::1" });
});

describe("without any delay", () => conformance(() => memoryNetwork({ delay: 0 }), can));
