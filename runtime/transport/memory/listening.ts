/** Listens. */
import type { Endpoint, Listener, ListenRequest } from "../../network/network.js";
import { isFailure } from "../../network/network.js";
import type { Acceptor, World } from "./world.js";

/** Listens. The address is taken at once, and told later; there is no limit to who waits. */
export function listen(world: World, request: ListenRequest): void {
  const acceptor: Acceptor = {
    reach: request.reach,
    accepted: (connection) => request.accepted(connection),
  };
  const local = world.streams.claim(request.at, acceptor);
  const result = isFailure(local) ? local : new MemoryListener(world, local);
  world.clock.after(0, () => request.listening(result));
}

class MemoryListener implements Listener {
  readonly local: Endpoint;
  readonly #world: World;

  constructor(world: World, local: Endpoint) {
    this.#world = world;
    this.local = local;
  }

  close(): void {
    this.#world.streams.release(this.local);
  }
}
