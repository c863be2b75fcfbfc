/** The native network does what any network has to. */
import { describe } from "vitest";
import { nativeNetwork } from "../../../runtime/transport/native/network.js";
import { missing, titled } from "../native/peers.js";
import { conformance } from "./conformance.js";

const can = {
  host: "127.0.0.1",
  controlArrives: false,
  bounces: true,
  resetsBehindEnd: true,
  noticesLateReset: true,
  reachesAtOnce: true,
  plenty: 64_000_000,
};
const SMALL = { sendBuffer: 4096, receiveBuffer: 4096 };

describe.skipIf(missing !== null)(titled("the native network"), () => {
  if (missing !== null) return;
  describe("as it comes", () => conformance(() => nativeNetwork(), can));
  describe("over IPv6, with small buffers", () =>
    conformance(() => nativeNetwork(SMALL), { ...can, host: "::1" }));
});
