/** The notation for schemas of your own, and the definitions that ours are made of. */
export * from "./define.js";
export * from "./define-call.js";
export * from "./vocabulary.js";
export * from "./decisions/headers.js";
export * from "./decisions/wsk-arguments.js";
export * from "./decisions/wsk-operation.js";
export * from "./decisions/wsp.js";
export * from "./facts.js";
export * from "./constants/index.js";
export * from "./pages.js";
export * from "./statuses.js";
export * from "./structs/address.js";
export * from "./structs/irp.js";
export * from "./structs/winsock.js";
export * from "./structs/wsk.js";
export * from "./types.js";
