/** The encoders of Markdown: text of a schema stays text, whatever it says. */
import { visible } from "../../support/visible.js";
import { Code, TRUSTED } from "./code.js";

const raw = (text: string): Code => new Code(TRUSTED, [text]);

/** Text inside a paragraph or a cell of a table: no emphasis, link, tag or autolink can begin. */
export function md(text: string): Code {
  const escaped = visible(text.replaceAll("\n", " "))
    .replace(/[\\`*_{}[\]#|~$]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/(https?|www|javascript|data)([:.])/gi, "$1\\$2");
  return raw(escaped);
}

/** Text in the typeface of code. */
export function mdCode(text: string): Code {
  return span(visible(text.replaceAll("\n", " ")));
}

/** The same inside a cell of a table, where a bar would end the cell. */
export function mdCellCode(text: string): Code {
  return span(visible(text.replaceAll("\n", " ")).replaceAll("|", "\\|"));
}

function span(plain: string): Code {
  const longest = Math.max(0, ...[...plain.matchAll(/`+/g)].map((match) => match[0].length));
  const fence = "`".repeat(longest + 1);
  const pad = plain.startsWith("`") || plain.endsWith("`") ? " " : "";
  return raw(`${fence}${pad}${plain}${pad}${fence}`);
}
