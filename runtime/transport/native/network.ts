/** The native network: sockets of Linux by their own calls, with the optional package koffi. */
import type {
  BindRequest,
  ConnectRequest,
  ListenRequest,
  Network,
  PortRequest,
} from "../../network/network.js";
import type { Names } from "../../option-names.js";
import { requireNames } from "../../option-names.js";
import { Attempt } from "./connect.js";
import { findKoffi } from "./koffi.js";
import type { Libc } from "./libc.js";
import { libcOf } from "./libc.js";
import { NativeListener } from "./listener.js";
import { NativePort } from "./port.js";
import { Sender } from "./sender.js";
import { Sentinel } from "./sentinel.js";
import type { NativeOptions, System } from "./system.js";
import { SCRATCH } from "./system.js";

const NAMES: Names<NativeOptions> = {
  sendBuffer: true,
  receiveBuffer: true,
  receiveControl: true,
};

let libc: Libc | null = null;

/** True where `nativeNetwork` works: on Linux, with the package koffi. */
export const isNativeAvailable = (): boolean => libc !== null || "koffi" in findKoffi();

/**
 * The system's own network, by the calls of libc. A send is known to be done, or not, when the call
 * returns; connections follow their bytes as far as to the peer's acknowledgement; ports carry
 * control information. Throws an Error that says what is missing where it is not available.
 */
export function nativeNetwork(options: NativeOptions = {}): Network {
  requireNames("nativeNetwork", options, NAMES);
  if (libc === null) {
    const found = findKoffi();
    if (!("koffi" in found)) {
      const { missing, cause } = found;
      throw new Error(`The native network is not available: ${missing}.`, { cause });
    }
    libc = libcOf(found.koffi);
  }
  return networkOver(libc, options);
}

/** The same over functions that behave like those of libc. */
export function networkOver(libc: Libc, options: NativeOptions): Network {
  const system: System = {
    libc,
    options,
    scratch: new Uint8Array(SCRATCH),
    sentinel: new Sentinel(libc),
  };
  const sender = new Sender(system);
  return {
    name: "native",
    reaches: ["accepted", "sent", "acked"],
    connect(request: ConnectRequest): () => void {
      const attempt = new Attempt(system, sender, request);
      attempt.start();
      return () => attempt.cancel();
    },
    listen: (request: ListenRequest) => NativeListener.listen(system, sender, request),
    bind: (request: BindRequest) => NativePort.bind(system, request),
    bindNow: (request: PortRequest) => NativePort.bindNow(system, request),
  };
}
