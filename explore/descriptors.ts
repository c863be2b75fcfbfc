/** Descriptors of a service provider, as the Winsock switch sees them. */
import { SOCKET_ERROR, WSA_IO_INCOMPLETE } from "../generated/index.js";
import type { WSAOVERLAPPED } from "../generated/index.js";
import { ERRORS } from "./alternatives.js";
import type { Core } from "./core.js";
import type { Notify } from "./endpoint.js";
import { Endpoint } from "./endpoint.js";
import { Operation } from "./operation.js";
import type { Sends } from "./sends.js";

/** Makes descriptors, and what belongs to them. */
export interface Descriptors {
  /** A connected descriptor. `notify` is WPUCompleteOverlappedRequest, as the switch has it. */
  descriptor(notify?: Notify): number;
  /** An overlapped structure. `isPolled` sets the low bit of hEvent: then nobody notifies. */
  overlapped(isPolled?: boolean): WSAOVERLAPPED;
  /** True for an operation that has succeeded; false for a failure, and while it is pending. */
  WSPGetOverlappedResult(
    s: number,
    lpOverlapped: WSAOVERLAPPED,
    lpcbTransfer: { value: number },
    fWait: boolean,
    lpdwFlags: { value: number },
    lpErrno: { value: number },
  ): boolean;
  WSPCloseSocket(s: number, lpErrno: { value: number }): number;
  /** Registers memory for sends, as SAN providers want it. */
  WSPRegisterMemory(memory: Uint8Array): void;
  WSPDeregisterMemory(memory: Uint8Array): void;
}

/** The functions, over one core. */
export function descriptorsOf(core: Core, sends: Sends): Descriptors {
  const { journal } = core;
  return {
    descriptor(notify) {
      core.enter();
      const s = FIRST + 4 * core.mishaps.length;
      const state = { known: true, bound: true, connected: true, overlapped: true };
      journal.descriptor(s, { ...state, "connection-oriented": true });
      sends.open(s, new Endpoint(core, `the connection of ${s}`, notify ?? null));
      return s;
    },
    overlapped: (isPolled = false) => ({
      Internal: 0,
      InternalHigh: 0,
      Offset: 0,
      OffsetHigh: 0,
      hEvent: isPolled ? 0x41 : 0x40,
    }),
    WSPGetOverlappedResult: (s, ...args) => resultOf(core, sends.endpointOf(s), args),
    WSPCloseSocket: (s, lpErrno) => close(core, sends, { s, lpErrno }),
    WSPRegisterMemory(memory) {
      core.enter();
      const state = { bytes: memory.length, registered: true };
      journal.tell(memory, "MEMORY", { mark: 40, state: () => state });
    },
    WSPDeregisterMemory(memory) {
      core.enter();
      journal.happens("deregister", memory);
    },
  };
}

/** The number of the first descriptor. */
const FIRST = 0x100;

type ResultArgs = [
  lpOverlapped: WSAOVERLAPPED,
  lpcbTransfer: { value: number },
  fWait: boolean,
  lpdwFlags: { value: number },
  lpErrno: { value: number },
];

function resultOf(core: Core, endpoint: Endpoint | undefined, args: ResultArgs): boolean {
  const [lpOverlapped, lpcbTransfer, fWait, lpdwFlags, lpErrno] = args;
  core.enter();
  const operation = endpoint?.all.findLast(
    (of) => of instanceof Operation && of.carrier === lpOverlapped,
  );
  const isOver = (): boolean => operation === undefined || operation.isOver;
  if (fWait) core.wait("an overlapped operation", isOver, false);
  else if (!isOver()) core.look();
  const end = operation instanceof Operation ? operation.end : null;
  if (!isOver() || end === null) {
    lpErrno.value = WSA_IO_INCOMPLETE;
    return false;
  }
  lpErrno.value = end.code;
  if (end.code !== ERRORS.success) return false;
  lpcbTransfer.value = end.information;
  lpdwFlags.value = 0;
  core.journal.result(lpOverlapped, end.information);
  return true;
}

function close(
  core: Core,
  sends: Sends,
  { s, lpErrno }: { s: number; lpErrno: { value: number } },
): number {
  const { journal } = core;
  core.enter();
  core.slot();
  const endpoint = sends.endpointOf(s);
  const names = ["s", "lpErrno"];
  const args = [s, lpErrno];
  const of = { name: "WSPCloseSocket", traced: null, args, names, socket: s, told: {} };
  const entry = journal.call(of);
  endpoint?.concerns(of.name.length);
  endpoint?.cancel();
  lpErrno.value = ERRORS.success;
  journal.returned(entry, endpoint === undefined ? SOCKET_ERROR : 0, { error: 0 });
  core.slot();
  return endpoint === undefined ? SOCKET_ERROR : 0;
}
