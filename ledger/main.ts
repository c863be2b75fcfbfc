/**
 * `npm run verify:pages -- <folder>`: holds the pages in a folder against their ledgers, and the
 * ledgers against the citations of the schema. Exits with 0 where every sentence is accounted
 * for, 1 with findings, 3 where pages are missing or changed, 4 where the folder is.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Command, CommanderError } from "commander";
import { EXIT, fail } from "../cli/exit.js";
import { SchemaError } from "../generator/diagnostics.js";
import { account } from "./account.js";
import {
  findChanged, findCollisions, findLoose, findLost, findMisfits, findTwice,
} from "./findings.js"; // prettier-ignore
import type { Pages } from "./folder.js";
import { InputError, readPages } from "./folder.js";
import { printCounts, printFindings } from "./report.js";
import type { Loaded } from "./schema.js";
import { LEDGERS, loadSchema } from "./schema.js";
import { lostReasons, printLedger, renew } from "./update.js";

interface Flags {
  readonly update?: true;
  readonly show?: true;
}

const program = new Command("verify:pages")
  .description("hold the pages in a folder against their ledgers and the schema's citations")
  .argument("<folder>", "the folder with the pages; their SHA-256 is in schema/pages.ts")
  .option("--update", "write the ledgers anew from the pages; reasons are kept")
  .option("--show", "print the sentences that findings are about")
  .exitOverride()
  .action(async (folder: string, flags: Flags) => {
    const schema = await loadSchema();
    const pages = await readPages(folder, schema.pages);
    if (flags.update) await update(schema, pages);
    else verify(schema, pages, flags.show ? pages : undefined);
  });

function verify({ ledgers, ties, pages: list }: Loaded, pages: Pages, show?: Pages): void {
  const accounts = account(ledgers, ties);
  const findings = [
    ...findMisfits(ledgers, list),
    ...findChanged(ledgers, pages),
    ...findCollisions(pages),
    ...findLost(ledgers, ties),
    ...findTwice(accounts),
    ...findLoose(accounts),
  ];
  process.stdout.write(printFindings(findings, show) + printCounts(accounts));
  if (findings.length > 0) process.stderr.write(`verify:pages: ${findings.length} findings\n`);
  process.exitCode = findings.length > 0 ? EXIT.findings : EXIT.done;
}

async function update({ ledgers }: Loaded, pages: Pages): Promise<void> {
  await mkdir(LEDGERS, { recursive: true });
  for (const [page, sections] of pages) {
    const old = ledgers.find((ledger) => ledger.page === page);
    const renewed = renew(page, sections, old);
    await writeFile(join(LEDGERS, `${page}.ts`), await printLedger(renewed));
    const lost = lostReasons(old, renewed);
    const count = Object.values(renewed.sections).flat().length;
    process.stdout.write(
      `${page}: ${count} sentences${lost > 0 ? `, ${lost} reasons lost` : ""}\n`,
    );
  }
}

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError)
    process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
  else if (error instanceof InputError || error instanceof SchemaError) {
    process.stderr.write(`verify:pages: ${error.message}\n`);
    process.exitCode = EXIT.input;
  } else process.exitCode = await fail(error);
}
