/** A page taken apart: its sentences by section, in the order of the page. */
import { plain, sentencesOf } from "./text.js";

/** A section of a page; its sentences count from 1. */
export interface Section {
  readonly name: string;
  /** Plain, in the case of the page. */
  readonly sentences: readonly string[];
}

/** Gathers the sentences of a page while it is read. */
export class Outline {
  readonly #sections = new Map<string, string[]>();
  #path: readonly string[] = [];

  /** The section that is open, by its parts. */
  get path(): readonly string[] {
    return this.#path;
  }

  /** The section that is open, or the one above it. */
  get top(): string {
    return this.#path[0] ?? "";
  }

  /** What comes next belongs to this section; one that was closed before is continued. */
  open(...path: readonly string[]): void {
    this.#path = path;
  }

  /** Adds the sentences of a paragraph to the open section. */
  add(paragraph: string): void {
    this.#list(this.#path).push(...sentencesOf(paragraph));
  }

  /** Adds one line of code, without the brackets and commas around it. */
  addCode(line: string): void {
    const code = plain(line).replace(/[\s,;(){}]+$/, "");
    if (/\w/.test(code)) this.#list(this.#path).push(code);
  }

  /** The sections that have sentences. */
  sections(): Section[] {
    return [...this.#sections]
      .filter(([, sentences]) => sentences.length > 0)
      .map(([name, sentences]) => ({ name, sentences }));
  }

  #list(path: readonly string[]): string[] {
    const name = path.join("/");
    const list = this.#sections.get(name) ?? [];
    this.#sections.set(name, list);
    return list;
  }
}
