/** Networks that need no system: one in memory, and one that carries nothing. */
export type { Path, Target } from "./faults.js";
export { memoryNetwork } from "./memory-network.js";
export type { MemoryNetwork } from "./memory-network.js";
export { nullNetwork } from "./null-network.js";
export type { Delay, MemoryOptions } from "./options.js";
