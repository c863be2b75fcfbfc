/** Reads a page that was copied out of a browser: a paragraph, heading or code a line. */
import { isTableHead, rowAtStart, rowOf, sectionOf } from "./headings.js";
import type { Section } from "./outline.js";
import { Outline } from "./outline.js";
import { plain } from "./text.js";

/** `[in] Socket`, `• dwFlags [in]` or `Flags`: the name of a parameter, or of a flag. */
const PARAMETER = /^(?:\[[^\]]+\] )?(\w+)(?: \[[^\]]+\])?$/;
const C_CONSTANT = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;
const C_CODE = /^[A-Z][A-Z0-9_]{4,}$/;
/** The function itself; what stands above is the site's. */
const TITLE = /^(?:PFN_|WSP)\w+ /;
const MAX_WORDS_OF_HEADING = 6;

/** The sections of a copied page. */
export function readCopy(text: string): Section[] {
  const outline = new Outline();
  outline.open("Chrome");
  for (const raw of text.split(/\r?\n/)) {
    const line = plain(raw).replace(/^• ?/, "");
    if (line === "" || isTableHead(line)) continue;
    const section = sectionOf(line);
    if (section !== undefined) outline.open(section);
    else if (outline.top === "Chrome" && TITLE.test(line)) readTitle(outline, line);
    else readLine(outline, line);
  }
  return outline.sections();
}

function readTitle(outline: Outline, line: string): void {
  outline.open("Title");
  outline.add(line);
  outline.open("Description");
}

function readLine(outline: Outline, line: string): void {
  switch (outline.top) {
    case "Syntax":
      return outline.addCode(line);
    case "Parameters":
      return readParameter(outline, line);
    case "Return value":
      return readCode(outline, line);
    case "Requirements":
      return readRequirement(outline, line);
    case "Remarks":
      return readRemark(outline, line);
    default:
      return outline.add(line);
  }
}

function readParameter(outline: Outline, line: string): void {
  const name = PARAMETER.exec(line)?.[1];
  if (name === undefined) outline.add(line);
  else if (C_CONSTANT.test(name)) outline.open(...outline.path.slice(0, 2), name);
  else outline.open("Parameters", name);
}

/** A paragraph that ends with a colon announces the next table, so it is in none. */
function readCode(outline: Outline, line: string): void {
  const row = C_CODE.test(line) ? line : rowOf(line);
  if (row !== undefined) return outline.open("Return value", row);
  if (line.endsWith(":")) outline.open("Return value");
  outline.add(line);
}

function readRequirement(outline: Outline, line: string): void {
  const found = rowAtStart(line);
  if (found !== undefined) outline.open("Requirements", found.row);
  outline.add(found?.rest ?? line);
}

function readRemark(outline: Outline, line: string): void {
  const isHeading = !/[.:;!?]$/.test(line) && line.split(" ").length <= MAX_WORDS_OF_HEADING;
  if (isHeading) outline.open("Remarks", line);
  else outline.add(line);
}
