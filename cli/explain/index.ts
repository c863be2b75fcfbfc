/** `wskit explain`: what the contract says of a name. */
import { EXIT } from "../exit.js";
import type { Contract } from "./contract.js";
import { ownContract } from "./contract.js";
import { lookUp, subjectsOf } from "./find.js";
import { textOf } from "./text.js";

/** The options of the command. */
export interface ExplainFlags {
  readonly schema?: string;
  readonly json?: true;
}

/** Runs the command; sets the exit code. */
export async function explainCommand(name: string, flags: ExplainFlags): Promise<void> {
  const { schema, json = false } = flags;
  if (schema === undefined) return tell(name, ownContract(), json);
  const { withSchema } = await import("../schema-folder.js");
  return withSchema(schema, async () => tell(name, await contractOf(schema), json));
}

function tell(name: string, contract: Contract, json: boolean): void {
  const subjects = subjectsOf(contract);
  const found = lookUp(name, subjects, contract);
  if ("near" in found) {
    const { near } = found;
    const hint = near.length === 0 ? "" : `; did you mean ${near.join(", ")}?`;
    process.stderr.write(`wskit: the contract has nothing called ${JSON.stringify(name)}${hint}\n`);
    process.exitCode = EXIT.usage;
    return;
  }
  const { subject } = found;
  process.stdout.write(json ? `${JSON.stringify(subject, null, 2)}\n` : textOf(subject, contract));
}

/** The contract of a schema folder, made as `generate` makes its schema.json. */
async function contractOf(schema: string): Promise<Contract> {
  const { schemaJson } = await import("../../generator/pipeline.js");
  return JSON.parse(await schemaJson(schema)) as Contract;
}
