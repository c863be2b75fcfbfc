/** Plays cases: each step goes to the peer or to the side that is tried. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Observation } from "./names.js";
import { nameAnswer } from "./names.js";
import type { OtherEnd } from "./peer.js";
import { Peer } from "./peer.js";
import type { Answer, Case, Command, Executor } from "./vocabulary.js";
import { numberOf, parseStep, withOption } from "./vocabulary.js";

/** After so many ms without an answer, a call blocks. `await` takes the answer later. */
const BLOCKS = 1_000;

/** So many ms a side has to tidy up after a case. */
const PATIENCE = 10_000;

/** A side that does not answer any more. */
export class Silence extends Error {
  constructor() {
    super("no answer");
  }
}

/** What was seen of each step of a case. */
export type Seen = readonly Observation[];

/** Plays a case on one side; the peer is on the system's own network where no other is given. */
export async function play(
  example: Case,
  executor: Executor,
  peer: OtherEnd = new Peer(),
): Promise<Seen> {
  const player = new Player(executor, peer);
  try {
    await player.peer.start();
    const seen: Observation[] = [];
    for (const step of example.steps) {
      const observation = nameAnswer(example.calls, await player.step(parseStep(step)));
      seen.push(observation);
      if ("cannot" in observation) break;
    }
    return seen;
  } finally {
    player.peer.stop();
    await player.end();
  }
}

class Player {
  readonly peer: OtherEnd;
  readonly #executor: Executor;
  /** The answer of a call that blocks. */
  #owed: Promise<Answer> | null = null;

  constructor(executor: Executor, peer: OtherEnd) {
    this.peer = peer;
    this.#executor = executor;
  }

  async step(command: Command): Promise<Answer> {
    if (command.verb === "peer") return this.peer.run(command);
    if (command.verb === "pause") {
      await sleep(numberOf(command, "ms", 50));
      return {};
    }
    if (command.verb === "await" && this.#owed === null) return {};
    const asked =
      command.verb === "await" ? this.#owed : this.#executor.run(this.#addressed(command));
    const answer = await Promise.race([asked, sleep(BLOCKS, null)]);
    this.#owed = answer === null ? asked : null;
    return answer ?? { blocks: "yes" };
  }

  async end(): Promise<void> {
    await Promise.race([this.#owed, sleep(PATIENCE, null, { ref: false })]);
    const ended = this.#executor.run({ verb: "end", options: new Map() });
    const late = sleep(PATIENCE, null, { ref: false }).then(() => Promise.reject(new Silence()));
    await Promise.race([ended, late]);
  }

  /** `to=peer` is a port only now. */
  #addressed(command: Command): Command {
    const to = command.options.get("to");
    return to === undefined ? command : withOption(command, "port", String(this.peer.port(to)));
  }
}
