/** Formatting is prettier's. It is loaded only when something is formatted. */
import { extname } from "node:path";
import { Fault, messageOf } from "./fault.js";

/** How output is formatted; no configuration of the surrounding project is read. */
export const STYLE = { printWidth: 100, embeddedLanguageFormatting: "off" } as const;

const PARSERS: Readonly<Record<string, string>> = { ".json": "json", ".md": "markdown" };

/** Formats a file by the ending of its path. */
export async function format(path: string, text: string): Promise<string> {
  const prettier = await import("prettier");
  const parser = PARSERS[extname(path)] ?? "typescript";
  try {
    return await prettier.format(text, { ...STYLE, parser });
  } catch (error) {
    throw new Fault(`the generated ${path} cannot be parsed: ${messageOf(error)}`);
  }
}
