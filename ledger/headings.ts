/** The names of sections: what pages call them, in their language and time, and what we do. */

const SECTIONS: Readonly<Record<string, string>> = {
  description: "Description",
  syntax: "Syntax",
  sintaxe: "Syntax",
  prototype: "Syntax",
  parameters: "Parameters",
  parâmetros: "Parameters",
  "return value": "Return value",
  "retornar valor": "Return value",
  returns: "Return value",
  remarks: "Remarks",
  comentários: "Remarks",
  requirements: "Requirements",
  requisitos: "Requirements",
  "see also": "See also",
  "see-also": "See also",
  "confira também": "See also",
};

const ROWS: Readonly<Record<string, string>> = {
  "other status codes": "Other status codes",
  "outros códigos status": "Other status codes",
  "minimum supported client": "Minimum supported client",
  "cliente mínimo com suporte": "Minimum supported client",
  "target platform": "Target platform",
  "plataforma de destino": "Target platform",
  "req.target-type": "Target platform",
  header: "Header",
  cabeçalho: "Header",
  "req.header": "Header",
  version: "Version",
  irql: "IRQL",
  "req.irql": "IRQL",
};

const TABLE_HEADS = new Set([
  "return code description",
  "código de retorno descrição",
  "requirement value",
  "requisito valor",
]);

const at = (table: Readonly<Record<string, string>>, text: string): string | undefined =>
  Object.hasOwn(table, text.toLowerCase()) ? table[text.toLowerCase()] : undefined;

/** The section that a heading begins, if it is one. */
export const sectionOf = (heading: string): string | undefined => at(SECTIONS, heading);

/** The row of a table that has no name in C, if the text is its label. */
export const rowOf = (label: string): string | undefined => at(ROWS, label);

/** True for the heads of a table's columns, copied as one line. */
export const isTableHead = (line: string): boolean => TABLE_HEADS.has(line.toLowerCase());

/** The row whose label a line begins with, and what comes after it. */
export function rowAtStart(line: string): { row: string; rest: string } | undefined {
  const words = line.split(" ");
  for (let n = words.length; n > 0; n -= 1) {
    const row = rowOf(words.slice(0, n).join(" "));
    if (row !== undefined) return { row, rest: words.slice(n).join(" ") };
  }
  return undefined;
}
