/**
 * wskit/testing: what tests of programs want: arbitraries for fast-check, and `explore`, which runs
 * a client against every behaviour that the contracts document. Without fast-check, `explore` is to
 * be had from wskit/explore.
 */
export * from "./explore/index.js";
export * from "./generated/testing/index.js";
