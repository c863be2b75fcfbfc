/** Counts what is met on the way through one value, which may share its parts or hold itself. */
import { MAX_DEPTH, MAX_STRUCTS } from "./limits.js";

/** A walk through one value: how much may still be met, and how much deeper it may go. */
export class Walk {
  /** So many structs and elements may still be met; less than 0 after one too many. */
  left: number = MAX_STRUCTS;
  /** What was left when it was last known that nothing is met again. */
  kept: number = MAX_STRUCTS;
  /** So many structs may still be in each other; less than 0 after one too many. */
  deeper: number = MAX_DEPTH;

  /** True where one more struct, or element that is none, may be looked at. */
  meets(): boolean {
    return this.left-- > 0;
  }

  /** True where a struct that may hold itself may be gone into; whoever does, comes out again. */
  enters(): boolean {
    return this.deeper-- > 0;
  }

  /** Out of such a struct. */
  leaves(): void {
    this.deeper++;
  }
}
