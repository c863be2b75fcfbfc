/** What generated code stands on. It imports nothing but itself. */
export * from "./arch.js";
export * from "./cmsg.js";
export * from "./collector.js";
export * from "./describe.js";
export * from "./facts.js";
export * from "./flavor.js";
export * from "./issue.js";
export * from "./layout.js";
export * from "./limits.js";
export * from "./memory.js";
export * from "./numbers.js";
export * from "./outcomes.js";
export * from "./sockaddr.js";
export * from "./stub.js";
export * from "./visible.js";
export * from "./watch.js";
