/** `wskit frida`: a script that records the sends of a process, made of the schema. */
import { fridaScript } from "../trace/frida/script.js";
import { hookNames } from "../trace/frida/hooks.js";
import { perhaps } from "../support/suggest.js";
import { EXIT } from "./exit.js";
import { ownContract } from "./explain/contract.js";

/** The options of the command. */
export interface FridaFlags {
  readonly functions?: string;
}

/** Runs the command; sets the exit code. */
export function fridaCommand({ functions }: FridaFlags): void {
  const { calls, constants } = ownContract();
  const known = hookNames(calls);
  const wanted = functions?.split(",").map((name) => name.trim()) ?? known;
  const unknown = wanted.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const expected = `expected some of ${known.join(", ")}`;
    const received = `${JSON.stringify(unknown)}${perhaps(unknown, known)}`;
    process.stderr.write(`wskit: --functions: ${expected}; received ${received}\n`);
    process.exitCode = EXIT.usage;
    return;
  }
  const set = constants.find(({ name }) => name === "MSG_FLAGS");
  const flags = Object.entries(set?.values ?? {}).map(([name, { value }]) => [name, Number(value)]);
  process.stdout.write(fridaScript({ calls, flags: Object.fromEntries(flags), functions: wanted }));
}
