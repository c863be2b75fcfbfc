/** Whether bytes leave in the order in which they were handed over. */
import { judgeOperation } from "./judging.js";
import type { Operation } from "./operation.js";
import type { Telling } from "./telling.js";
import type { Thing } from "./thing.js";

/** Follows the bytes of each socket. */
export class Order {
  readonly #telling: Telling;
  /** The turn of the latest send whose bytes have left, by socket. */
  readonly #latest = new WeakMap<Thing, number>();

  /** Sends that are not over, by the id of their call. */
  readonly #open = new Map<string | number, Operation>();

  constructor(telling: Telling) {
    this.#telling = telling;
  }

  /** A send has begun. */
  begin(operation: Operation): void {
    this.#open.set(operation.id, operation);
  }

  /** A send may be over. */
  end(operation: Operation): void {
    if (operation.isOver && this.#open.get(operation.id) === operation) {
      this.#open.delete(operation.id);
    }
  }

  /** Bytes of a send have been handed to the transport. */
  sent(line: number, id: string | number): void {
    const operation = this.#open.get(id);
    const socket = operation?.socket?.thing;
    if (operation === undefined || socket === undefined) return;
    const { turn, after } = operation;
    const latest = this.#latest.get(socket) ?? 0;
    if (turn >= latest) this.#latest.set(socket, turn);
    else {
      after["data.in-order"] = false;
      judgeOperation(line, operation, this.#telling);
    }
  }
}
