/** Records that nobody thought of, from a seed: what the engine says of them, a compiler judges. */
import type { MemberSpec, RecordSpec, ScalarSpec } from "../../generator/layout/spec.js";

/** Numbers from a seed (xorshift), so that a failure can be repeated. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = (seed * 2_654_435_761) >>> 0 || 1;
  }

  /** A whole number below `n`. */
  roll(n: number): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    this.#state >>>= 0;
    return this.#state % n;
  }

  /** True once in `n` rolls. */
  once(n: number): boolean {
    return this.roll(n) === 0;
  }

  /** One of a list. */
  pick<T>(list: readonly [T, ...T[]]): T {
    return list[this.roll(list.length)] ?? list[0];
  }
}

/** A record of random members, nested at most `depth` deep. */
export function randomRecord(dice: Dice, name: string, depth: number, pointer: number): RecordSpec {
  const kind = dice.once(4) ? "union" : "struct";
  const count = dice.once(12) ? 0 : 1 + dice.roll(6);
  const members = Array.from({ length: count }, (_, i) => {
    const isLast = i === count - 1 && i > 0 && kind === "struct" && name.startsWith("r");
    return randomMember(dice, { name: `${name}m${i}`, depth, pointer, isLast });
  });
  const pack = dice.once(3) ? dice.pick([1, 2, 4, 8, 16]) : 0;
  const align = dice.once(6) ? dice.pick([1, 2, 4, 8, 16, 32]) : 0;
  return { kind, name: name.startsWith("r") ? name : "", members, pack, align };
}

function randomMember(
  dice: Dice,
  on: { name: string; depth: number; pointer: number; isLast: boolean },
): MemberSpec {
  const align = dice.once(6) ? dice.pick([1, 2, 4, 8, 16]) : 0;
  const { name, depth, pointer } = on;
  if (depth > 0 && dice.once(4)) {
    const type = randomRecord(dice, `${name.replace(/^r/, "n")}_`, depth - 1, pointer);
    const isAnonymous = dice.once(3);
    const dims = !isAnonymous && dice.once(4) ? [1 + dice.roll(3)] : [];
    if (isAnonymous) return { name: "", type, dims, bits: undefined, align: 0 };
    return { name, type, dims, bits: undefined, align };
  }
  const type = randomScalar(dice, pointer);
  if (type.as !== "pointer" && dice.once(2)) {
    const bits = dice.once(6) ? 0 : 1 + dice.roll(type.size * 8);
    return { name: bits === 0 || dice.once(8) ? "" : name, type, dims: [], bits, align };
  }
  if (on.isLast && dice.once(5)) return { name, type, dims: [0], bits: undefined, align };
  const dims = dice.once(4) ? Array.from({ length: 1 + dice.roll(2) }, () => 1 + dice.roll(4)) : [];
  return { name, type, dims, bits: undefined, align };
}

function randomScalar(dice: Dice, pointer: number): ScalarSpec {
  if (dice.once(6)) return { kind: "scalar", name: "PVOID", size: pointer, as: "pointer" };
  const size = dice.pick([1, 2, 4, 8]);
  return { kind: "scalar", name: `I${size}`, size, as: dice.pick(["signed", "unsigned"]) };
}
