/** The head of the page: which trace, what was found, and what was not judged. */
import type { PageData } from "../data.js";
import { byId, make } from "./dom.js";

/** Fills the head. */
export function fillHead({ summary, left }: PageData): void {
  const { file, lines, calls, profile, errors, warnings, notes, suppressed } = summary;
  byId("file", HTMLElement).textContent = file === "-" ? "<stdin>" : file;
  const number = (n: number): string => n.toLocaleString("en");
  byId("seen", HTMLElement).textContent =
    `${number(lines)} lines · ${number(calls)} calls · profile ${profile}`;
  const chips = [
    ["must", errors, errors === 1 ? "error" : "errors"],
    ["should", warnings, warnings === 1 ? "warning" : "warnings"],
    ["note", notes, notes === 1 ? "note" : "notes"],
    ["suppressed", suppressed, "suppressed"],
  ] as const;
  byId("chips", HTMLElement).append(
    ...chips.map(([kind, n, word]) =>
      make("span", n === 0 ? "chip none" : `chip ${kind}`, `${number(n)} ${word}`),
    ),
  );
  const remarks = [...summary.notJudged.map((text) => `Not judged: ${text}`), ...leftOut(left)];
  const box = byId("remarks", HTMLElement);
  box.hidden = remarks.length === 0;
  byId("remarks-title", HTMLElement).textContent =
    remarks.length === 1 ? "1 remark" : `${remarks.length} remarks`;
  byId("remarks-list", HTMLElement).append(...remarks.map((text) => make("li", "", text)));
}

function leftOut({ calls, marks, breaches }: PageData["left"]): string[] {
  const parts = [
    [calls, "calls"],
    [marks, "marks"],
    [breaches, "breaches"],
  ] as const;
  return parts
    .filter(([n]) => n > 0)
    .map(([n, what]) => `${n.toLocaleString("en")} more ${what} are beyond what this page shows.`);
}
