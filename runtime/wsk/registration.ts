/** Registration of clients: how a driver comes to WSK, and how it leaves. */
import {
  DISPATCH_LEVEL, PASSIVE_LEVEL, STATUS_DEVICE_NOT_READY, STATUS_INVALID_PARAMETER,
  STATUS_NOINTERFACE, STATUS_SUCCESS, WSK_INFINITE_WAIT, WSK_NO_WAIT,
} from "../../generated/index.js"; // prettier-ignore
import type { NTSTATUS, WSK_WAIT_TIMES } from "../../generated/index.js";
import { isRecord } from "../../support/index.js";
import { KEVENT } from "../io/event.js";
import type { Names } from "../option-names.js";
import { requireNames } from "../option-names.js";
import { requireIrql, requireWritable } from "../refusal.js";
import { RuntimeViolation } from "../violation.js";
import type { ClientWorld } from "./client.js";
import { Client } from "./client.js";
import type { WSK_CLIENT_NPI } from "./client-dispatch.js";
import { nodeNetwork } from "../transport/node/index.js";
import type { ProviderDispatch, WSK_CLIENT } from "./provider-prototypes.js";
import { requireReach } from "./reach.js";

/** A version of the interface as one number. */
export function MAKE_WSK_VERSION(Major: number, Minor: number): number {
  return ((Major << 8) | (Minor & 0xff)) & 0xffff;
}

/** The first part of a version. */
export function WSK_MAJOR_VERSION(Version: number): number {
  return Version >> 8;
}

/** The second part of a version. */
export function WSK_MINOR_VERSION(Version: number): number {
  return Version & 0xff;
}

/** The client's memory for its registration. Only WSK looks into it. */
export class WSK_REGISTRATION {
  /** Reserved for WSK. */
  ReservedRegistrationContext: unknown = null;
}

/** What a capture brings: the client, and the functions to make sockets with. */
export interface WSK_PROVIDER_NPI {
  Client: WSK_CLIENT | null;
  Dispatch: ProviderDispatch | null;
}

/** Which versions WSK has. */
export interface WSK_PROVIDER_CHARACTERISTICS {
  HighestVersion: number;
  LowestVersion: number;
}

/** How a WSK is made. */
export interface WskOptions extends Partial<ClientWorld> {
  /** The versions that it has; 1.0 alone when left out. */
  readonly versions?: WSK_PROVIDER_CHARACTERISTICS | undefined;
  /** False for one that is not ready before `becomeReady`. */
  readonly isReady?: boolean | undefined;
}

const NAMES: Names<WskOptions> = {
  versions: true,
  isReady: true,
  profile: true,
  environment: true,
  network: true,
  reach: true,
  faults: true,
};

const VERSION_1 = MAKE_WSK_VERSION(1, 0);

interface Registration {
  readonly client: Client;
  readonly version: number;
  /** Signalled when waiting for the provider is over. */
  readonly over: KEVENT;
  isLeaving: boolean;
}

/** A WSK subsystem; `wsk` is the one over the system's own network. */
export class Wsk {
  readonly #world: ClientWorld;
  readonly #versions: WSK_PROVIDER_CHARACTERISTICS;
  readonly #registrations = new Map<WSK_REGISTRATION, Registration>();
  #isReady: boolean;

  constructor(options: WskOptions = {}) {
    requireNames("Wsk", options, NAMES);
    requireReach(options.network ?? nodeNetwork, options.reach ?? "accepted");
    const { versions, isReady = true, environment = { irql: PASSIVE_LEVEL }, ...world } = options;
    this.#world = { ...world, environment };
    this.#versions = versions ?? { LowestVersion: VERSION_1, HighestVersion: VERSION_1 };
    this.#isReady = isReady;
  }

  /** The provider is there from now on; who waits for it goes on. */
  becomeReady(): void {
    this.#isReady = true;
    for (const { over } of this.#registrations.values()) over.set();
  }

  /** Registers a client. */
  readonly WskRegister = (
    WskClientNpi: WSK_CLIENT_NPI,
    WskRegistration: WSK_REGISTRATION,
  ): NTSTATUS => {
    this.#admit("WskRegister", PASSIVE_LEVEL);
    if (!isRecord(WskClientNpi.Dispatch)) return STATUS_INVALID_PARAMETER;
    const { Version, Reserved } = WskClientNpi.Dispatch;
    if (this.#registrations.has(WskRegistration) || Reserved !== 0) return STATUS_INVALID_PARAMETER;
    const client = new Client(WskClientNpi, this.#world);
    const over = new KEVENT();
    if (this.#isReady) over.set();
    this.#registrations.set(WskRegistration, { client, version: Version, over, isLeaving: false });
    return STATUS_SUCCESS;
  };

  /**
   * Captures the provider. JavaScript cannot block, so await it, also where it need not wait. The
   * timeout is in milliseconds, WSK_NO_WAIT or WSK_INFINITE_WAIT.
   */
  readonly WskCaptureProviderNPI = async (
    WskRegistration: WSK_REGISTRATION,
    WaitTimeout: WSK_WAIT_TIMES,
    WskProviderNpi: WSK_PROVIDER_NPI,
  ): Promise<NTSTATUS> => {
    const most = WaitTimeout === WSK_NO_WAIT ? DISPATCH_LEVEL : PASSIVE_LEVEL;
    this.#admit("WskCaptureProviderNPI", most);
    requireWritable("WskCaptureProviderNPI", { WskProviderNpi }, ["Client", "Dispatch"]);
    const registration = this.#registrations.get(WskRegistration);
    if (registration === undefined) return STATUS_DEVICE_NOT_READY;
    const { client, version, over } = registration;
    await over.wait(WaitTimeout === WSK_INFINITE_WAIT ? null : WaitTimeout);
    if (registration.isLeaving || !this.#isReady) return STATUS_DEVICE_NOT_READY;
    const { LowestVersion, HighestVersion } = this.#versions;
    if (version < LowestVersion || version > HighestVersion) return STATUS_NOINTERFACE;
    client.capture();
    WskProviderNpi.Client = client;
    WskProviderNpi.Dispatch = client.Dispatch;
    return STATUS_SUCCESS;
  };

  /** Gives a capture back, one for each that has succeeded. */
  readonly WskReleaseProviderNPI = (WskRegistration: WSK_REGISTRATION): void => {
    const call = "WskReleaseProviderNPI";
    this.#admit(call, DISPATCH_LEVEL);
    this.#known(call, WskRegistration).client.release(call);
  };

  /** Says which versions there are. */
  readonly WskQueryProviderCharacteristics = (
    WskRegistration: WSK_REGISTRATION,
    WskProviderCharacteristics: WSK_PROVIDER_CHARACTERISTICS,
  ): NTSTATUS => {
    const call = "WskQueryProviderCharacteristics";
    this.#admit(call, DISPATCH_LEVEL);
    this.#known(call, WskRegistration);
    if (!this.#isReady) return STATUS_DEVICE_NOT_READY;
    const versions = Object.keys(this.#versions);
    requireWritable(call, { WskProviderCharacteristics }, versions);
    Object.assign(WskProviderCharacteristics, this.#versions);
    return STATUS_SUCCESS;
  };

  /**
   * Takes a registration back. It waits until all captures are released and all sockets are
   * closed, so await it; captures that wait fail at once.
   */
  readonly WskDeregister = async (WskRegistration: WSK_REGISTRATION): Promise<void> => {
    this.#admit("WskDeregister", PASSIVE_LEVEL);
    const registration = this.#known("WskDeregister", WskRegistration);
    if (registration.isLeaving) throw notRegistered("WskDeregister");
    registration.isLeaving = true;
    registration.over.set();
    await registration.client.whenIdle();
    this.#registrations.delete(WskRegistration);
  };

  #admit(call: string, most: number): void {
    requireIrql(call, this.#world.environment.irql, most);
  }

  #known(call: string, WskRegistration: WSK_REGISTRATION): Registration {
    const registration = this.#registrations.get(WskRegistration);
    if (registration === undefined) throw notRegistered(call);
    return registration;
  }
}

const notRegistered = (call: string): RuntimeViolation =>
  new RuntimeViolation(call, "client-not-registered");

/** WSK over the system's own network. */
export const wsk: Wsk = /* @__PURE__ */ new Wsk();
