/** The generator as a library: `wskit/generator`. */
export { generate, loadModel, render, rootOf } from "./pipeline.js";
export type { Generated, GenerateOptions } from "./pipeline.js";
export { DIAGNOSTICS } from "./diagnostic-codes.js";
export type { DiagnosticCode } from "./diagnostic-codes.js";
export { SchemaError } from "./diagnostics.js";
export type { Diagnostic, Place } from "./diagnostics.js";
export { report } from "./report.js";
export { OutputError } from "./write.js";
export type { Difference, Files } from "./write.js";
export type * from "./model.js";
