/** Events of AFD as events of a trace: endpoints as sockets, sends as calls of a provider. */
import { STATUS_PENDING } from "../../../generated/codes/ntstatus.js";
import type { TraceEvent } from "../../format.js";
import type { Tell } from "../reader.js";
import { quoted } from "../reader.js";
import { codeOfStatus, isSuccess } from "../status.js";
import type { AddressValue } from "../spi.js";
import { bufferOf, sendCall, sendReturn } from "../spi.js";
import type { AfdRecord } from "./record.js";
import { AFD_EVENTS, numberIn, pointerIn } from "./record.js";

const ENTER = 0;
const AF_INET = 2;
const AF_INET6 = 23;
const SOCK_STREAM = 1;
/** What may be under way on an endpoint; more is a recording that lost the ends. */
const MOST_OPEN = 4096;

/** A send that has begun. */
interface Open {
  readonly id: number;
  readonly buffer: string | undefined;
  readonly length: number;
}

interface Endpoint {
  readonly ref: string;
  state: Readonly<Record<string, unknown>>;
  open: Open[];
}

/** One event with what every kind of it needs. */
interface Known {
  readonly record: AfdRecord;
  readonly endpoint: Endpoint;
  readonly isEnter: boolean;
  /** Status or Error; a success where it has none. */
  readonly status: number;
}

/** Follows the endpoints of a recording. */
export class AfdEvents {
  readonly #tell: Tell;
  readonly #endpoints = new Map<string, Endpoint>();
  #events: TraceEvent[] = [];

  constructor(tell: Tell) {
    this.#tell = tell;
  }

  /** The events since the last time. */
  take(): TraceEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  /** One event of the provider; others than those of sends and of sockets' states say nothing. */
  read(record: AfdRecord): void {
    const { id, line, fields } = record;
    const wanted = AFD_EVENTS.get(id);
    if (wanted === undefined) return;
    const address = pointerIn(fields.get("Endpoint"));
    if (address === undefined) {
      const received = quoted(fields.get("Endpoint") ?? "nothing");
      return this.#tell({
        line,
        expected: `the address of an endpoint, for event ${id}`,
        received,
      });
    }
    const status = numberIn(fields.get("Status") ?? fields.get("Error")) ?? 0;
    const isEnter = numberIn(fields.get("EnterExit")) === ENTER;
    KINDS[id]?.(this, { record, endpoint: this.endpoint(address), isEnter, status });
  }

  /** The endpoint at an address, which is a socket. */
  endpoint(address: string): Endpoint {
    const known = this.#endpoints.get(address);
    if (known !== undefined) return known;
    const endpoint = { ref: address, state: {}, open: [] };
    this.#endpoints.set(address, endpoint);
    return endpoint;
  }

  /** A socket has shown more of its state. */
  learn({ record, endpoint }: Known, facts: Readonly<Record<string, unknown>>): void {
    const fresh = Object.entries(facts).filter(([name, value]) => endpoint.state[name] !== value);
    if (fresh.length === 0) return;
    endpoint.state = { ...endpoint.state, ...facts };
    const state = Object.fromEntries(fresh);
    this.emit({ event: "object", ref: endpoint.ref, type: "SOCKET", state }, record);
  }

  /** The endpoint is gone, and its address may be another's. */
  free({ record, endpoint }: Known): void {
    this.#endpoints.delete(endpoint.ref);
    this.emit({ event: "free", ref: endpoint.ref }, record);
  }

  /** A send begins; `as` is what AFD calls it. */
  begin(known: Known, as: string): void {
    const { record, endpoint } = known;
    const { fields, line } = record;
    if (endpoint.state["known"] !== true) this.learn(known, { known: true });
    const length = numberIn(fields.get("BufferLength")) ?? 0;
    const count = numberIn(fields.get("BufferCount")) ?? 1;
    const to = addressIn(fields);
    const buffers = buffersOf(count, length);
    const sending = { s: endpoint.ref, buffers, count: buffers.length, flags: 0 };
    const call = sendCall(to === undefined ? sending : { ...sending, to });
    endpoint.open.push({ id: line, buffer: pointerIn(fields.get("Buffer")), length });
    if (endpoint.open.length > MOST_OPEN) endpoint.open.shift();
    this.emit({ event: "call", id: line, ...call, as }, record);
  }

  /** A send is over: the oldest one with that buffer, or the oldest one where no buffer is told. */
  end({ record, endpoint, status }: Known): void {
    const buffer = pointerIn(record.fields.get("Buffer"));
    const at = endpoint.open.findIndex((open) => buffer === undefined || open.buffer === buffer);
    const [open] = at === -1 ? [] : endpoint.open.splice(at, 1);
    if (open === undefined) return;
    const bytes = numberIn(record.fields.get("BufferLength")) ?? open.length;
    const answer = isSuccess(status) ? { bytes } : { error: codeOfStatus(status) };
    this.emit({ event: "return", id: open.id, ...sendReturn(answer) }, record);
  }

  /** Emits an event, with its stamp. */
  emit(event: TraceEvent, { time, thread, process, line }: AfdRecord): void {
    this.#events.push({
      ...event,
      ...(time === undefined ? {} : { time: `${time}` }),
      ...(thread === undefined ? {} : { thread }),
      ...(process === undefined ? {} : { process }),
      line,
    });
  }
}

/** AFD tells the number of buffers, and the length of all together: the first one has it all. */
function buffersOf(count: number, length: number): { len: number; buf: { bytes: number } }[] {
  const most = Math.min(Math.max(count, 1), 1024);
  return Array.from({ length: most }, (_, i) => {
    const { len } = bufferOf(i === 0 ? length : 0);
    return { len, buf: { bytes: len } };
  });
}

type To = { readonly address: AddressValue | string; readonly length: number };

/** The address of an event: a whole SOCKADDR as bytes, or an IPv4 or IPv6 address with a port. */
function addressIn(fields: ReadonlyMap<string, string>): To | undefined {
  const text = fields.get("Address")?.trim();
  if (text === undefined || text === "") return undefined;
  const port = numberIn(fields.get("Port"));
  if (port !== undefined) return legacyAddress(text, port);
  const hex = text.replace(/^0x|[\s-]/gi, "").toLowerCase();
  if (!/^(?:[0-9a-f]{2}){2,128}$/.test(hex)) return { address: text, length: 0 };
  const family = Number.parseInt(hex.slice(2, 4) + hex.slice(0, 2), 16);
  const length = numberIn(fields.get("AddressLen")) ?? hex.length / 2;
  return { address: { sa_family: family, sa_data: { hex: hex.slice(4) } }, length };
}

function legacyAddress(text: string, port: number): To {
  const portHex = port.toString(16).padStart(4, "0");
  const number = numberIn(text);
  if (number !== undefined) {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(number >>> 0);
    const hex = `${portHex}${bytes.toString("hex")}${"0".repeat(16)}`;
    return { address: { sa_family: AF_INET, sa_data: { hex } }, length: 16 };
  }
  const six = text.replace(/^0x/i, "").toLowerCase();
  if (!/^[0-9a-f]{32}$/.test(six)) return { address: text, length: 0 };
  const hex = `${portHex}${"0".repeat(8)}${six}${"0".repeat(8)}`;
  return { address: { sa_family: AF_INET6, sa_data: { hex } }, length: 28 };
}

type Kind = (events: AfdEvents, known: Known) => void;

const created: Kind = (events, known) => {
  const { fields } = known.record;
  const family = numberIn(fields.get("AddressFamily"));
  const type = numberIn(fields.get("SocketType"));
  if (!isSuccess(known.status)) return;
  events.learn(known, {
    known: true,
    ...(type === undefined ? {} : { "connection-oriented": type === SOCK_STREAM }),
    ...(family === undefined ? {} : { "address-family": family }),
    bound: false,
    connected: false,
    closed: false,
  });
};
const bound: Kind = (events, known) => {
  if (!known.isEnter && isSuccess(known.status)) events.learn(known, { bound: true });
};
const connected: Kind = (events, known) => {
  if (!known.isEnter && isSuccess(known.status))
    events.learn(known, { connected: true, bound: true });
};
const accepted: Kind = (events, known) => {
  const address = pointerIn(known.record.fields.get("AcceptEndpoint"));
  if (known.isEnter || !isSuccess(known.status) || address === undefined) return;
  const facts = { known: true, "connection-oriented": true, bound: true, connected: true };
  events.learn({ ...known, endpoint: events.endpoint(address) }, facts);
};
const closed: Kind = (events, known) => {
  if (known.endpoint.state["closed"] !== true) events.learn(known, { closed: true });
};
const freed: Kind = (events, known) => {
  if (!known.isEnter) events.free(known);
};
const aborted: Kind = (events, { record, endpoint }) => {
  const reason = record.fields.get("Reason")?.trim() ?? "";
  events.emit({ event: "note", text: `${endpoint.ref}: aborted, reason ${reason}` }, record);
};
const posted =
  (as: string): Kind =>
  (events, known) =>
    events.begin(known, as);
const completed: Kind = (events, known) => events.end(known);
const spanned =
  (as: string): Kind =>
  (events, known) => {
    if (known.isEnter) events.begin(known, as);
    // Pending is no end: another exit follows.
    else if (known.status !== STATUS_PENDING) events.end(known);
  };

const KINDS: Readonly<Record<number, Kind>> = {
  1: created,
  2: bound,
  3: bound,
  6: connected,
  7: aborted,
  8: aborted,
  9: completed,
  13: closed,
  14: freed,
  18: posted("send"),
  21: posted("sendto"),
  22: posted("sendto"),
  24: completed,
  28: completed,
  1000: created,
  1001: closed,
  1002: freed,
  1003: spanned("AfdSend"),
  1005: spanned("AfdSendTo"),
  1007: spanned("AfdSendToWithAddress"),
  1011: spanned("AfdSendMessage"),
  1013: spanned("AfdSendMessageWithAddress"),
  1017: connected,
  1018: connected,
  1020: connected,
  1021: connected,
  1024: accepted,
  1027: accepted,
  1029: bound,
  1030: bound,
  1032: aborted,
};
