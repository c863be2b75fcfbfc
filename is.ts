/**
 * wskit/is: a boolean for each call and nothing else: no issues, no text. Built as one small file
 * that shares nothing with other entries, for where a start must be quickest.
 */
export * from "./generated/is.js";
