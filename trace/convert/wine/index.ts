/** The reader of Wine's log, as WINEDEBUG=+relay,+winsock,+timestamp,+pid writes it. */
import { linesOf } from "../../lines.js";
import type { EventOf, TraceEvent } from "../../format.js";
import type { Tell } from "../reader.js";
import { quoted } from "../reader.js";
import { sendCall, sendReturn } from "../spi.js";
import { codeOfStatus, isSuccess } from "../status.js";
import {
  factsAfter, factsOfNew, FOLLOWED, pointer, RETURNS_COUNT, WINE_SENDS,
} from "./calls.js"; // prettier-ignore
import type { WineStamp } from "./line.js";
import { readWineLine } from "./line.js";
import { WskLog } from "./wsk.js";

/** Reads Wine's log; lines that are no calls of Winsock are passed by. */
export async function* readWine(
  chunks: AsyncIterable<string>,
  tell: Tell,
): AsyncGenerator<readonly TraceEvent[]> {
  const log = new WineLog(tell);
  for await (const lines of linesOf(chunks)) {
    for (const line of lines) log.read(line);
    yield log.take();
  }
}

type Facts = Readonly<Record<string, unknown>>;

interface Place extends WineStamp {
  readonly line: number;
}

/** A call that has not returned. */
interface Open {
  readonly name: string;
  readonly args: readonly number[];
  readonly id: number;
  /** What its traces have told of an error so far. */
  status?: number;
  error?: number;
}

class WineLog {
  readonly #tell: Tell;
  /** The calls under way of each thread, the innermost last. */
  readonly #open = new Map<string, Open[]>();
  /** What is known of the socket of each handle. */
  readonly #sockets = new Map<string, { readonly ref: string; state: Facts }>();
  readonly #names = new Map<string, number>();
  readonly #wsk = new WskLog();
  /** Overlapped structures whose operation is pending. */
  readonly #pending = new Set<string>();
  #events: TraceEvent[] = [];
  #line = 0;

  constructor(tell: Tell) {
    this.#tell = tell;
  }

  take(): TraceEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  read(text: string): void {
    this.#line++;
    const read = readWineLine(text);
    if (read === undefined) return;
    const { says, ...stamp } = read;
    const at = { ...stamp, line: this.#line };
    if (says.kind === "broken") {
      const expected = "a whole call or return of ws2_32";
      this.#tell({ line: this.#line, expected, received: quoted(text) });
    } else if (says.kind === "trace") this.#traced(says, at);
    else if (!FOLLOWED.has(says.name)) return;
    else if (says.kind === "call") this.#called(says, at);
    else this.#returned(says, at);
  }

  #openOf(at: Place): Open[] {
    const key = threadOf(at);
    const open = this.#open.get(key) ?? [];
    this.#open.set(key, open);
    return open;
  }

  #called({ name, args }: { name: string; args: readonly number[] }, at: Place): void {
    this.#openOf(at).push({ name, args, id: at.line });
    const socket = this.#socketOf(args[0] ?? 0, at);
    const send = WINE_SENDS[name]?.(args);
    if (send !== undefined) {
      this.#introduce(send.overlapped, "WSAOVERLAPPED", at);
      this.#introduce(send.to?.address, "SOCKADDR", at);
      const call = sendCall({ ...send, s: socket });
      this.#emit({ event: "call", id: at.line, ...call, as: name }, at);
    }
    if (name !== "WSASendDisconnect") return;
    const lpOutboundDisconnectData = pointer(args[1]);
    const passed = { s: socket, lpOutboundDisconnectData, lpErrno: { value: 0 } };
    const call = { function: "WSPSendDisconnect", args: passed, as: name };
    this.#emit({ event: "call", id: at.line, ...call }, at);
  }

  #returned({ name, value }: { name: string; value: number }, at: Place): void {
    const open = this.#openOf(at);
    const index = open.findLastIndex((call) => call.name === name);
    const [call] = index === -1 ? [] : open.splice(index);
    // A log that begins in the middle of a call has its end only.
    if (call === undefined) return;
    if (name === "WSASendDisconnect" || Object.hasOwn(WINE_SENDS, name))
      this.#sent(call, value, at);
    if (name === "WSAGetOverlappedResult") return this.#asked(call, value, at);
    if (/^(?:socket|WSASocket[AW]|accept|WSAAccept)$/.test(name))
      return this.#made(call, value, at);
    const facts = value === 0 ? factsAfter(name, call.args) : undefined;
    if (facts !== undefined) this.#learn(call.args[0] ?? 0, facts, at);
  }

  #sent(call: Open, value: number, at: Place): void {
    const result = value | 0;
    const { name, args, id } = call;
    if (result === -1) {
      const error = errorOf(call);
      if (error === "WSA_IO_PENDING") this.#pending.add(overlappedOf(name, args) ?? "");
      const told = error === undefined ? { status: -1 } : sendReturn({ error });
      return this.#emit({ event: "return", id, ...told }, at);
    }
    const bytes = RETURNS_COUNT.has(name) ? result : undefined;
    this.#emit({ event: "return", id, ...sendReturn({ bytes }) }, at);
    // A send without a bind before it binds the socket.
    const state = this.#sockets.get(keyOf(args[0] ?? 0, at))?.state;
    if (state?.["bound"] === false) this.#learn(args[0] ?? 0, { bound: true }, at);
  }

  /** WSAGetOverlappedResult: TRUE is the first that the log shows of a completion. */
  #asked(call: Open, value: number, at: Place): void {
    const overlapped = pointer(call.args[1]) ?? "";
    const status = call.status ?? 0;
    const isOver =
      value !== 0 || (call.status !== undefined && codeOfStatus(status) !== "WSA_IO_PENDING");
    if (!isOver) return;
    const error = isSuccess(status) ? 0 : codeOfStatus(status);
    if (this.#pending.delete(overlapped)) this.#emit({ event: "complete", overlapped, error }, at);
    if (value !== 0) this.#emit({ event: "result", overlapped }, at);
  }

  #made({ name, args }: Open, handle: number, at: Place): void {
    if ((handle | 0) === -1) return;
    this.#sockets.delete(keyOf(handle, at));
    const facts = { ...factsOfNew(name, args), known: true, "shut-down": false, closed: false };
    this.#learn(handle, facts, at);
  }

  #traced({ by, text }: { by: string; text: string }, at: Place): void {
    const told = this.#wsk.read({ by, text, line: at.line, thread: threadOf(at) });
    if (typeof told === "string")
      return this.#tell({ line: at.line, expected: told, received: quoted(text) });
    for (const event of told) this.#emit(event, at);
    const call = this.#openOf(at).at(-1);
    if (call === undefined) return;
    const [, status] = /\bstatus (0x[0-9a-f]+|\d+)\.?$/.exec(text) ?? [];
    if (status !== undefined) call.status = Number(status);
    if (by === "SetLastError") call.error = Number(text);
  }

  /** An object of which the log shows the address, and nothing else. */
  #introduce(ref: unknown, type: string, at: Place): void {
    if (typeof ref === "string") this.#emit({ event: "object", ref, type }, at);
  }

  #socketOf(handle: number, at: Place): string {
    const known = this.#sockets.get(keyOf(handle, at));
    if (known !== undefined) return known.ref;
    const name = `s${handle.toString(16)}`;
    const count = (this.#names.get(name) ?? 0) + 1;
    this.#names.set(name, count);
    const ref = count === 1 ? name : `${name}#${count}`;
    this.#sockets.set(keyOf(handle, at), { ref, state: {} });
    return ref;
  }

  #learn(handle: number, facts: Facts, at: Place): void {
    const ref = this.#socketOf(handle, at);
    const socket = this.#sockets.get(keyOf(handle, at)) ?? { ref, state: {} };
    const fresh = Object.entries(facts).filter(([name, value]) => socket.state[name] !== value);
    socket.state = { ...socket.state, ...facts };
    const object: EventOf<"object"> = { event: "object", ref, type: "SOCKET" };
    if (fresh.length > 0) this.#emit({ ...object, state: Object.fromEntries(fresh) }, at);
  }

  #emit(event: TraceEvent, { time, thread, process, line }: Place): void {
    this.#events.push({
      ...event,
      ...(time === undefined ? {} : { time: `${time}` }),
      thread,
      ...(process === undefined ? {} : { process }),
      line,
    });
  }
}

const threadOf = ({ process = 0, thread }: Place): string => `${process}:${thread}`;
const keyOf = (handle: number, { process = 0 }: Place): string => `${process}:${handle}`;

function overlappedOf(name: string, args: readonly number[]): string | null {
  return WINE_SENDS[name]?.(args).overlapped ?? null;
}

/** What a failed call has told: the error it set, or the status it came from. */
function errorOf({ error, status }: Open): string | number | undefined {
  if (error !== undefined && error !== 0) return error;
  return status === undefined || status === 0 ? undefined : codeOfStatus(status);
}
