/** The addresses that a datagram socket has for good: whom it talks to, and where it sends. */
import {
  SIO_WSK_SET_REMOTE_ADDRESS, SIO_WSK_SET_SENDTO_ADDRESS, STATUS_INVALID_DEVICE_STATE,
  STATUS_INVALID_PARAMETER, STATUS_REQUEST_NOT_ACCEPTED, STATUS_SUCCESS, WskIoctl,
} from "../../generated/index.js"; // prettier-ignore
import type { PSOCKADDR } from "../../generated/index.js";
import type { Endpoint } from "../network/network.js";
import { requireEndpoint } from "../refusal.js";
import { isSameEndpoint, sizeOfAddress } from "./addresses.js";
import type { ControlRequest, Outcome } from "./control.js";

/** Two slots: the one restricts who is listened to, the other does not. */
export class FixedAddresses {
  readonly #family: number;
  #remote: Endpoint | null = null;
  #destination: Endpoint | null = null;

  constructor(family: number) {
    this.#family = family;
  }

  /** True once the remote address is fixed. */
  get hasRemote(): boolean {
    return this.#remote !== null;
  }

  /** True once the destination is fixed. */
  get hasDestination(): boolean {
    return this.#destination !== null;
  }

  /** Where a datagram without an address goes: of two, the remote address counts. */
  get destination(): Endpoint | null {
    return this.#remote ?? this.#destination;
  }

  /** True for a sender who is listened to. */
  admits(from: Endpoint): boolean {
    return this.#remote === null || isSameEndpoint(this.#remote, from);
  }

  /** True for a request to fix one of them. */
  static isAsked({
    RequestType,
    ControlCode,
  }: Pick<ControlRequest, "RequestType" | "ControlCode">): boolean {
    return RequestType === WskIoctl && isAddressCode(ControlCode);
  }

  /** Fixes one, or frees it. */
  fix(request: ControlRequest, isBound: boolean): Outcome {
    const { ControlCode, irp, InputBuffer, InputSize } = request;
    if (irp === null) return { status: STATUS_REQUEST_NOT_ACCEPTED };
    if (!isBound) return { status: STATUS_INVALID_DEVICE_STATE };
    const isShort = InputBuffer !== null && InputSize < sizeOfAddress(this.#family);
    if (isShort) return { status: STATUS_INVALID_PARAMETER };
    const address = InputBuffer === null ? null : this.judge(InputBuffer);
    if (ControlCode === SIO_WSK_SET_REMOTE_ADDRESS) this.#remote = address;
    else this.#destination = address;
    return { status: STATUS_SUCCESS };
  }

  /** The address stays the caller's, so what is kept of it is read now. */
  judge(buffer: object): Endpoint {
    const address = buffer as PSOCKADDR;
    return requireEndpoint("WskControlSocket", ["InputBuffer", address], this.#family);
  }
}

const isAddressCode = (code: number): boolean =>
  code === SIO_WSK_SET_REMOTE_ADDRESS || code === SIO_WSK_SET_SENDTO_ADDRESS;
