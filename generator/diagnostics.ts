/** What the generator has to say to the author of a schema: mistakes with their places. */
import type { DiagnosticCode, Entry, Words } from "./diagnostic-codes.js";
import { DIAGNOSTICS } from "./diagnostic-codes.js";

/** Where in the data a mistake is: an export of a file, then keys and indices. */
export interface Place {
  readonly file: string;
  readonly export: string;
  readonly path: readonly (string | number)[];
  /** True where the key itself is wrong, not the value behind it. */
  readonly atKey?: boolean;
  /** The offset inside the text that stands there. */
  readonly offset?: number;
  /** Line and column, where they are known without a path. */
  readonly at?: { readonly line: number; readonly column: number };
}

/** A place in a file; lines and columns count from 1. */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A mistake in a schema. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly hint: string;
  readonly place: Place;
}

/** A diagnostic whose place was found in its file. */
export interface LocatedDiagnostic extends Diagnostic {
  readonly location: Location;
}

/** Gathers diagnostics, so that an author sees all mistakes at once. */
export class Diagnostics {
  readonly all: Diagnostic[] = [];

  /** Adds a mistake. */
  report(code: DiagnosticCode, place: Place, words: Words = {}): void {
    const entry: Entry = DIAGNOSTICS[code];
    const message = entry.message({ other: "", ...words });
    this.all.push({ code, severity: entry.severity, message, hint: entry.hint, place });
  }

  /** True where nothing may be emitted. */
  get failed(): boolean {
    return this.all.some((diagnostic) => diagnostic.severity === "error");
  }
}

/** The schema has mistakes; nothing was written. */
export class SchemaError extends Error {
  override readonly name = "SchemaError";
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(
      diagnostics
        .map(({ place, message, code }) => `${place.file}: ${message} [${code}]`)
        .join("\n"),
    );
    this.diagnostics = diagnostics;
  }
}
