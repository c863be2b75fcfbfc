/** Memory as codecs ask it: what it answers is bytes, or a MemoryError. */
import { describe } from "../describe.js";
import { isBytes } from "../memory.js";
import type { Memory, MemoryFault } from "./memory.js";
import { MemoryError } from "./memory.js";

/** The bytes at an address, all that were asked for. Throws the fault as a MemoryError. */
export function bytesAt(memory: Memory, fault: MemoryFault): Uint8Array {
  const bytes = answerOf(memory, fault);
  if (bytes.length < fault.size) throw tooShort(fault, bytes);
  return bytes;
}

/** The same, but where fewer can be read, those. */
export function answerOf(memory: Memory, fault: MemoryFault): Uint8Array {
  const { address, size } = fault;
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
