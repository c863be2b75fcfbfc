/** What generated code stands on. It imports nothing but itself. */
export * from "./cmsg.js";
export * from "./collector.js";
export * from "./describe.js";
export * from "./flavor.js";
export * from "./format-issues.js";
export * from "./issue.js";
export * from "./json.js";
export * from "./layout.js";
export * from "./limits.js";
export * from "./memory.js";
export * from "./numbers.js";
export * from "./outcomes.js";
export * from "./sockaddr.js";
export * from "./standard.js";
export * from "./stub.js";
export * from "./visible.js";
export * from "./watch.js";
