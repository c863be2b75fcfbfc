/** Architectures as callers name them. */
import type { Arch } from "./collector.js";
import { ARCHITECTURES } from "./collector.js";
import { describe } from "./describe.js";

/** The architecture itself. Throws RangeError where it is none, which names those that are. */
export function checkedArch(arch: Arch): Arch {
  if (ARCHITECTURES.includes(arch)) return arch;
  throw new RangeError(
    `expected one of the architectures ${ARCHITECTURES.join(", ")}, received ${describe(arch)}`,
  );
}
