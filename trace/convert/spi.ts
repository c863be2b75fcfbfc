/** Calls of the service provider interface as events, for readers of whatever ends in a send. */
import type { Sockaddr } from "../../support/index.js";
import type { EventOf } from "../format.js";

/** A buffer, as the inline value of a WSABUF: memory is told by its size. */
export interface BufferValue {
  readonly len: number;
  readonly buf: { readonly bytes: number } | null;
}

/** An address, as the inline value of a SOCKADDR. */
export interface AddressValue {
  readonly sa_family: number;
  readonly sa_data: { readonly hex: string };
}

/** What a send of a provider is given. */
export interface Sending {
  /** The ref of the socket. */
  readonly s: string | number;
  /** null for a NULL pointer, a text for a pointer to what cannot be read. */
  readonly buffers: readonly BufferValue[] | string | null;
  readonly count: number;
  readonly flags: number;
  /** Left out where the call has no address: it is WSPSend then. */
  readonly to?: { readonly address: AddressValue | string | null; readonly length: number };
  readonly overlapped?: string | null;
  /** The address of a completion routine. */
  readonly routine?: string | null;
  /** Without a place for the byte count. */
  readonly uncounted?: boolean;
}

const CELL = { value: 0 };

/** The call and its arguments; out-parameters are cells. */
export function sendCall(sending: Sending): Pick<EventOf<"call">, "function" | "args"> {
  const { s, buffers, count, flags, to, overlapped = null, routine = null } = sending;
  const address = to === undefined ? {} : { lpTo: to.address, iTolen: to.length };
  const args = {
    s,
    lpBuffers: buffers,
    dwBufferCount: count,
    lpNumberOfBytesSent: sending.uncounted === true ? null : CELL,
    dwFlags: flags,
    ...address,
    lpOverlapped: overlapped,
    lpCompletionRoutine: routine === null ? null : { routine },
    lpThreadId: null,
    lpErrno: CELL,
  };
  return { function: to === undefined ? "WSPSend" : "WSPSendTo", args };
}

/** What a provider's function has returned: 0 and a count, or SOCKET_ERROR and a code. */
export function sendReturn(
  answer: { readonly bytes: number | undefined } | { readonly error: string | number },
): Pick<EventOf<"return">, "status" | "error" | "out"> {
  if ("error" in answer) return { status: -1, error: answer.error };
  if (answer.bytes === undefined) return { status: 0 };
  return { status: 0, out: { lpNumberOfBytesSent: answer.bytes } };
}

/** A SOCKADDR with its bytes as text. */
export const addressValue = ({ sa_family, sa_data }: Sockaddr): AddressValue => ({
  sa_family,
  sa_data: { hex: Buffer.from(sa_data).toString("hex") },
});

/** Memory of that size. */
export const bufferOf = (len: number): BufferValue => ({ len, buf: { bytes: len } });
