/** Bundles what the page of a report is made of into a module, which is committed: `npm run page`. */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";

const MODULE = new URL("../report/html/page-assets.ts", import.meta.url);
const FOLDER = new URL("../report/html/page/", import.meta.url);

/** The text of report/html/page-assets.ts: the page's script, style and elements. */
export async function pageModule(): Promise<string> {
  const made = await build({
    entryPoints: [fileURLToPath(new URL("main.ts", FOLDER))],
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    charset: "ascii",
    write: false,
    logLevel: "warning",
  });
  const css = readFileSync(new URL("page.css", FOLDER), "utf8");
  const style = await transform(css, { loader: "css", minify: true });
  const html = readFileSync(new URL("page.html", FOLDER), "utf8").replace(/^ +/gm, "");
  return [
    "/** What the page is made of, bundled from report/html/page by `npm run page`. Never edited. */",
    constant("PAGE_SCRIPT", "The script.", made.outputFiles[0]?.text ?? ""),
    constant("PAGE_STYLE", "The style sheet.", style.code),
    constant("PAGE_BODY", "The elements, which the script fills.", html),
    "",
  ].join("\n");
}

/** A constant on one line; the mark behind it tells the house that no line of it is written. */
const constant = (name: string, doc: string, text: string): string =>
  `\n/** ${doc} */\nexport const ${name} = ${JSON.stringify(text.trim())}; // \`generated\``;

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(MODULE, await pageModule());
