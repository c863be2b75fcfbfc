/**
 * What rules can see of a run, as one number: runs with the same number are judged alike. What
 * happens to objects that share no operation may come in any order without a rule noticing; so each
 * object and operation has a sum of its own, and only what concerns it goes into that.
 */
import type { Shape, StructShape, TracedCall } from "../support/index.js";
import { isRecord } from "../support/index.js";

/** The sum of an object or operation. */
export interface Sum {
  readonly index: number;
  a: number;
  b: number;
  /** For an object: the operations that it has a part in. */
  readonly operations: Sum[];
  /** What lies in it. */
  readonly inside: Sum[];
}

/** Sums up one run. */
export class Digest {
  /** Sums are used again in the next run: there are thousands of runs, and each has dozens. */
  readonly #sums: Sum[] = [];
  #count = 0;
  readonly #of = new Map<object | number, Sum>();

  /** Begins anew. */
  reset(): void {
    this.#count = 0;
    this.#of.clear();
  }

  /** A new sum, for an operation. */
  sum(): Sum {
    const index = ++this.#count;
    const known = this.#sums[index - 1];
    if (known !== undefined) {
      known.a = known.b = index;
      known.operations.length = known.inside.length = 0;
      return known;
    }
    const sum = { index, a: index, b: index, operations: [], inside: [] };
    this.#sums.push(sum);
    return sum;
  }

  /** The sum of an object. */
  of(object: object | number): Sum {
    let sum = this.#of.get(object);
    if (sum === undefined) {
      sum = this.sum();
      this.#of.set(object, sum);
    }
    return sum;
  }

  /** The sum of an object that was mentioned before. */
  known(object: object): Sum | undefined {
    return this.#of.get(object);
  }

  /** Something happens to an object: it, and all operations with a part in it, take note. */
  happens(sum: Sum, code: number): void {
    mix(sum, code);
    for (const operation of sum.operations) mix(operation, code + sum.index);
  }

  /** The arguments of a call; the objects among them have a part in its operation. */
  args(call: TracedCall, args: readonly unknown[], operation: Sum): void {
    const { params } = call;
    for (let i = 0; i < params.length; i++) {
      const param = params[i];
      if (param !== undefined) this.#value(param.shape, args[i], operation);
    }
  }

  /** The objects of a function that has no contract. */
  others(args: readonly unknown[], operation: Sum): void {
    for (const value of args) {
      if (typeof value === "number") mix(operation, value);
      else if (isRecord(value)) this.#part(value, operation);
    }
  }

  /** The number of the run. */
  get total(): number {
    let a = 0;
    let b = 0;
    for (let i = 0; i < this.#count; i++) {
      const sum = this.#sums[i];
      if (sum === undefined) break;
      a = Math.imul(a ^ sum.a, 0x9e37_79b1) ^ (a >>> 15);
      b = Math.imul(b ^ sum.b, 0x85eb_ca77) ^ (b >>> 13);
    }
    return (a >>> 0) * 0x20_0000 + (b >>> 11);
  }

  /** True where it is new to the operation. */
  #part(object: object, operation: Sum): boolean {
    const sum = this.of(object);
    this.happens(sum, PASSED);
    mix(operation, sum.index);
    if (sum.operations.includes(operation)) return false;
    sum.operations.push(operation);
    return true;
  }

  #value(shape: Shape, value: unknown, operation: Sum): void {
    if (typeof value === "number") return mix(operation, value);
    if (typeof value === "bigint") return mix(operation, Number(value & 0xffff_ffffn));
    if (typeof value !== "object" || value === null) return mix(operation, value ? 1 : 0);
    if (shape.kind === "array") {
      const of = shape.of();
      if (Array.isArray(value)) for (const item of value) this.#struct(of, item, operation);
    } else if (shape.kind === "struct") this.#struct(shape.of(), value, operation);
    else if (shape.kind !== "opaque") this.#part(value, operation);
  }

  #struct(shape: StructShape, value: unknown, operation: Sum): void {
    if (!isRecord(value)) return;
    const { name } = shape;
    // What happens on a socket besides a call is told to its operations one by one.
    if (name === "WSK_SOCKET") return mix(operation, this.of(value).index);
    if (this.#of.has(value) || LASTING.has(name) || shape.next !== undefined) {
      if (!this.#part(value, operation) || name === "IRP") return;
    }
    for (const { name: field, shape: inner } of shape.fields) {
      this.#value(inner, value[field], operation);
    }
  }
}

const PASSED = 1;
const LASTING: ReadonlySet<string> = new Set(["WSK_SOCKET", "IRP", "MDL", "WSAOVERLAPPED"]);

/** Adds a code to a sum, in order. */
export function mix(sum: Sum, code: number): void {
  sum.a = Math.imul((sum.a << 5) ^ (sum.a >>> 27) ^ code, 0x9e37_79b1);
  sum.b = Math.imul(sum.b ^ (code + 0x7f4a_7c15), 0x85eb_ca77) ^ (sum.b >>> 15);
}
