/** Reads a page in Markdown, of today's form or of the form with `## -headings` of 2018. */
import { readFrontMatter } from "./front-matter.js";
import { rowOf, sectionOf } from "./headings.js";
import type { Section } from "./outline.js";
import { Outline } from "./outline.js";
import { plain } from "./text.js";

const HEADING = /^(#{1,6}) +(.*)$/;
const ITEM = /^\s*(?:[*+-]|\d+\.) +/;
const FENCE = /^\s*(?:```|~~~)/;

/** True where a text is Markdown: it has a heading of it. */
export const isMarkdown = (text: string): boolean => /^# \S/m.test(text);

/** The sections of a page in Markdown. */
export function readMarkdown(text: string): Section[] {
  const outline = new Outline();
  const reader = new Reader(outline);
  for (const line of readFrontMatter(text, outline)) reader.read(line);
  reader.endBlock();
  return outline.sections();
}

class Reader {
  readonly #outline: Outline;
  /** The lines of the paragraph or list item that is being read. */
  #block: string[] = [];
  #isCode = false;
  /** True from the second row of a table on: the first one has its heads. */
  #isTable = false;

  constructor(outline: Outline) {
    this.#outline = outline;
  }

  read(line: string): void {
    const heading = HEADING.exec(line);
    if (FENCE.test(line)) {
      this.endBlock();
      this.#isCode = !this.#isCode;
    } else if (this.#isCode) this.#outline.addCode(line);
    else if (heading) this.#heading(heading[1]?.length ?? 1, heading[2] ?? "");
    else if (line.startsWith("|")) this.#row(line);
    else if (line.trim() === "") this.endBlock();
    else {
      if (ITEM.test(line)) this.endBlock();
      this.#block.push(line.replace(ITEM, ""));
    }
  }

  endBlock(): void {
    if (this.#block.length > 0) this.#outline.add(this.#block.join(" "));
    this.#block = [];
    this.#isTable = false;
  }

  #heading(level: number, raw: string): void {
    this.endBlock();
    const text = plain(raw).replace(/^-(?:param )?/, "");
    const name = text.replace(/ ?\[[^\]]*\] ?/, "");
    if (level === 1) {
      this.#outline.open("Title");
      this.#outline.add(text);
      this.#outline.open("Description");
    } else if (level === 2) this.#outline.open(sectionOf(text) ?? text);
    else this.#outline.open(...this.#outline.path.slice(0, level - 2), name);
  }

  #row(line: string): void {
    const all = line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map(plain);
    const [label = "", ...cells] = all;
    const isRuler = all.every((cell) => /^:?-+:?$/.test(cell));
    const path = this.#outline.path;
    if (this.#isTable && !isRuler) {
      this.#outline.open(...path, rowOf(label) ?? label);
      for (const cell of cells) this.#outline.add(cell);
      this.#outline.open(...path);
    } else if (!this.#isTable) this.endBlock();
    this.#isTable = true;
  }
}
