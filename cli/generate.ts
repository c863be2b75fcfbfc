/** `wskit generate`: writes the bindings of a schema, or says how the folder differs from them. */
import { createTwoFilesPatch } from "diff";
import type { Generated } from "../generator/pipeline.js";
import { generate, rootOf } from "../generator/pipeline.js";
import { report } from "../generator/report.js";
import type { Difference } from "../generator/write.js";
import { MANIFEST } from "../generator/write.js";
import { EXIT } from "./exit.js";
import { withSchema } from "./schema-folder.js";

/** The options of the command. */
export interface GenerateFlags {
  readonly schema: string;
  readonly out: string;
  readonly support: string;
  readonly check?: true;
}

/** Runs the command; sets the exit code. */
export async function generateCommand(flags: GenerateFlags): Promise<void> {
  const { schema, out, check = false } = flags;
  await withSchema(schema, async () => {
    const result = await generate({ schema, out, check, support: flags.support });
    if (result.warnings.length > 0)
      process.stderr.write(await report(result.warnings, rootOf(schema)));
    if (check) reportCheck(result, out);
    else reportWritten(result, out);
  });
}

const DONE = { missing: "added", changed: "changed", extra: "removed" } as const;

/** How many files there are, and what became of how many; the list of files counts as none. */
function reportWritten({ files, differences }: Generated, out: string): void {
  const changes = differences.filter(({ path }) => path !== MANIFEST);
  const counts = (["missing", "changed", "extra"] as const)
    .map((kind) => [changes.filter((change) => change.kind === kind).length, DONE[kind]] as const)
    .filter(([count]) => count > 0)
    .map(([count, done]) => `${count} ${done}`);
  const done = counts.length === 0 ? "all up to date" : counts.join(", ");
  process.stdout.write(`${out}: ${files.size} files, ${done}\n`);
}

function reportCheck({ files, differences }: Generated, out: string): void {
  if (differences.length === 0) {
    process.stdout.write(`${out}: ${files.size} files, all up to date\n`);
    return;
  }
  for (const difference of differences) process.stdout.write(patchOf(difference, out));
  process.stderr.write(
    `wskit: ${out} is not what the schema says: ${differences.length} files differ. Run "wskit generate".\n`,
  );
  process.exitCode = EXIT.findings;
}

const MAX_PATCH = 60;

function patchOf({ path, kind, old, new: wanted }: Difference, out: string): string {
  const header = `${kind}: ${out}/${path}`;
  const lines = createTwoFilesPatch(
    `${out}/${path}`,
    `${out}/${path}`,
    old,
    wanted,
    "on disk",
    "from the schema",
  ).split("\n");
  const rest = lines.length > MAX_PATCH ? `… ${lines.length - MAX_PATCH} more lines\n` : "";
  return `${header}\n${lines.slice(0, MAX_PATCH).join("\n")}\n${rest}\n`;
}
