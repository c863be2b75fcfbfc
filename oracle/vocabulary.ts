/**
 * The language of the cases. A step is a line: a verb and `key=value`. The same line goes to the
 * programs under Wine and to the reference runtime; `peer` and `pause` are the player's own.
 */

/** A case: steps that are done in order, on both sides. */
export interface Case {
  /** What is tried, in words; divergences are tied to it. */
  readonly name: string;
  /** Which calls: those of Windows Sockets (WSASend, WSPSend), or those of WSK (WskSend). */
  readonly calls: "winsock" | "wsk";
  readonly steps: readonly string[];
}

/** A step, taken apart. */
export interface Command {
  readonly verb: string;
  readonly options: ReadonlyMap<string, string>;
}

/** What a side tells of a step: numbers as they are, or a word where there is no number. */
export type Answer = Readonly<Record<string, number | string>>;

/** Whoever does the steps of a side. */
export interface Executor {
  run(command: Command): Promise<Answer>;
}

/** Takes a step apart. Throws where it is not `verb key=value …`. */
export function parseStep(step: string): Command {
  const [verb = "", ...rest] = step.split(" ");
  if (!/^[a-z]+$/.test(verb)) throw new Error(`not a step: ${step}`);
  const options = new Map<string, string>();
  for (const option of rest) {
    const [, key, value] = /^([a-z]+)=(\S+)$/.exec(option) ?? [];
    if (key === undefined || value === undefined || options.has(key)) {
      throw new Error(`not an option of a step: ${option} in ${step}`);
    }
    options.set(key, value);
  }
  return { verb, options };
}

/** The line of a command. */
export function formatStep({ verb, options }: Command): string {
  return [verb, ...[...options].map(([key, value]) => `${key}=${value}`)].join(" ");
}

/** The number behind a key of a command. */
export function numberOf({ options }: Command, key: string, otherwise: number): number {
  const text = options.get(key);
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!Number.isInteger(value)) throw new Error(`not a number: ${key}=${text}`);
  return value;
}

/** The command with one more option. */
export function withOption({ verb, options }: Command, key: string, value: string): Command {
  return { verb, options: new Map([...options, [key, value]]) };
}

/** The answer in a line of a program under Wine. Throws where it is not `key=0x…`. */
export function parseAnswer(line: string): Answer {
  const answer: Record<string, number> = {};
  for (const part of line.split(" ")) {
    const [, key, value] = /^(\w+)=(0x[0-9a-f]+)$/.exec(part) ?? [];
    if (key === undefined || value === undefined) throw new Error(`not an answer: ${line}`);
    answer[key] = Number(value);
  }
  return answer;
}
