/** The steps of Windows Sockets, done by the reference runtime's provider. */
import {
  NO_ERROR, SOL_SOCKET, WSA_FLAG_OVERLAPPED, WSAEWOULDBLOCK, WSAENOTSOCK, MEM_READ, SOCKET_ERROR,
} from "../../index.js"; // prettier-ignore
import type { LPINT, SOCKET, WSABUF, WSAOVERLAPPED } from "../../index.js";
import { nodeNetwork, RecordingSwitch, SpiProvider } from "../../runtime/index.js";
import type { Network } from "../../runtime/index.js";
import { UNTOUCHED } from "../names.js";
import type { Answer, Command, Executor } from "../vocabulary.js";
import { numberOf } from "../vocabulary.js";
import { addressOf, cannot, familyOf, refusable, Stream } from "./shared.js";

const SOCK_STREAM = 1;
const PATIENCE = 2_000;
/** The event of the first operation; the others follow. */
const EVENT = 0x40;
const NOBODY = { value: 0 };

interface Told {
  readonly error: number;
  readonly bytes: number;
}

type Step = (command: Command) => Answer | Promise<Answer>;

/** A provider with sockets and structures by number. */
export class OurProvider implements Executor {
  readonly #steps: Readonly<Record<string, Step>> = {
    socket: (command) => this.#socket(command),
    bind: (c) =>
      this.#call((lpErrno) => this.#provider.WSPBind(this.#at(c), addressOf(c), lpErrno)),
    connect: (command) => this.#connect(command),
    send: (command) => this.#send(command, false),
    sendto: (command) => this.#send(command, true),
    look: (command) => this.#look(command),
    result: (command) => this.#result(command),
    wait: (command) => this.#wait(command),
    shutdown: (command) => this.#shutdown(command),
    disconnect: (command) => this.#disconnect(command),
    setopt: (command) => this.#setOption(command),
    getopt: (command) => this.#getOption(command),
    close: (c) => this.#call((lpErrno) => this.#provider.WSPCloseSocket(this.#at(c), lpErrno)),
    nonblocking: (command) => this.#nonblocking(command),
    queue: () => ({ ok: 1 }),
    packets: () => this.#packets(),
    alert: (command) => this.#alert(command),
    end: () => this.#end(),
  };

  readonly #network: Network;
  #upcalls = new RecordingSwitch();
  #provider: SpiProvider;
  #stream = new Stream();
  readonly #sockets = new Map<number, SOCKET>();
  readonly #operations = new Map<number, WSAOVERLAPPED>();
  /** The sockets that were made nonblocking. */
  readonly #impatient = new Set<SOCKET>();
  /** What completion routines were told, by the structure. */
  readonly #routines = new Map<WSAOVERLAPPED, Told[]>();
  #told = 0;

  constructor(network: Network = nodeNetwork) {
    this.#network = network;
    this.#provider = this.#newProvider();
  }

  /** Does a step. */
  run(command: Command): Promise<Answer> {
    const step = this.#steps[command.verb];
    return refusable(() => step?.(command) ?? cannot(command.verb));
  }

  #newProvider(): SpiProvider {
    return new SpiProvider({ upcalls: this.#upcalls, profile: "spi", network: this.#network });
  }

  #at(command: Command): SOCKET {
    return this.#sockets.get(numberOf(command, "at", 0)) ?? 0;
  }

  #operation(command: Command): WSAOVERLAPPED | null {
    if (command.options.get("op") === "none") return null;
    const number = numberOf(command, "op", 0);
    const known = this.#operations.get(number);
    if (numberOf(command, "again", 0) !== 0 && known !== undefined) return known;
    const event = command.options.get("event") === "none" ? 0 : EVENT + number * 4;
    const made: WSAOVERLAPPED = {
      Internal: UNTOUCHED,
      InternalHigh: UNTOUCHED,
      Offset: 0,
      OffsetHigh: 0,
      hEvent: event | numberOf(command, "lowbit", 0),
    };
    this.#operations.set(number, made);
    this.#routines.delete(made);
    if (numberOf(command, "signalled", 0) === 0)
      this.#upcalls.WPUResetEvent(EVENT + number * 4, NOBODY);
    else this.#upcalls.WPUSetEvent(EVENT + number * 4, NOBODY);
    return made;
  }

  /** The structure of an operation that was started; a fresh one where none was. */
  #started(command: Command): WSAOVERLAPPED {
    const known = this.#operations.get(numberOf(command, "op", 0));
    return known ?? { Internal: 0, InternalHigh: 0, Offset: 0, OffsetHigh: 0, hEvent: 0 };
  }

  #call(call: (lpErrno: LPINT) => number): Answer {
    const lpErrno: { value: number } = { value: NO_ERROR };
    const returned = call(lpErrno);
    return returned === 0 ? { returned } : { returned, error: lpErrno.value };
  }

  #socket(command: Command): Answer {
    const type = numberOf(command, "type", SOCK_STREAM);
    const flags = numberOf(command, "overlapped", 1) === 0 ? 0 : WSA_FLAG_OVERLAPPED;
    const lpErrno: { value: number } = { value: NO_ERROR };
    const made = this.#provider.WSPSocket(familyOf(command), flags, lpErrno, type);
    this.#sockets.set(numberOf(command, "at", 0), made);
    return lpErrno.value === NO_ERROR ? { returned: 0 } : { returned: 1, error: lpErrno.value };
  }

  /** The provider never waits; this is for the connects that a program waits for. */
  #nonblocking(command: Command): Answer {
    this.#impatient.add(this.#at(command));
    return { returned: 0 };
  }

  /** A program that calls connect waits; in JavaScript that is another call. */
  async #connect(command: Command): Promise<Answer> {
    const [s, to] = [this.#at(command), addressOf(command)];
    const answer = this.#call((lpErrno) => this.#provider.WSPConnect(s, to, lpErrno));
    if (answer["error"] !== WSAEWOULDBLOCK || this.#impatient.has(s)) return answer;
    const error = await this.#provider.connected(s);
    return error === NO_ERROR ? { returned: 0 } : { returned: SOCKET_ERROR, error };
  }

  #send(command: Command, hasAddress: boolean): Answer {
    const s = this.#at(command);
    const buffers = this.#buffers(command, s);
    const count = numberOf(command, "count", buffers?.length ?? 0);
    const sent: { value: number } = { value: UNTOUCHED };
    const out = numberOf(command, "sent", 1) === 0 ? null : sent;
    const flags = numberOf(command, "flags", 0);
    const lpOverlapped = this.#operation(command);
    const routine = numberOf(command, "routine", 0) === 0 ? null : this.#routine;
    const thread = routine && this.#upcalls.thread;
    // NULL is passed as it is: the contract says what is wrong with it.
    const lpBuffers = buffers as WSABUF[];
    const to = command.options.has("port") ? addressOf(command) : null;
    const size = numberOf(command, "size", to === null ? 0 : 2 + to.sa_data.length);
    const answer = this.#call((lpErrno) =>
      hasAddress
        ? this.#provider.WSPSendTo(s, lpBuffers, count, out, flags, to, size, lpOverlapped,
          routine, thread, lpErrno)
        : this.#provider.WSPSend(s, lpBuffers, count, out, flags, lpOverlapped, routine,
          thread, lpErrno),
    ); // prettier-ignore
    const structure = lpOverlapped === null ? {} : this.#look(command);
    return { ...answer, sent: sent.value, ...structure };
  }

  /** A provider of this kind sends registered memory only. */
  #buffers(command: Command, s: SOCKET): WSABUF[] | null {
    const text = command.options.get("bufs");
    const many = Array.from({ length: numberOf(command, "many", 0) }, () => "1");
    if (text === undefined && many.length === 0) return null;
    return [...(text?.split(",") ?? []), ...many].map((item) => {
      const [kind, length = "0"] = item.split(":");
      if (kind === "null") return { buf: null, len: Number(length) };
      const buf = this.#stream.take(Number(kind));
      const region = { s, lpBuffer: buf, dwBufferLength: buf.length, dwFlags: MEM_READ };
      if (buf.length > 0) this.#provider.WSPRegisterMemory(region, { value: 0 });
      return { buf, len: buf.length };
    });
  }

  #look(command: Command): Answer {
    const { Internal, InternalHigh } = this.#started(command);
    const isSignalled = this.#upcalls.isSignalled(EVENT + numberOf(command, "op", 0) * 4);
    return {
      Internal: Number(Internal),
      InternalHigh: Number(InternalHigh),
      event: Number(isSignalled),
    };
  }

  async #wait(command: Command): Promise<Answer> {
    const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE).unref());
    await Promise.race([this.#provider.completed(this.#started(command)), patience]);
    return this.#look(command);
  }

  async #result(command: Command): Promise<Answer> {
    if (numberOf(command, "wait", 0) !== 0) {
      await this.#provider.completed(this.#started(command));
    }
    const cells = { lpcbTransfer: { value: UNTOUCHED }, lpdwFlags: { value: UNTOUCHED } };
    const args = { s: this.#at(command), lpOverlapped: this.#started(command), ...cells };
    const lpErrno: { value: number } = { value: NO_ERROR };
    const ok = this.#provider.WSPGetOverlappedResult(args, lpErrno);
    const { lpcbTransfer, lpdwFlags } = cells;
    const told = { bytes: lpcbTransfer.value, flags: lpdwFlags.value };
    return ok ? { ok: 1, ...told } : { ok: 0, error: lpErrno.value, ...told };
  }

  #shutdown(command: Command): Answer {
    const [s, how] = [this.#at(command), numberOf(command, "how", 1)];
    return this.#call((lpErrno) => this.#provider.WSPShutdown(s, lpErrno, how));
  }

  #setOption(command: Command): Answer {
    const optval = new Uint8Array(4);
    new DataView(optval.buffer).setUint32(0, numberOf(command, "value", 1), true);
    const optname = numberOf(command, "name", 0);
    const [level, optlen] = [numberOf(command, "level", SOL_SOCKET), numberOf(command, "size", 4)];
    const args = { s: this.#at(command), level, optname, optval, optlen };
    return this.#call((lpErrno) => this.#provider.WSPSetSockOpt(args, lpErrno));
  }

  #getOption(command: Command): Answer {
    const [optval, optlen] = [new Uint8Array(4), { value: numberOf(command, "size", 4) }];
    const level = numberOf(command, "level", SOL_SOCKET);
    const args = { s: this.#at(command), level, optname: numberOf(command, "name", 0), optval };
    const answer = this.#call((lpErrno) =>
      this.#provider.WSPGetSockOpt({ ...args, optlen }, lpErrno),
    );
    if (answer["returned"] !== 0) return answer;
    return { ...answer, value: new DataView(optval.buffer).getUint32(0, true) };
  }

  #disconnect(command: Command): Answer {
    const data = numberOf(command, "data", 0) === 0 ? null : this.#stream.take(4);
    const last = data && [{ buf: data, len: data.length }];
    const s = this.#at(command);
    return this.#call((lpErrno) => this.#provider.WSPSendDisconnect(s, last, lpErrno));
  }

  /** Lets routines run, as a program does that waits; tells of the operation's. */
  async #alert(command: Command): Promise<Answer> {
    await this.#upcalls.alertableWait({ timeout: numberOf(command, "ms", 50) });
    const told = this.#routines.get(this.#started(command)) ?? [];
    return { calls: told.length, ...told.at(-1) };
  }

  readonly #routine = (error: number, bytes: number, lpOverlapped: WSAOVERLAPPED): void => {
    const told = this.#routines.get(lpOverlapped) ?? [];
    this.#routines.set(lpOverlapped, [...told, { error, bytes }]);
  };

  /** What a program takes from a port is what the switch was told. */
  async #packets(): Promise<Answer> {
    await new Promise((resolve) => setTimeout(resolve, 20));
    const packets = this.#upcalls.notifications.length - this.#told;
    this.#told += packets;
    return { packets };
  }

  #end(): Answer {
    for (const s of this.#sockets.values())
      this.#provider.WSPCloseSocket(s, { value: WSAENOTSOCK });
    this.#sockets.clear();
    this.#impatient.clear();
    this.#operations.clear();
    this.#routines.clear();
    this.#upcalls = new RecordingSwitch();
    this.#provider = this.#newProvider();
    this.#stream = new Stream();
    this.#told = 0;
    return { ok: 1 };
  }
}
