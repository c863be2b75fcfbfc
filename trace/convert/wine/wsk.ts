/** Traces of Wine's netio and ntoskrnl as events: what becomes of the IRPs of a sending driver. */
import type { TraceEvent } from "../../format.js";
import { isSuccess } from "../status.js";
import { pointer } from "./calls.js";

/** What a channel has told: the function that wrote it, and the text. */
export interface Traced {
  readonly by: string;
  readonly text: string;
  /** The line, which is the id of a call. */
  readonly line: number;
  /** The thread that wrote it, in all processes. */
  readonly thread: string;
}

/** What an IRP that is under way is for. */
interface Pending {
  readonly does: "send" | "bind" | "connect" | "close";
  readonly socket: string | null;
}

/** What a thread has told last. */
interface Last {
  /** With what the next IRP is completed. */
  io?: { readonly status: number; readonly information: number };
  /** Whose completion routine runs. */
  irp?: string;
}

const POINTER = "((?:0x)?[0-9A-Fa-f]+|\\(nil\\))";
const COMPLETED = new RegExp(`^${POINTER} \\d+$`);
const CALLING = new RegExp(`^calling ${POINTER}\\( ${POINTER}, ${POINTER}, ${POINTER} \\)$`);
const RETURNED = /^CompletionRoutine returned ([0-9a-f]+)$/;
const FREED = new RegExp(`^${POINTER}$`);
const DISPATCHED = /status (0x[0-9a-f]+|\d+), information (0x[0-9a-f]+|\d+)\.$/;

/** Follows the IRPs of WskSend. Nothing tells what WskSend has returned. */
export class WskLog {
  /** IRPs under way. */
  readonly #pending = new Map<string, Pending>();
  /** IRPs that a send has had, until they are freed. */
  readonly #known = new Set<string>();
  readonly #last = new Map<string, Last>();

  /** The events of a trace; undefined where it is malformed, with what was expected. */
  read({ by, text, line, thread }: Traced): TraceEvent[] | string {
    switch (by) {
      case "wsk_send":
        return this.#send(text, line);
      case "wsk_bind":
      case "wsk_connect":
      case "wsk_close_socket":
        return this.#begin(by, text);
      case "dispatch_pending_io":
        return this.#dispatched(text, this.#lastOf(thread));
      case "IoCompleteRequest":
        return this.#completing(text, this.#lastOf(thread));
      case "IoFreeIrp":
        return this.#freed(text);
      default:
        return [];
    }
  }

  #lastOf(thread: string): Last {
    const last = this.#last.get(thread) ?? {};
    this.#last.set(thread, last);
    return last;
  }

  #send(text: string, id: number): TraceEvent[] | string {
    const fields = fieldsOf(text);
    const flags = Number(fields.get("flags"));
    if (!["socket", "buffer", "flags", "irp"].every((name) => fields.has(name)))
      return "socket, buffer, flags and irp of wsk_send";
    if (!Number.isSafeInteger(flags)) return "a number as flags of wsk_send";
    const [Socket, Buffer_, Irp] = ["socket", "buffer", "irp"].map((name) =>
      pointerIn(fields.get(name)),
    );
    const named = { WSK_SOCKET: Socket, WSK_BUF: Buffer_, IRP: Irp };
    const objects = Object.entries(named).flatMap(([type, ref]): TraceEvent[] =>
      typeof ref === "string" ? [{ event: "object", ref, type }] : [],
    );
    if (typeof Irp === "string") {
      this.#pending.set(Irp, { does: "send", socket: Socket ?? null });
      this.#known.add(Irp);
    }
    const args = { Socket, Buffer: Buffer_, Flags: flags, Irp };
    return [...objects, { event: "call", id, function: "WskSend", args, as: "netio:wsk_send" }];
  }

  #begin(by: string, text: string): TraceEvent[] {
    const fields = fieldsOf(text);
    const [socket, irp] = [pointerIn(fields.get("socket")), pointerIn(fields.get("irp"))];
    const does = by === "wsk_bind" ? "bind" : by === "wsk_connect" ? "connect" : "close";
    if (irp !== null) this.#pending.set(irp, { does, socket });
    // The socket may not be used from the call on.
    return does === "close" && socket !== null ? [stateOf(socket, { closed: true })] : [];
  }

  #dispatched(text: string, last: Last): TraceEvent[] {
    const [, status, information] = DISPATCHED.exec(text) ?? [];
    if (status !== undefined)
      last.io = { status: Number(status), information: Number(information) };
    return [];
  }

  #completing(text: string, last: Last): TraceEvent[] {
    const [, , , routineOf] = CALLING.exec(text) ?? [];
    if (routineOf !== undefined) last.irp = pointerIn(routineOf) ?? "";
    const [, returned] = RETURNED.exec(text) ?? [];
    const routine = last.irp;
    if (returned !== undefined && routine !== undefined) {
      delete last.irp;
      const code = Number.parseInt(returned, 16) >>> 0;
      return this.#known.has(routine) ? [{ event: "routine", irp: routine, returned: code }] : [];
    }
    const irp = pointerIn(COMPLETED.exec(text)?.[1]);
    return irp === null ? [] : this.#completed(irp, last);
  }

  #completed(irp: string, last: Last): TraceEvent[] {
    const pending = this.#pending.get(irp);
    if (pending === undefined) return [];
    this.#pending.delete(irp);
    const { io } = last;
    delete last.io;
    if (pending.does === "send")
      return [{ event: "complete", irp, ...(io === undefined ? {} : told(io)) }];
    const { socket, does } = pending;
    if (socket === null) return [];
    // The address may be another socket's then.
    if (does === "close") return [{ event: "free", ref: socket }];
    if (io === undefined || !isSuccess(io.status)) return [];
    return [stateOf(socket, does === "bind" ? { bound: true } : { connected: true })];
  }

  #freed(text: string): TraceEvent[] {
    const irp = pointerIn(FREED.exec(text)?.[1]);
    if (irp === null || !this.#known.delete(irp)) return [];
    this.#pending.delete(irp);
    return [{ event: "free", ref: irp }];
  }
}

const told = ({ status, information }: NonNullable<Last["io"]>) => ({
  status: status >>> 0,
  information: Number.isSafeInteger(information) ? information : 0,
});

const stateOf = (ref: string, state: Readonly<Record<string, boolean>>): TraceEvent => ({
  event: "object",
  ref,
  type: "WSK_SOCKET",
  state,
});

/** `socket 0000A0, flags 0, irp 0000B0.` by name. */
const fieldsOf = (text: string): ReadonlyMap<string, string> =>
  new Map(
    [...text.matchAll(/(?:^|, )(\w+) ([^\s,]+?)(?=,|\.?$)/g)].map(([, name = "", value = ""]) => [
      name,
      value,
    ]),
  );

const pointerIn = (text: string | undefined): string | null =>
  text !== undefined && /^(?:0x)?[0-9a-f]{1,16}$/i.test(text)
    ? pointer(BigInt(text.startsWith("0x") ? text : `0x${text}`))
    : null;
