/** Architectures. */
import { describe } from "./describe.js";

/** The architectures whose pointer widths differ: x86 has 4 bytes, the others 8. */
export type Arch = "x64" | "x86" | "arm64";

/** All of them. */
export const ARCHITECTURES: readonly Arch[] = ["x64", "x86", "arm64"];

/** The architecture itself. Throws RangeError where it is none, which names those that are. */
export function checkedArch(arch: Arch): Arch {
  if (ARCHITECTURES.includes(arch)) return arch;
  throw new RangeError(
    `expected one of the architectures ${ARCHITECTURES.join(", ")}, received ${describe(arch)}`,
  );
}
