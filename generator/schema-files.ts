/** The files of a schema folder, links followed. */
import type { Dirent } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { basename, join } from "node:path";

/** What was found: files in a fixed order, and links that lead nowhere. */
export interface SchemaFiles {
  readonly files: readonly string[];
  readonly dangling: readonly string[];
}

/** Index files come last, as they only re-export. A file that is linked twice is listed once. */
export async function schemaFiles(folder: string): Promise<SchemaFiles> {
  const search = new Search();
  await search.folder(folder);
  const rank = (path: string): string =>
    basename(path).startsWith("index.") ? `1${path}` : `0${path}`;
  const files = search.files.sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
  return { files, dangling: search.dangling.sort() };
}

class Search {
  readonly files: string[] = [];
  readonly dangling: string[] = [];
  /** Real paths, so that links in circles end. */
  readonly #seen = new Set<string>();

  async folder(path: string): Promise<void> {
    const entries = await readdir(path, { withFileTypes: true });
    // What stands here itself comes before what is linked, and gives its name.
    const isLink = (entry: Dirent): number => (entry.isSymbolicLink() ? 1 : 0);
    for (const entry of entries.sort((a, b) => isLink(a) - isLink(b)))
      await this.#entry(join(path, entry.name));
  }

  async #entry(path: string): Promise<void> {
    const real = await realpath(path).catch(() => undefined);
    if (real === undefined) this.dangling.push(path);
    if (real === undefined || this.#seen.has(real)) return;
    this.#seen.add(real);
    if ((await stat(real)).isDirectory()) await this.folder(path);
    else if (/(?<!\.d)\.(ts|mts|js|mjs)$/.test(path)) this.files.push(path);
  }
}
