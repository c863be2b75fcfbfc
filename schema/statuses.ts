/** Status and error codes. */
export * from "./statuses/ntstatus.js";
export * from "./statuses/wsa.js";
