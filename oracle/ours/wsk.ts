/** The steps of Winsock Kernel, done by the reference runtime's connection sockets. */
import { setTimeout as sleep } from "node:timers/promises";
import type { IO_STATUS_BLOCK, NTSTATUS, PIRP, WSK_BUF } from "../../index.js";
import type { ConnectionSocket, Irp, Network } from "../../runtime/index.js";
import {
  awaitableIrp,
  createConnectionSocket,
  nodeNetwork,
  RuntimeViolation,
  wskBuf,
} from "../../runtime/index.js";
import type { Answer, Command, Executor } from "../vocabulary.js";
import { numberOf } from "../vocabulary.js";
import { addressOf, cannot, familyOf, refusable, Stream } from "./shared.js";

/** So many ms a step waits for its IRP, as the driver does. */
const PATIENCE = 300;

type Call = (socket: ConnectionSocket, irp: Irp) => NTSTATUS;

/** Connection sockets and requests by number. */
export class OurKernel implements Executor {
  readonly #network: Network;
  readonly #sockets = new Map<number, ConnectionSocket>();
  readonly #requests = new Map<number, Promise<IO_STATUS_BLOCK>>();
  #stream = new Stream();

  constructor(network: Network = nodeNetwork) {
    this.#network = network;
  }

  /** Does a step. */
  run(command: Command): Promise<Answer> {
    return refusable(() => this.#step(command));
  }

  #step(command: Command): Answer | Promise<Answer> {
    const flags = numberOf(command, "flags", 0);
    // Reserved flags are passed as they are: the contract says what is wrong with them.
    const reserved = flags as 0;
    switch (command.verb) {
      case "socket":
        return this.#socket(command);
      case "bind":
        return this.#call(command, (socket, irp) =>
          socket.Dispatch.WskBind(socket, addressOf(command), reserved, irp),
        );
      case "connect":
        return this.#call(command, (socket, irp) =>
          socket.Dispatch.WskConnect(socket, addressOf(command), reserved, irp),
        );
      case "send":
        return this.#call(command, (socket, irp) =>
          socket.Dispatch.WskSend(socket, this.#buffer(command), flags, irp),
        );
      case "receive":
        return this.#call(command, (socket, irp) =>
          socket.Dispatch.WskReceive(socket, this.#buffer(command), flags, irp),
        );
      case "disconnect":
        return this.#call(command, (socket, irp) =>
          socket.Dispatch.WskDisconnect(socket, null, flags, irp),
        );
      case "close":
        return this.#call(command, (socket, irp) => socket.Dispatch.WskCloseSocket(socket, irp));
      case "wait":
        return this.#outcome(command, 0);
      case "end":
        return this.#end();
      default:
        return cannot(command.verb);
    }
  }

  /** WskSocket is a constructor here, and no IRP can be seen of it. */
  #socket(command: Command): Answer {
    const made = createConnectionSocket({ family: familyOf(command), network: this.#network });
    this.#sockets.set(numberOf(command, "at", 0), made);
    return {};
  }

  async #call(command: Command, call: Call): Promise<Answer> {
    const socket = this.#sockets.get(numberOf(command, "at", 0));
    if (socket === undefined) return cannot("no socket");
    try {
      if (numberOf(command, "irp", 1) === 0) {
        return { returned: call(socket, null as unknown as Irp & PIRP) };
      }
      const { irp, completion } = awaitableIrp();
      this.#requests.set(numberOf(command, "op", 0), completion);
      return await this.#outcome(command, call(socket, irp));
    } catch (error) {
      if (error instanceof RuntimeViolation) return { refused: error.rule };
      throw error;
    }
  }

  async #outcome(command: Command, returned: NTSTATUS): Promise<Answer> {
    const request = this.#requests.get(numberOf(command, "op", 0));
    const ended = await Promise.race([request, sleep(PATIENCE, undefined)]);
    if (ended === undefined) return { returned, completed: 0 };
    return { returned, completed: 1, Status: ended.Status, Information: Number(ended.Information) };
  }

  #buffer(command: Command): WSK_BUF {
    const size = numberOf(command, "mdl", 0);
    const whole = command.options.has("mdl") ? wskBuf(this.#stream.take(size)) : null;
    const Offset = numberOf(command, "offset", 0);
    return { Mdl: whole?.Mdl ?? null, Offset, Length: numberOf(command, "length", size) };
  }

  async #end(): Promise<Answer> {
    for (const socket of this.#sockets.values()) {
      const { irp, completion } = awaitableIrp();
      try {
        socket.Dispatch.WskCloseSocket(socket, irp);
        await completion;
      } catch (error) {
        if (!(error instanceof RuntimeViolation)) throw error;
      }
    }
    this.#sockets.clear();
    this.#requests.clear();
    this.#stream = new Stream();
    return { ok: 1 };
  }
}
