/** Memory as codecs ask it: where they ask, and what it answers, is checked. */
import type { Arch } from "../arch.js";
import { describe } from "../describe.js";
import { isBytes } from "../bytes.js";
import type { Wide } from "../numbers.js";
import { isExact, maxPointer } from "../numbers.js";
import type { Memory, MemoryFault } from "./memory.js";
import { MemoryError } from "./memory.js";

/** The bytes at an address, all that were asked for. Throws the fault as a MemoryError. */
export function bytesAt(memory: Memory, fault: MemoryFault, arch: Arch): Uint8Array {
  const bytes = answerOf(memory, fault, arch);
  if (bytes.length < fault.size) throw tooShort(fault, bytes);
  return bytes;
}

/** The same, but where fewer can be read, those. */
export function answerOf(memory: Memory, fault: MemoryFault, arch: Arch): Uint8Array {
  const { address, size } = fault;
  checkRange(fault, arch);
  let bytes: unknown;
  try {
    bytes = memory.read(address, size);
  } catch (error) {
    throw new MemoryError(fault, "cannot be read", error);
  }
  if (!isBytes(bytes)) {
    throw new MemoryError(fault, `expected a Uint8Array from memory, received ${describe(bytes)}`);
  }
  return bytes.length > size ? bytes.subarray(0, size) : bytes;
}

/** The error of an answer that ends too early. */
export function tooShort(fault: MemoryFault, { length }: Uint8Array): MemoryError {
  return new MemoryError(fault, `only ${length} bytes can be read`);
}

/** Throws a MemoryError where the architecture has no such addresses, so that none wraps. */
export function checkRange(fault: MemoryFault, arch: Arch): void {
  const { address, size } = fault;
  const max = maxPointer(arch);
  if (address >= 0n && address + BigInt(size) <= max + 1n) return;
  const width = max.toString(16).length / 2;
  throw new MemoryError(fault, `expected an address of ${width} bytes, as ${arch} has them`);
}

/** How many elements there are, as callers say it. Throws RangeError. */
export function checkedCount(count: Wide): bigint {
  if (isExact(count, 0n, maxPointer("x64"))) return BigInt(count);
  throw new RangeError(`expected how many elements there are, received ${describe(count)}`);
}

/** An address as callers give it. Throws TypeError where it is no bigint. */
export function checkedAddress(address: bigint): bigint {
  if (typeof address === "bigint") return address;
  throw new TypeError(
    `expected an address as a bigint, for instance 0x1000n, received ${describe(address)}`,
  );
}
