/** The network of the system, by Node. */
import type { Network } from "../../network/network.js";
import { connect, listen } from "./tcp.js";
import { bind } from "./udp.js";

/**
 * The system's own network, by what Node offers in public: TCP without out-of-band data, UDP, no
 * control information. A send is complete when the kernel has taken its bytes; Node cannot tell
 * how far they have come from there.
 */
export const nodeNetwork: Network = {
  name: "node",
  reaches: ["accepted"],
  connect,
  listen,
  bind,
};
