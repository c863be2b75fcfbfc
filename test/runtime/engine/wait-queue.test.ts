/** The queue of requests that wait, against a list that says what it has to be. */
import { expect, test } from "vitest";
import type { Chunks } from "../../../runtime/engine/transmission.js";
import { Transmission } from "../../../runtime/engine/transmission.js";
import { WaitQueue } from "../../../runtime/engine/wait-queue.js";
import type { Failure } from "../../../runtime/network/failure.js";
import { CANCELLED, RESET } from "../../../runtime/network/failure.js";

class Request extends Transmission {
  readonly ends: (Failure | null)[] = [];
  override onePiece(): null {
    return null;
  }
  override gather(_chunks: Chunks): boolean {
    return true;
  }
  override settle(failure: Failure | null): void {
    this.ends.push(failure);
  }
}

test("any order of adding, taking and cancelling keeps the queue in order, and ends each once", () => {
  let seed = 7;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return (seed >>> 8) % below;
  };
  for (let run = 0; run < 300; run++) {
    const withdrawn: Request[] = [];
    const queue = new WaitQueue<Request>((request) => withdrawn.push(request));
    const model: Request[] = [];
    const gone: Request[] = [];
    for (let step = 0; step < 40; step++) {
      const choice = random(4);
      if (choice < 2) {
        const request = new Request();
        queue.add(request, request);
        model.push(request);
      } else if (choice === 2) {
        expect(queue.shift()).toBe(model.shift());
      } else if (model.length > 0) {
        const [request] = model.splice(random(model.length), 1) as [Request];
        expect(queue.cancel(request)).toBe(true);
        expect(queue.cancel(request)).toBe(false);
        gone.push(request);
      }
      expect([queue.length, queue.first]).toEqual([model.length, model[0]]);
    }
    queue.fail(RESET);
    expect(queue.length).toBe(0);
    for (const request of model) expect(request.ends).toEqual([RESET]);
    for (const request of gone) expect(request.ends).toEqual([CANCELLED]);
    expect(withdrawn).toEqual(gone);
  }
});

test("one that throws stops no other, and those that ask again are not told twice", () => {
  const queue = new WaitQueue<Request>();
  const order: string[] = [];
  for (const name of ["a", "b"]) {
    const request = new Request();
    request.settle = () => {
      order.push(name);
      const again = new Request();
      again.settle = () => void order.push(`again ${name}`);
      if (order.length < 3) queue.add(again, again);
    };
    queue.add(request, request);
  }
  queue.fail(RESET);
  expect(order).toEqual(["a", "b", "again a", "again b"]);
});
