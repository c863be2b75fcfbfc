/** Finds the pages in a folder, whatever their files are called: by the SHA-256 of pages.ts. */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "../schema/define.js";
import type { Section } from "./outline.js";
import { split } from "./split.js";

/** Pages cannot be read, or are not those that the schema was made from. */
export class InputError extends Error {
  override readonly name = "InputError";
}

/** The sections of each page, by the name of the page. */
export type Pages = ReadonlyMap<string, readonly Section[]>;

/** Reads the pages. Throws InputError that names each page which is missing or was changed. */
export async function readPages(folder: string, pages: readonly Page[]): Promise<Pages> {
  const texts = new Map<string, string>();
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = await readBytes(join(folder, entry.name));
    texts.set(createHash("sha256").update(bytes).digest("hex"), bytes.toString("utf8"));
  }
  const missing = pages.filter((page) => !texts.has(page.sha256));
  if (missing.length > 0) {
    const names = missing.map(({ name, sha256 }) => `  ${name}, SHA-256 ${sha256}`).join("\n");
    throw new InputError(`${folder} lacks these pages, or has others in their place:\n${names}`);
  }
  return new Map(pages.map(({ name, sha256 }) => [name, split(texts.get(sha256) ?? "")]));
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new InputError(`${path} cannot be read`, { cause: error });
  }
}
