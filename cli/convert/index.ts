/** `wskit convert`: a recording of another tool as a trace. */
import { chunksOf } from "../../trace/input.js";
import type { SourceName } from "../../trace/convert/index.js";
import { convert, isSourceName, SOURCE_NAMES } from "../../trace/convert/index.js";
import { formatEvent } from "../../trace/write.js";
import { EXIT } from "../exit.js";
import { collision, outputTo } from "../output.js";

/** The options of the command. */
export interface ConvertFlags {
  readonly from?: string;
  readonly out?: string;
  readonly lenient?: true;
}

/** Runs the command; sets the exit code. */
export async function convertCommand(input: string, flags: ConvertFlags): Promise<void> {
  const { from, out } = flags;
  const wrong = collision(input, [["--out", out]]);
  if (wrong !== undefined) {
    process.stderr.write(`wskit: ${wrong}\n`);
    process.exitCode = EXIT.usage;
    return;
  }
  if (from === undefined || isSourceName(from)) return convertAs(input, from, flags);
  const kinds = SOURCE_NAMES.join(", ");
  process.stderr.write(
    `wskit: --from: expected one of ${kinds}, received ${JSON.stringify(from)}\n`,
  );
  process.exitCode = EXIT.usage;
}

async function convertAs(
  input: string,
  from: SourceName | undefined,
  { out, lenient }: ConvertFlags,
): Promise<void> {
  const name = input === "-" ? "stdin" : input;
  let count = 0;
  const skipped = (): void => {
    count++;
  };
  const options = { name, from, ...(lenient === true ? { skipped } : {}) };
  const output = outputTo(out);
  try {
    for await (const events of convert(chunksOf(input), options)) {
      const text = events.map((event) => `${formatEvent(event)}\n`).join("");
      if (text !== "" && !(await output.write(text))) return;
    }
    await output.done();
  } catch (error) {
    await output.undo();
    throw error;
  }
  if (count > 0) process.stderr.write(`wskit: ${name}: ${linesOf(count)} skipped\n`);
}

const linesOf = (count: number): string => (count === 1 ? "1 line was" : `${count} lines were`);
