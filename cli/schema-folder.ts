/** Commands that read a schema folder: it exists, and its mistakes are reported at their place. */
import { existsSync, statSync } from "node:fs";
import { SchemaError } from "../generator/diagnostics.js";
import { rootOf } from "../generator/pipeline.js";
import { report } from "../generator/report.js";
import { EXIT } from "./exit.js";

/** Does something with a schema folder; what is wrong with the folder becomes exit code 3. */
export async function withSchema(schema: string, work: () => Promise<void>): Promise<void> {
  if (!existsSync(schema) || !statSync(schema).isDirectory()) {
    process.stderr.write(`wskit: there is no schema folder ${schema}; name one with --schema\n`);
    process.exitCode = EXIT.input;
    return;
  }
  try {
    await work();
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    process.stderr.write(await report(error.diagnostics, rootOf(schema)));
    process.exitCode = EXIT.input;
  }
}
