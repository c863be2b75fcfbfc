/** Clients of WSK as a driver would write them: IRPs that are used again, routines that say so. */
import {
  AF_INET, sockaddrIn, STATUS_MORE_PROCESSING_REQUIRED, STATUS_PENDING, STATUS_SUCCESS,
  WSK_FLAG_NODELAY,
} from "../../dist/index.js"; // prettier-ignore
import type { PWSK_BUF, PWSK_SOCKET } from "../../dist/index.js";
import {
  awaitableIrp, createConnectionSocket, createDatagramSocket, IoAllocateIrp, IoReuseIrp,
  IoSetCompletionRoutine, wskBuf,
} from "../../dist/runtime/index.js"; // prettier-ignore
import type { ConnectionSocket, DatagramSocket, Irp, Network } from "../../dist/runtime/index.js";

const LOCAL = sockaddrIn("127.0.0.1", 0);

/** Makes a call that takes an IRP, and waits until that is complete. */
export async function complete(call: (irp: Irp) => unknown): Promise<void> {
  const { irp, completion } = awaitableIrp();
  call(irp);
  const { Status } = await completion;
  if (Status !== STATUS_SUCCESS) throw new Error(`A call ended with ${Status}.`);
}

/** A socket that is connected to a port of this machine, or of a network of its own. */
export async function connected(network: Network, port: number): Promise<ConnectionSocket> {
  const socket = createConnectionSocket({ family: AF_INET, network });
  const { WskBind, WskConnect } = socket.Dispatch;
  await complete((irp) => WskBind(socket, LOCAL, 0, irp));
  await complete((irp) => WskConnect(socket, sockaddrIn("127.0.0.1", port), 0, irp));
  return socket;
}

/** A bound socket for datagrams. */
export async function bound(network: Network): Promise<DatagramSocket> {
  const socket = createDatagramSocket({ family: AF_INET, network });
  await complete((irp) => socket.Dispatch.WskBind(socket, LOCAL, 0, irp));
  return socket;
}

/** So many bytes, in so many MDLs of the same length. */
export const bufferOf = (bytes: number, mdls = 1): PWSK_BUF =>
  wskBuf(...Array.from({ length: mdls }, () => Buffer.alloc(bytes / mdls, 7)));

/** One IRP, sent with again and again. */
export class OneByOne {
  readonly #send: (irp: Irp) => number;
  readonly #irp = IoAllocateIrp(1);
  #wake: (() => void) | null = null;
  #isComplete = false;

  /** `send` hands the IRP over. */
  constructor(send: (irp: Irp) => number) {
    this.#send = send;
  }

  /** Sends so often, each when the one before is complete. */
  async run(times: number): Promise<void> {
    for (let left = times; left > 0;) {
      left = this.#some(left);
      if (!this.#isComplete) await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  /** Sends until one does not complete at once; answers how many are left. */
  #some(times: number): number {
    for (let left = times - 1; ; left--) {
      this.#isComplete = false;
      IoReuseIrp(this.#irp, STATUS_SUCCESS);
      IoSetCompletionRoutine(this.#irp, this.#routine, null, true, true, true);
      const status = this.#send(this.#irp);
      if (left === 0 || status === STATUS_PENDING) return left;
    }
  }

  readonly #routine = (): number => {
    this.#isComplete = true;
    const wake = this.#wake;
    this.#wake = null;
    wake?.();
    return STATUS_MORE_PROCESSING_REQUIRED;
  };
}

/** Sends over a connection, nothing held back. */
export function tcpSender(socket: ConnectionSocket, buffer: PWSK_BUF): OneByOne {
  const { WskSend } = socket.Dispatch;
  const s: PWSK_SOCKET = socket;
  return new OneByOne((irp) => WskSend(s, buffer, WSK_FLAG_NODELAY, irp));
}

/** Sends datagrams. */
export function udpSender(socket: DatagramSocket, buffer: PWSK_BUF, port: number): OneByOne {
  const { WskSendTo } = socket.Dispatch;
  const to = sockaddrIn("127.0.0.1", port);
  return new OneByOne((irp) => WskSendTo(socket, buffer, 0, to, 0, null, irp));
}

/** Sends so many in one turn of the event loop, then waits for all of them. */
export class Posted {
  readonly #socket: ConnectionSocket;
  readonly #buffer: PWSK_BUF;
  readonly #irps: readonly Irp[];
  #left = 0;
  #wake: (() => void) | null = null;

  constructor(socket: ConnectionSocket, buffer: PWSK_BUF, count: number) {
    this.#socket = socket;
    this.#buffer = buffer;
    this.#irps = Array.from({ length: count }, () => IoAllocateIrp(1));
  }

  /** Does it so often. */
  async run(times: number): Promise<void> {
    for (let i = 0; i < times; i++) {
      this.#post();
      if (this.#left > 0) await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  #post(): void {
    const { WskSend } = this.#socket.Dispatch;
    this.#left = this.#irps.length;
    for (const irp of this.#irps) {
      IoReuseIrp(irp, STATUS_SUCCESS);
      IoSetCompletionRoutine(irp, this.#routine, null, true, true, true);
      WskSend(this.#socket, this.#buffer, 0, irp);
    }
  }

  readonly #routine = (): number => {
    this.#left -= 1;
    if (this.#left === 0) {
      const wake = this.#wake;
      this.#wake = null;
      wake?.();
    }
    return STATUS_MORE_PROCESSING_REQUIRED;
  };
}
