/**
 * Named numbers and GUIDs, by topic. Values collide between contexts, 2 is NODELAY and WAITALL,
 * so each set is a type.
 */
export * from "./address-families.js";
export * from "./ancillary-types.js";
export * from "./guids.js";
export * from "./ioctls.js";
export * from "./irp.js";
export * from "./irql.js";
export * from "./limits.js";
export * from "./mdl.js";
export * from "./message-flags.js";
export * from "./sock-notify.js";
export * from "./socket-options.js";
export * from "./sockets.js";
export * from "./wsa-events.js";
export * from "./wsk-control.js";
export * from "./wsk-flags.js";
export * from "./wsp.js";
