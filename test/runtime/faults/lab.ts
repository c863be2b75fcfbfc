/** A client of WSK and its peer over any network, and the books that must balance. */
import { expect } from "vitest";
import type { NTSTATUS, WSK_BUF } from "wskit";
import {
  AF_INET, AF_INET6, sockaddrIn, sockaddrIn6, STATUS_CANCELLED, STATUS_MORE_PROCESSING_REQUIRED,
  STATUS_PENDING, STATUS_SUCCESS,
} from "wskit"; // prettier-ignore
import type { ConnectionSocket, Irp, Network } from "wskit/runtime";
import {
  awaitableIrp, createConnectionSocket, IoAllocateIrp, IoSetCompletionRoutine, wskBuf,
} from "wskit/runtime"; // prettier-ignore
import { isFailure } from "../../../runtime/network/network.js";
import type { End } from "../network/harness.js";
import { listenOn, Recorder } from "../network/harness.js";

/** One send that was made. */
export interface Made {
  readonly irp: Irp;
  readonly bytes: number;
  readonly returned: NTSTATUS;
}

/** What became of the sends of a client: every one is in one of the columns, once. */
export class Books {
  readonly made: Made[] = [];
  /** In the order of the completions: number of the send, status, Information. */
  readonly completions: [number, NTSTATUS, number][] = [];
  #wake: () => void = () => undefined;

  /** Sends through a table, with an IRP of its own. */
  send({ Dispatch, ...socket }: Client, buffer: WSK_BUF, flags = 0): Made {
    const irp = IoAllocateIrp(1);
    const number = this.made.length;
    IoSetCompletionRoutine(
      irp,
      () => {
        const { Status, Information } = irp.IoStatus;
        this.completions.push([number, Status, Number(Information)]);
        this.#wake();
        return STATUS_MORE_PROCESSING_REQUIRED;
      },
      null,
    );
    const bytes = Number(buffer.Length);
    // Its place is taken before the call, which may complete it.
    const made = { irp, bytes, returned: STATUS_PENDING };
    this.made.push(made);
    const returned = Dispatch.WskSend(socket.socket, buffer, flags as never, irp);
    this.made[number] = { ...made, returned };
    return this.made[number];
  }

  /** Waits until as many have completed. */
  async completed(count: number): Promise<void> {
    while (this.completions.length < count) {
      await new Promise<void>((wake) => (this.#wake = wake));
    }
  }

  /** Submitted is succeeded, failed and cancelled; each once; each return fits its completion. */
  balance(): { succeeded: number; failed: number; cancelled: number } {
    expect(new Set(this.completions.map(([number]) => number)).size).toBe(this.completions.length);
    expect(this.completions).toHaveLength(this.made.length);
    const sums = { succeeded: 0, failed: 0, cancelled: 0 };
    for (const [number, status, information] of this.completions) {
      const { bytes, returned } = this.made[number] ?? expect.unreachable();
      expect(returned === STATUS_PENDING || returned === status).toBe(true);
      expect(information).toBe(status === STATUS_SUCCESS ? bytes : 0);
      if (status === STATUS_SUCCESS) sums.succeeded += 1;
      else if (status === STATUS_CANCELLED) sums.cancelled += 1;
      else sums.failed += 1;
    }
    return sums;
  }
}

/** A connected socket. */
export interface Client {
  readonly socket: ConnectionSocket;
  readonly Dispatch: ConnectionSocket["Dispatch"];
}

/** Makes a call with a fresh IRP, and tells how it was completed. */
export async function completion(call: (irp: Irp) => NTSTATUS): Promise<NTSTATUS> {
  const { irp, completion: block } = awaitableIrp();
  call(irp);
  return (await block).Status;
}

/** A client that is connected to a peer on the same network. A paused peer reads nothing. */
export async function linked(
  network: Network,
  { host = "127.0.0.1", paused = false } = {},
): Promise<{ client: Client; peer: End; books: Books; close: () => Promise<NTSTATUS> }> {
  const events = new Recorder();
  let peer: End | null = null;
  const listener = await listenOn(network, { host, port: 0 }, {
    accepted: (connection) => {
      peer = { connection, events };
      if (paused) setImmediate(() => connection.pause());
      events.note("accepted");
      return events;
    },
  }); // prettier-ignore
  if (isFailure(listener)) throw new Error("cannot listen");
  const isIpv6 = host.includes(":");
  const at = (port: number, to: string) => (isIpv6 ? sockaddrIn6(to, port) : sockaddrIn(to, port));
  const socket = createConnectionSocket({ family: isIpv6 ? AF_INET6 : AF_INET, network });
  const { Dispatch } = socket;
  const any = at(0, isIpv6 ? "::" : "0.0.0.0");
  expect(await completion((irp) => Dispatch.WskBind(socket, any, 0, irp))).toBe(STATUS_SUCCESS);
  const to = at(listener.local.port, host);
  expect(await completion((irp) => Dispatch.WskConnect(socket, to, 0, irp))).toBe(STATUS_SUCCESS);
  await events.until(() => peer !== null);
  if (paused) await new Promise((later) => setTimeout(later, 5));
  listener.close();
  if (peer === null) throw new Error("nobody was accepted");
  const close = () => completion((irp) => Dispatch.WskCloseSocket(socket, irp));
  return { client: { socket, Dispatch }, peer, books: new Books(), close };
}

/** Bytes that say where they belong. */
export const numbered = (count: number, size: number): WSK_BUF[] =>
  Array.from({ length: count }, (_, i) => {
    const bytes = new Uint8Array(size);
    new DataView(bytes.buffer).setUint32(0, i);
    return wskBuf(bytes);
  });
