/** Connects: the handshake, and what may come between. */
import { isIP } from "node:net";
import { isBroadcast, isMapped, isMulticast, isReserved } from "../../network/addresses.js";
import type { Failure } from "../../network/failure.js";
import { RESET } from "../../network/failure.js";
import type { ConnectRequest, Endpoint } from "../../network/network.js";
import { isFailure } from "../../network/network.js";
import { hostOf, wrongWith } from "./addresses.js";
import type { Side } from "./connection.js";
import { NO_WAY, REFUSED, TIMED_OUT, UNREACHABLE } from "./failures.js";
import type { Packet } from "./flow.js";
import type { Due } from "./heap.js";
import { Link } from "./link.js";
import type { Acceptor, World } from "./world.js";

/** Connects; what comes back gives up. */
export function connect(world: World, request: ConnectRequest): () => void {
  const to = { host: hostOf(request.to.host), port: request.to.port };
  const { from = { host: to.host.includes(":") ? "::" : "0.0.0.0", port: 0 } } = request;
  const host = hostOf(from.host);
  const obstacle = obstacleOf(to) ?? wrongWith(to, host);
  const local = obstacle ?? world.streams.claim({ host, port: from.port }, null);
  if (!isFailure(local)) {
    const attempt = new Attempt(world, { ...request, to }, local);
    return () => attempt.giveUp();
  }
  const due = world.clock.after(0, () => request.connected(local));
  return () => {
    due.run = null;
  };
}

/** Why there is nobody to ask, as the system's own network tells it; null where there may be. */
function obstacleOf({ host, port }: Endpoint): Failure | null {
  if (isBroadcast(host) || isMulticast(host) || isMapped(host)) return NO_WAY;
  return isReserved(host) || (port === 0 && isIP(host) !== 0) ? REFUSED : null;
}

/** One attempt at a connection. */
class Attempt {
  readonly #world: World;
  readonly #request: ConnectRequest;
  readonly #link: Link;
  readonly #timer: Due;
  #isOver = false;
  #client: Side | null = null;
  #server: Side | null = null;
  #acceptor: Acceptor | null = null;

  constructor(world: World, request: ConnectRequest, local: Endpoint) {
    this.#world = world;
    this.#request = request;
    const remote = { host: request.to.host, port: request.to.port };
    this.#link = new Link(world, { local, remote }, () => world.streams.release(local));
    this.#link.there.deliver = (packet) => this.#atServer(packet);
    this.#link.back.deliver = (packet) => this.#atClient(packet);
    const patience = world.settings.connectTimeout * 1000;
    this.#timer = world.clock.after(patience, () => this.#fail(TIMED_OUT));
    this.#link.there.send({ kind: "syn" });
  }

  giveUp(): void {
    if (this.#isOver) return;
    this.#finish();
    this.#link.letGo("client");
  }

  #finish(): void {
    this.#isOver = true;
    this.#timer.run = null;
  }

  #fail(failure: Failure): void {
    if (this.#isOver) return;
    this.giveUp();
    this.#request.connected(failure);
  }

  #atServer(packet: Packet): void {
    if (packet.kind === "syn") this.#link.back.send({ kind: this.#answer() });
    else if (packet.kind === "established") this.#established();
    else if (this.#server !== null) this.#server.arrive(packet);
    else this.#link.letGo("server");
  }

  /** What whoever is at the other address says to a SYN. */
  #answer(): "unreachable" | "refused" | "syn-ack" {
    const { faults, streams } = this.#world;
    const { to } = this.#request;
    if (faults.isUnreachable(to.host)) return "unreachable";
    this.#acceptor = faults.isRefused(to) ? null : (streams.find(to) ?? null);
    if (this.#acceptor === null) return "refused";
    this.#server = this.#link.side("server", this.#acceptor.reach);
    return "syn-ack";
  }

  #established(): void {
    const { streams } = this.#world;
    const server = this.#server;
    if (server === null) return;
    const isThere = this.#acceptor !== null && streams.find(this.#request.to) === this.#acceptor;
    server.begin(isThere ? (this.#acceptor?.accepted(server) ?? null) : null);
  }

  #atClient(packet: Packet): void {
    if (this.#client !== null) this.#client.arrive(packet);
    else if (packet.kind === "syn-ack") this.#connected();
    else if (packet.kind === "refused") this.#turnedAway(REFUSED);
    else if (packet.kind === "unreachable") this.#turnedAway(UNREACHABLE);
    else if (packet.kind === "reset") this.#fail(RESET);
  }

  #turnedAway(failure: Failure): void {
    this.#link.letGo("server");
    this.#fail(failure);
  }

  #connected(): void {
    if (this.#isOver) {
      this.#link.there.send({ kind: "reset" });
      return;
    }
    this.#finish();
    const client = this.#link.side("client", this.#request.reach);
    this.#client = client;
    this.#link.there.send({ kind: "established" });
    client.begin(this.#request.connected(client));
  }
}
