/** Formatting is prettier's. It is loaded only when something is formatted. */
import { Fault, messageOf } from "./fault.js";

/** How output is formatted; no configuration of the surrounding project is read. */
export const STYLE = { printWidth: 100, embeddedLanguageFormatting: "off" } as const;

/** Formats a file by the ending of its path. */
export async function format(path: string, text: string): Promise<string> {
  const prettier = await import("prettier");
  const parser = path.endsWith(".json") ? "json" : "typescript";
  try {
    return await prettier.format(text, { ...STYLE, parser });
  } catch (error) {
    throw new Fault(`the generated ${path} cannot be parsed: ${messageOf(error)}`);
  }
}
