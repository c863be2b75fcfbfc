/** What Winsock was seen to do, or is said to, replayed on a layered provider over each network. */
import { describe, expect, test } from "vitest";
import type { WSABUF, WSAOVERLAPPED } from "wskit";
import { NO_ERROR, SOCK_DGRAM, SOCK_STREAM, sockaddrIn, WSA_IO_PENDING, wsaerrorName } from "wskit";
import type { Network } from "wskit/runtime";
import { pattern, sha256 } from "./peers.js";
import type { Peer } from "./spi/world.js";
import {
  bindPeer,
  listen,
  NETWORKS,
  pause,
  setUp,
  structure,
  UNTOUCHED,
  until,
  whole,
} from "./spi/world.js";

/** A step, and what is seen of it. */
type Step = readonly [step: string, seen: string];

/** A case: its number in the list of cases, where it comes from, and what is done. */
interface Acceptance {
  readonly number: number;
  readonly what: string;
  /** Observed under Wine 8, asserted in its tests, which pass on Windows, or on the page. */
  readonly from: "observed" | "asserted" | "page";
  readonly steps: readonly Step[];
  /** Why a network, or the provider, cannot play it. */
  readonly not?: Readonly<Partial<Record<keyof typeof NETWORKS | "provider", string>>>;
}

const MB64 = 67_108_864;
const PENDING = "WSA_IO_PENDING, count untouched, Internal 0x103, event clear";

const CASES: readonly Acceptance[] = [
  { number: 1, what: "a small send", from: "observed", steps: [
    ["connect", "NO_ERROR"],
    ["send 5", "NO_ERROR, count 5, Internal 0, InternalHigh 5, event set"],
    ["peer has 5", "in order"],
  ] },
  { number: 2, what: "three buffers, the middle one empty", from: "observed", steps: [
    ["connect", "NO_ERROR"],
    ["send 3,0,4", "NO_ERROR, count 7, Internal 0, InternalHigh 7, event set"],
    ["peer has 7", "in order"],
  ] },
  { number: 3, what: "no buffers, an empty one at NULL", from: "observed", steps: [
    ["connect", "NO_ERROR"],
    ["send none", "NO_ERROR, count 0, Internal 0, InternalHigh 0, event set"],
    ["send null", "NO_ERROR, count 0, Internal 0, InternalHigh 0, event set"],
  ] },
  { number: 4, what: "neither count nor structure", from: "observed", steps: [
    ["connect", "NO_ERROR"],
    ["send 5 uncounted plain", "WSAEFAULT"],
  ] },
  { number: 5, what: "no count, and a structure", from: "asserted", steps: [
    ["connect", "NO_ERROR"],
    ["send 5 uncounted", "NO_ERROR, count untouched, Internal 0, InternalHigh 5, event set"],
    ["result", "TRUE, 5"],
  ] },
  { number: 7, what: "not connected", from: "page", steps: [
    ["send 5", "WSAENOTCONN, count untouched, Internal untouched, event clear"],
  ] },
  { number: 8, what: "64 MB to a peer that does not read", from: "asserted", steps: [
    ["peer pauses", ""],
    ["connect", "NO_ERROR"],
    [`send ${MB64}`, PENDING],
  ] },
  { number: 9, what: "its result meanwhile", from: "observed", steps: [
    ["peer pauses", ""],
    ["connect", "NO_ERROR"],
    [`send ${MB64}`, PENDING],
    ["result", "FALSE, WSA_IO_INCOMPLETE"],
  ] },
  { number: 11, what: "the peer reads: both end, in order", from: "asserted", steps: [
    ["peer pauses", ""],
    ["connect", "NO_ERROR"],
    [`send ${MB64}`, PENDING],
    ["send 4", PENDING],
    ["peer reads", ""],
    ["wait first", "Internal 0, InternalHigh 67108864, event set"],
    ["wait", "Internal 0, InternalHigh 4, event set"],
    ["peer has 67108868", "in order"],
  ] },
  { number: 13, what: "a send after the peer's reset", from: "asserted", steps: [
    ["connect", "NO_ERROR"],
    ["peer resets", ""],
    ["send 5", "WSAECONNRESET, count untouched, Internal untouched, event clear"],
    ["notifications", "0"],
  ] },
  { number: 15, what: "done at once: the switch queues its packet by the return of 0", from: "observed", steps: [
    ["connect", "NO_ERROR"],
    ["send 5", "NO_ERROR, count 5, Internal 0, InternalHigh 5, event set"],
    ["notifications", "0"],
  ] },
  { number: 16, what: "the low bit of hEvent", from: "page", steps: [
    ["peer pauses", ""],
    ["connect", "NO_ERROR"],
    [`send ${MB64} silent`, PENDING],
    ["peer reads", ""],
    ["wait", "Internal 0, InternalHigh 67108864, event set"],
    ["notifications", "0"],
    ["result", "TRUE, 67108864"],
  ] },
  { number: 18, what: "closed while sends are pending", from: "page", steps: [
    ["peer pauses", ""],
    ["connect", "NO_ERROR"],
    [`send ${MB64}`, PENDING],
    ["send 4", PENDING],
    ["close", "NO_ERROR"],
    ["wait first", "Internal 995, InternalHigh 0, event set"],
    ["wait", "Internal 995, InternalHigh 0, event set"],
    ["result", "FALSE, WSAENOTSOCK"],
    ["notifications", "2"],
  ] },
  { number: 21, what: "the peer has ended", from: "asserted", steps: [
    ["connect", "NO_ERROR"],
    ["peer ends", ""],
    ["send 5", "NO_ERROR, count 5, Internal 0, InternalHigh 5, event set"],
    ["peer has 5", "in order"],
  ] },
  { number: 22, what: "a completion routine, done at once", from: "observed", steps: [
    ["connect", "NO_ERROR"],
    ["send 5 routine", "NO_ERROR, count 5, Internal 0, InternalHigh 5, event clear"],
    ["routines", ""],
    ["alertable wait", "WSA_WAIT_IO_COMPLETION"],
    ["routines", "NO_ERROR 5"],
    ["alertable wait", "WSA_WAIT_TIMEOUT"],
    ["notifications", "0"],
  ] },
  { number: 24, what: "datagrams of 65,508, 65,507 and 0 bytes", from: "observed", steps: [
    ["datagrams", ""],
    ["sendto 65508", "WSAEMSGSIZE, count untouched, Internal untouched, event clear"],
    ["sendto 65507", "sent 65507"],
    ["sendto 0", "sent 0"],
    ["datagrams arrive", "65507, 0"],
  ] },
  // Wine answers WSAEINVAL to both; Windows answers the first as here.
  { number: 25, what: "a datagram without destination", from: "page", steps: [
    ["datagrams", ""],
    ["send 5", "WSAENOTCONN, count untouched, Internal untouched, event clear"],
    ["sendto 5 nowhere", "WSAEDESTADDRREQ, count untouched, Internal untouched, event clear"],
  ] },
  { number: 26, what: "the result of every NTSTATUS in Internal", from: "asserted", steps: [], not: {
    provider: "a provider keeps WSA codes in the structure, and knows its operations by itself",
  } },
  { number: 28, what: "WSASendMsg without a message", from: "asserted", steps: [], not: {
    provider: "ws2spi.h has no WSPSendMsg",
  } },
  { number: 29, what: "a datagram of two buffers", from: "asserted", steps: [
    ["datagrams", ""],
    ["sendto 3,4", "sent 7"],
    ["datagrams arrive", "7"],
  ] },
]; // prettier-ignore

/** Plays the steps of one case. */
class Player {
  readonly #network: Network;
  readonly #datagrams: Awaited<ReturnType<typeof bindPeer>>;
  readonly #structures: WSAOVERLAPPED[] = [];
  readonly #sent: Uint8Array[] = [];
  readonly #routines: string[] = [];
  #peer: Peer | null = null;
  #isPaused = false;
  #type: number = SOCK_STREAM;
  #made: ReturnType<typeof setUp> | null = null;

  constructor(network: Network, datagrams: Awaited<ReturnType<typeof bindPeer>>) {
    this.#network = network;
    this.#datagrams = datagrams;
  }

  async play(step: string): Promise<string> {
    const [verb = "", ...words] = step.split(" ");
    if (verb === "peer") return this.#ofPeer(words);
    if (verb === "datagrams") return this.#ofDatagrams(words);
    if (verb === "connect") return this.#connect();
    if (verb === "send" || verb === "sendto") return this.#send(verb, words);
    if (verb === "notifications") return String(this.#us.upcalls.notifications.length);
    if (verb === "routines") return this.#routines.join("; ");
    if (verb === "alertable") {
      const isOver = (await this.#us.upcalls.alertableWait()) === 0x102;
      return isOver ? "WSA_WAIT_TIMEOUT" : "WSA_WAIT_IO_COMPLETION";
    }
    if (verb === "close") {
      return name(
        this.#us.code((lpErrno) => this.#us.provider.WSPCloseSocket(this.#us.s, lpErrno)),
      );
    }
    const which = this.#structures.at(words[0] === "first" ? 0 : -1) ?? expect.unreachable();
    if (verb === "wait") {
      await this.#us.provider.completed(which);
      return this.#look(which);
    }
    const { ok, error, bytes } = this.#us.result(which);
    return ok ? `TRUE, ${bytes}` : `FALSE, ${name(error)}`;
  }

  get #us(): ReturnType<typeof setUp> {
    return (this.#made ??= setUp({ network: this.#network, type: this.#type }));
  }

  async #connect(): Promise<string> {
    this.#peer = await listen(this.#network, this.#isPaused);
    await this.#us.connect(this.#peer.at);
    await this.#peer.connection;
    return name(NO_ERROR);
  }

  async #ofPeer([verb, bytes]: readonly string[]): Promise<string> {
    if (verb === "pauses") this.#isPaused = true;
    const peer = this.#peer;
    const connection = await peer?.connection;
    if (verb === "reads") connection?.resume();
    if (verb === "ends") connection?.end();
    if (verb === "resets") connection?.abort();
    if (verb === "ends" || verb === "resets") await pause();
    if (verb !== "has" || peer === null) return "";
    await until(() => peer.bytes >= Number(bytes));
    return peer.bytes === Number(bytes) && peer.digest() === sha256(...this.#sent)
      ? "in order"
      : `${peer.bytes} bytes, others`;
  }

  async #ofDatagrams([verb]: readonly string[]): Promise<string> {
    if (verb === undefined) {
      this.#type = SOCK_DGRAM;
      return "";
    }
    await until(() => this.#datagrams.datagrams.length === this.#sent.length);
    return this.#datagrams.datagrams.map(({ length }) => length).join(", ");
  }

  async #send(verb: string, [sizes = "", ...how]: readonly string[]): Promise<string> {
    const buffers = this.#buffers(sizes);
    const lpOverlapped = how.includes("plain") ? null : structure(how.includes("silent") ? 0x41 : 0x40);
    const sent = { value: UNTOUCHED };
    const out = how.includes("uncounted") ? null : sent;
    const told = (error: number, bytes: number): unknown => this.#routines.push(`${name(error)} ${bytes}`);
    const routine = how.includes("routine") ? told : null;
    const answer = verb === "send"
      ? this.#us.send(buffers, { lpOverlapped, sent: out, routine: routine as never })
      : this.#sendTo(buffers, lpOverlapped, { sent, isNowhere: how.includes("nowhere") });
    if (answer === NO_ERROR || answer === WSA_IO_PENDING) {
      this.#sent.push(Buffer.concat(buffers.map(({ buf }) => buf ?? new Uint8Array(0))));
    }
    if (lpOverlapped === null) return name(answer);
    this.#structures.push(lpOverlapped);
    if (verb === "sendto" && (answer === NO_ERROR || answer === WSA_IO_PENDING)) {
      await this.#us.provider.completed(lpOverlapped);
      return `sent ${this.#us.result(lpOverlapped).bytes}`;
    }
    const count = sent.value === UNTOUCHED ? "untouched" : sent.value;
    return `${name(answer)}, count ${count}, ${this.#look(lpOverlapped)}`;
  } // prettier-ignore

  #sendTo(
    buffers: readonly WSABUF[],
    lpOverlapped: WSAOVERLAPPED | null,
    { sent, isNowhere }: { readonly sent: { value: number }; readonly isNowhere: boolean },
  ): number {
    const { host, port } = this.#datagrams.at;
    const [to, size] = isNowhere ? [null, 0] : [sockaddrIn(host, port), 16];
    const { code, provider, s } = this.#us;
    return code((lpErrno) =>
      provider.WSPSendTo(s, buffers, buffers.length, sent, 0, to, size, lpOverlapped, null, null, lpErrno),
    ); // prettier-ignore
  }

  #buffers(sizes: string): WSABUF[] {
    if (sizes === "none") return [];
    if (sizes === "null") return [{ buf: null, len: 0 }];
    return sizes
      .split(",")
      .map((size, i) => whole(pattern(Number(size), this.#sent.length * 7 + i)));
  }

  #look({ Internal, InternalHigh, hEvent }: WSAOVERLAPPED): string {
    const event = this.#us.upcalls.isSignalled(hEvent) ? "event set" : "event clear";
    if (Internal === 5 && InternalHigh === 6) return `Internal untouched, ${event}`;
    if (Internal === 0x103) return `Internal 0x103, ${event}`;
    return `Internal ${Internal}, InternalHigh ${InternalHigh}, ${event}`;
  }
}

const name = (code: number): string => wsaerrorName(code);

describe.each(Object.entries(NETWORKS))("over the network %s", (networkName, make) => {
  for (const { number, what, steps, not = {} } of CASES) {
    const reason = not[networkName as keyof typeof NETWORKS] ?? not.provider;
    test.skipIf(reason !== undefined)(`${number}: ${what}${reason ? `: ${reason}` : ""}`, async () => {
      const network = make();
      const player = new Player(network, await bindPeer(network));
      for (const [step, seen] of steps) expect([step, await player.play(step)]).toEqual([step, seen]);
    });
  }
}); // prettier-ignore
