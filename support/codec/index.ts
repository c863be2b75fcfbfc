/** What generated codecs stand on: memory, and how fields of C become values. */
export * from "./fields.js";
export * from "./image.js";
export * from "./memory.js";
export * from "./pointers.js";
export * from "./reading.js";
export type * from "./types.js";
export * from "./writing.js";
