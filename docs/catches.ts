/** The table of rules that only a trace can break, for the guide of `wskit check`. */
import { readFileSync } from "node:fs";

interface Rule {
  readonly id: string;
  readonly says: string;
  readonly seenBy: string;
  readonly aliases?: readonly string[];
  readonly check: { readonly kind: string };
}

interface Call {
  readonly name: string;
  readonly rules: readonly Rule[];
}

const { calls } = JSON.parse(
  readFileSync(new URL("../generated/schema.json", import.meta.url), "utf8"),
) as { readonly calls: readonly Call[] };

interface Row extends Rule {
  readonly calls: string[];
}

/** A rule of several calls is one row, where it says the same of each. */
function rowsOf(): Row[] {
  const rows = new Map<string, Row>();
  for (const { name, rules } of calls) {
    for (const rule of rules) {
      if (rule.seenBy !== "protocol" || rule.check.kind === "none") continue;
      const slug = rule.id.slice(rule.id.indexOf("/") + 1);
      const key = `${slug} ${rule.says}`;
      const row = rows.get(key) ?? { ...rule, id: slug, calls: [] };
      row.calls.push(name);
      rows.set(key, row);
    }
  }
  return [...rows.values()];
}

/** `WskSend, …SendEx`: all calls of a family are its name. */
function callsText(names: readonly string[]): string {
  const family = (prefix: string): boolean => {
    const all = calls.filter(({ name }) => name.startsWith(prefix)).map(({ name }) => name);
    return all.length === names.length && all.every((name) => names.includes(name));
  };
  if (family("Wsk")) return "WSK";
  return family("WSP") ? "SPI" : names.join(", ");
}

const BEGIN = "<!-- made of the schema by npm run docs -->";
const END = "<!-- end -->";

/** The guide with its table. */
export function withCatches(page: string): string {
  const rows = rowsOf().map(({ id, says, calls: names, aliases }) => {
    const known = aliases === undefined ? "" : ` (${aliases.join(", ")})`;
    return `| \`${id}\` | ${says}${known} | ${callsText(names)} |\n`;
  });
  const table = `| rule | what it says | of |\n| --- | --- | --- |\n${rows.join("")}`;
  const [before = ""] = page.split(BEGIN);
  return `${before}${BEGIN}\n\n${table}\n${END}\n`;
}
