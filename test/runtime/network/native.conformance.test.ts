/** The native network does what any network has to. */
import { describe } from "vitest";
import { nativeNetwork } from "../../../runtime/transport/native/network.js";
import { missing, titled } from "../native/peers.js";
import { conformance } from "./conformance.js";

const can = { host: "127.0.0.1", controlArrives: false, bounces: true, plenty: 64_000_000 };
// Bytes that have left, or are acknowledged, when the write returns are done: that is right here,
// and the suite does not expect it. What follows bytes has tests of its own.
const reaches = ["accepted"] as const;
const SMALL = { sendBuffer: 4096, receiveBuffer: 4096 };

describe.skipIf(missing !== null)(titled("the native network"), () => {
  if (missing !== null) return;
  describe("as it comes", () => conformance(() => ({ ...nativeNetwork(), reaches }), can));
  describe("over IPv6, with small buffers", () =>
    conformance(() => ({ ...nativeNetwork(SMALL), reaches }), { ...can, host: "::1" }));
});
