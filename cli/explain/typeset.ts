/** Plain text in paragraphs and columns, at the width of the terminal. */

const width = (): number => Math.min(process.stdout.columns ?? 100, 100);

/** A heading with paragraphs below it. */
export function block(heading: string, paragraphs: readonly string[]): string {
  return `${heading}\n${paragraphs.map((text) => `${indent(wrap(text, width() - 2))}\n`).join("")}`;
}

/** Every line two blanks in. */
export const indent = (text: string): string => text.replace(/^(?=.)/gm, "  ");

/** Rows whose last cell is wrapped beside the others. */
export function columns(rows: readonly (readonly string[])[]): string {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count - 1 }, (_, i) =>
    Math.max(...rows.map((row) => row[i]?.length ?? 0)),
  );
  const left = widths.reduce((sum, w) => sum + w + 2, 0);
  return rows
    .map((row) => {
      const cells = widths.map((w, i) => `${(row[i] ?? "").padEnd(w)}  `).join("");
      const [first = "", ...rest] = wrap(row[count - 1] ?? "", width() - left - 2).split("\n");
      return [cells + first, ...rest.map((line) => " ".repeat(left) + line)]
        .map((line) => line.trimEnd())
        .join("\n");
    })
    .join("\n");
}

/** Breaks text at blanks. */
export function wrap(text: string, columnsWide: number): string {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1) ?? "";
    if (line !== "" && line.length + word.length + 1 > Math.max(columnsWide, 20)) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines.join("\n");
}
