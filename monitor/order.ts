/** Whether bytes leave in the order in which they were handed over. */
import { judgeOperation } from "./judging.js";
import type { Operation } from "./operation.js";
import type { Telling } from "./telling.js";
import type { Thing } from "./operation.js";

/** Follows the bytes of each socket. */
export class Order {
  readonly #telling: Telling;
  /** The turn of the latest send whose bytes have left, by socket. */
  readonly #latest = new WeakMap<Thing, number>();

  constructor(telling: Telling) {
    this.#telling = telling;
  }

  /** Bytes of a send have been handed to the transport. */
  sent(line: number, operation: Operation): void {
    const socket = operation.socket?.thing;
    if (socket === undefined) return;
    const { turn, after } = operation;
    const latest = this.#latest.get(socket) ?? 0;
    if (turn >= latest) this.#latest.set(socket, turn);
    else {
      after["data.in-order"] = false;
      judgeOperation(line, operation, this.#telling);
    }
  }
}
