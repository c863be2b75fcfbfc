/** A page of docs/. */
import type { Code } from "../print/code.js";

/** A page, as Markdown. */
export interface Page {
  readonly path: string;
  readonly body: Code;
}
