/** What generated arbitraries stand on: the only part of support with fast-check. */
export * from "./breaking.js";
export { constant, record } from "fast-check";
export type { Arbitrary } from "fast-check";
export type { ExampleChanges, ExampleData } from "./data.js";
export * from "./types.js";
export * from "./walk.js";
