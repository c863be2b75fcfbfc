/** The world of a program: everything that it may call, over a core that decides what happens. */
import { Core } from "./core.js";
import type { Descriptors } from "./descriptors.js";
import { descriptorsOf } from "./descriptors.js";
import type { Events } from "./events.js";
import { eventsOf } from "./events.js";
import type { Irps } from "./irps.js";
import { irpsOf } from "./irps.js";
import type { Memory } from "./memory.js";
import { memoryOf } from "./memory.js";
import type { Calls } from "./names.js";
import type { Stubs } from "./script.js";
import { Sends } from "./sends.js";
import type { Sockets } from "./sockets.js";
import { socketsOf } from "./sockets.js";

/**
 * What a program gets: the functions of Windows by their C names, which may be taken out of it, and
 * makers of sockets. `stub` says beforehand what a call answers.
 */
export interface World extends Irps, Memory, Events, Sockets, Descriptors, Calls {
  readonly stub: Stubs;
}

/** A client. It must do the same whenever it is answered the same: no clock, no chance. */
export type Program = (world: World) => void;

/** A world, and what rules it. */
export interface Made {
  readonly world: World;
  readonly core: Core;
  readonly sends: Sends;
}

/** A world, for one run after the other. */
export function makeWorld(): Made {
  const core = new Core();
  const sends = new Sends(core);
  const world: World = {
    ...sends.through(null),
    ...irpsOf(core),
    ...memoryOf(core),
    ...eventsOf(core),
    ...socketsOf(core, sends),
    ...descriptorsOf(core, sends),
    stub: sends.plans.stubs,
  };
  return { world, core, sends };
}
