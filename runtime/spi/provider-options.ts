/** How a provider is started. */
import type { Profile } from "../../support/index.js";
import type { FaultPlan } from "../fault-plan.js";
import type { Network } from "../network/network.js";
import type { Names } from "../option-names.js";
import type { Upcalls } from "./upcalls.js";

/** How a provider is started. */
export interface ProviderOptions {
  /** The switch that the provider reports to. */
  readonly upcalls: Upcalls;
  /** The contract by which WSPSend is judged: `san` when left out. */
  readonly profile?: Profile | undefined;
  /** What SO_MAX_MSG_SIZE is; without it, what the network sends, which is any size on a stream. */
  readonly maxMessageSize?: number | undefined;
  /** Where the bytes go; the system's own network when left out. */
  readonly network?: Network | undefined;
  /** Failures on order, for its three sends. */
  readonly faults?: FaultPlan | undefined;
  /** By which the switch knows the provider, in its upcalls. */
  readonly catalogEntryId?: number | undefined;
}

/** The names of these options. */
export const PROVIDER_OPTIONS: Names<ProviderOptions> = {
  upcalls: true,
  profile: true,
  maxMessageSize: true,
  network: true,
  faults: true,
  catalogEntryId: true,
};
