/** Calls of Linux as events: what each tells of sockets, and the sends as calls of a provider. */
import type { TraceEvent } from "../../format.js";
import { sendCall, sendReturn } from "../spi.js";
import { excuseOf, winsockCode } from "./errno.js";
import type { Called, Result, Stamp } from "./line.js";
import type { Message } from "./sends.js";
import { isSend, messagesOf, numberOf, wordOf } from "./sends.js";
import type { Socket, SocketState } from "./sockets.js";
import { Descriptors } from "./sockets.js";

/** Where in the recording something stands, and whose it is. */
export interface Place extends Stamp {
  readonly line: number;
}

/** A call that has returned. */
export interface Returned {
  readonly called: Called;
  readonly result: Result;
  /** Where the call stands; the return may stand elsewhere. */
  readonly begun: Place;
  /** Its call was told already. */
  readonly isTold: boolean;
}

/** What is done with a call, beside the sends. */
type Effect = (calls: StraceCalls, returned: Returned, at: Place) => void;

/** Follows the calls of a recording. Events are collected; `take` hands them out. */
export class StraceCalls {
  readonly descriptors = new Descriptors();
  #events: TraceEvent[] = [];

  /** The events since the last time. */
  take(): TraceEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  /** Emits an event, with its place. */
  emit(event: TraceEvent, { pid, time, line }: Place): void {
    const thread = pid === 0 ? {} : { thread: pid };
    this.#events.push({
      ...event,
      ...(time === undefined ? {} : { time: `${time}` }),
      ...thread,
      line,
    });
  }

  /** A socket has shown more of its state. */
  learn(socket: Socket | undefined, facts: SocketState, at: Place): void {
    if (socket === undefined || socket.isForeign) return;
    const event = socket.learn(facts);
    if (event !== undefined) this.emit(event, at);
  }

  /** A call whose return stands on a later line; true where its sends are told now. */
  begun(called: Called, at: Place): boolean {
    if (isCloning(called.name)) this.descriptors.cloning(at.pid, sharesFiles(called));
    // The messages of sendmmsg are known when it returns.
    if (!isSend(called.name) || called.name === "sendmmsg") return false;
    const socket = this.#sender(called, { value: 0 }, at);
    const [message] = messagesOf(called);
    if (socket === undefined || message === undefined) return false;
    if (socket.isConnecting) this.#connected(socket, at);
    this.#call({ socket, message, id: at.line }, at);
    return true;
  }

  /** A call that has returned. */
  returned(returned: Returned, at: Place): void {
    const { called } = returned;
    if (isSend(called.name)) this.#sent(returned, at);
    else EFFECTS[called.name]?.(this, returned, at);
  }

  /** A thread or process has ended, and what it alone had open is closed. */
  exited(at: Place): void {
    for (const socket of this.descriptors.exit(at.pid)) this.learn(socket, { closed: true }, at);
  }

  /** The socket of the first argument, as far as it is known. */
  socketOf({ args }: Called, at: Place): Socket | undefined {
    return this.descriptors.get(at.pid, numberOf(args[0]));
  }

  #connected(socket: Socket, at: Place): void {
    socket.isConnecting = false;
    this.learn(socket, { connected: true, bound: true }, at);
  }

  /** The socket of a send, introduced where nobody saw it made; undefined for what is none. */
  #sender(called: Called, result: Result, at: Place): Socket | undefined {
    const fd = numberOf(called.args[0]);
    const known = this.descriptors.get(at.pid, fd);
    if (known !== undefined) return known.isForeign ? undefined : known;
    const note = called.args[0]?.kind === "word" ? called.args[0].note : undefined;
    const facts = factsOf(note);
    const isFile = /^writev?$/.test(called.name);
    if (facts === undefined && note !== undefined && result.errno !== "ENOTSOCK") return undefined;
    if (facts === undefined && isFile) return undefined;
    if (result.errno === "EBADF" || result.errno === "ENOTSOCK") {
      const stray = this.descriptors.stray(at.pid, fd);
      if (stray.state.closed !== true) this.learn(stray, { known: false }, at);
      return stray;
    }
    const socket = this.descriptors.open(at.pid, fd);
    this.learn(socket, facts ?? { known: true }, at);
    return socket;
  }

  #sent({ called, result, begun, isTold }: Returned, at: Place): void {
    const socket = this.#sender(called, result, at);
    if (socket === undefined) return;
    if (socket.isConnecting && result.errno === undefined) this.#connected(socket, begun);
    const end = { ...at, ...endOf(begun, result) };
    const many = messagesOf(called);
    // A send without a bind before it binds the socket.
    const bound = result.errno === undefined && socket.state.bound === false;
    const value = result.value ?? 0;
    const made = called.name === "sendmmsg" ? many.slice(0, value === -1 ? 1 : value) : many;
    made.forEach((message, i) => {
      const id = many.length === 1 ? begun.line : `${begun.line}.${i + 1}`;
      if (!isTold) this.#call({ socket, message, id }, begun);
      if (result.value === undefined) return;
      const { errno } = result;
      if (errno !== undefined) this.#failed({ socket, message, id }, errno, end);
      else this.emit({ event: "return", id, ...sendReturn({ bytes: message.sent ?? value }) }, end);
    });
    if (bound) this.learn(socket, { bound }, end);
  }

  #call({ socket, message, id }: Sent, at: Place): void {
    const { as, sent: _, ...sending } = message;
    const call = sendCall({ ...sending, s: socket.ref });
    this.emit({ event: "call", id, ...call, as }, at);
  }

  #failed({ socket, message, id }: Sent, errno: string, at: Place): void {
    const { connected, "shut-down": shutDown } = socket.state;
    const hasAddress = message.to !== undefined;
    const error = winsockCode(errno, {
      hasAddress,
      ...(connected === undefined ? {} : { connected }),
      ...(shutDown === undefined ? {} : { shutDown }),
    });
    const reason = excuseOf(error, hasAddress ? "WSPSendTo" : "WSPSend");
    for (const rule of reason === undefined ? [] : ["returns.never", "returns.listed"])
      this.emit({ event: "suppress", rule, reason: reason ?? "", id }, at);
    this.emit({ event: "return", id, ...sendReturn({ error }) }, at);
  }
}

/** One send of a socket, and the id of its call. */
interface Sent {
  readonly socket: Socket;
  readonly message: Message;
  readonly id: string | number;
}

/** The time of the return, where `-T` tells how long the call took. */
function endOf(begun: Place, { took }: Result): { readonly time?: bigint } {
  return begun.time === undefined || took === undefined ? {} : { time: begun.time + took };
}

/** What `-yy` shows of a socket of the internet; undefined for everything else. */
function factsOf(note: string | undefined): SocketState | undefined {
  const [, protocol, six, place] = /^([A-Z-]+)(v6)?:\[(.*)\]$/.exec(note ?? "") ?? [];
  if (protocol === undefined || place === undefined || !INTERNET.has(protocol)) return undefined;
  return {
    known: true,
    "connection-oriented": ORIENTED.has(protocol),
    "address-family": six === undefined ? AF_INET : AF_INET6,
    // A bare number is an inode: nothing is known of the state.
    ...(/^\d+$/.test(place) ? {} : { bound: true, connected: place.includes("->") }),
  };
}

const INTERNET = new Set(["TCP", "UDP", "UDPLITE", "RAW", "PING", "SCTP", "DCCP"]);
const ORIENTED = new Set(["TCP", "SCTP", "DCCP"]);
const AF_INET = 2;
const AF_INET6 = 23;

const FAMILIES: ReadonlyMap<string, number> = new Map([
  ["AF_INET", AF_INET],
  ["PF_INET", AF_INET],
  ["AF_INET6", AF_INET6],
  ["PF_INET6", AF_INET6],
]);

const isCloning = (name: string): boolean => /^(?:clone3?|v?fork)$/.test(name);
const sharesFiles = ({ raw }: Called): boolean => raw.includes("CLONE_FILES");

const EFFECTS: Readonly<Record<string, Effect>> = {
  socket: (calls, { called, result }, at) => {
    if (result.value === undefined || result.value < 0) return;
    const family = FAMILIES.get(wordOf(called.args[0]));
    if (family === undefined) return calls.descriptors.openForeign(at.pid, result.value);
    const socket = calls.descriptors.open(at.pid, result.value);
    const oriented = /SOCK_(?:STREAM|SEQPACKET)/.test(wordOf(called.args[1]));
    const facts = { known: true, "connection-oriented": oriented, "address-family": family };
    const nothing = { bound: false, connected: false, "shut-down": false, closed: false };
    calls.learn(socket, { ...facts, ...nothing }, at);
  },
  accept: accepted,
  accept4: accepted,
  bind: (calls, { called, result }, at) => {
    if (result.value === 0) calls.learn(calls.socketOf(called, at), { bound: true }, at);
  },
  connect: (calls, { called, result }, at) => {
    const socket = calls.socketOf(called, at);
    if (socket !== undefined && result.errno === "EINPROGRESS") socket.isConnecting = true;
    if (result.value !== 0) return;
    const ends = called.raw.includes("sa_family=AF_UNSPEC");
    calls.learn(socket, ends ? { connected: false } : { connected: true, bound: true }, at);
  },
  getsockopt: (calls, { called, result }, at) => {
    const socket = calls.socketOf(called, at);
    if (socket?.isConnecting !== true || result.value !== 0) return;
    if (!/SO_ERROR, \[0\]/.test(called.raw)) return;
    socket.isConnecting = false;
    calls.learn(socket, { connected: true, bound: true }, at);
  },
  shutdown: (calls, { called, result }, at) => {
    if (result.value !== 0 || !/SHUT_(?:WR|RDWR)/.test(wordOf(called.args[1]))) return;
    calls.learn(calls.socketOf(called, at), { "shut-down": true }, at);
  },
  close: (calls, { called, result }, at) => {
    if (result.errno === "EBADF") return;
    const closed = calls.descriptors.close(at.pid, numberOf(called.args[0]));
    calls.learn(closed, { closed: true }, at);
  },
  dup: duplicated,
  dup2: duplicated,
  dup3: duplicated,
  fcntl: (calls, returned, at) => {
    if (wordOf(returned.called.args[1]).startsWith("F_DUPFD")) duplicated(calls, returned, at);
  },
  clone: cloned,
  clone3: cloned,
  fork: cloned,
  vfork: cloned,
};

function accepted(calls: StraceCalls, { called, result }: Returned, at: Place): void {
  if (result.value === undefined || result.value < 0) return;
  const listener = calls.socketOf(called, at);
  if (listener?.isForeign === true) return calls.descriptors.openForeign(at.pid, result.value);
  const family = listener?.state["address-family"];
  const facts = { known: true, "connection-oriented": true, bound: true, connected: true };
  const rest = {
    ...(family === undefined ? {} : { "address-family": family }),
    "shut-down": false,
  };
  calls.learn(
    calls.descriptors.open(at.pid, result.value),
    { ...facts, ...rest, closed: false },
    at,
  );
}

function duplicated(calls: StraceCalls, { called, result }: Returned, at: Place): void {
  const socket = calls.socketOf(called, at);
  const fd = result.value;
  if (socket === undefined || fd === undefined || fd < 0 || fd === numberOf(called.args[0])) return;
  calls.learn(calls.descriptors.put(at.pid, fd, socket), { closed: true }, at);
}

function cloned(calls: StraceCalls, { called, result }: Returned, at: Place): void {
  if (result.value === undefined || result.value <= 0) return;
  calls.descriptors.cloned(at.pid, result.value, sharesFiles(called));
}
