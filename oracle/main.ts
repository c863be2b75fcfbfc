/**
 * `npm run oracle [-- --all] [-- --case text]`: plays the cases under Wine and on the reference
 * runtime, and prints what differs. Exits with 0 where each difference is explained and each
 * explanation is needed, 1 with findings, 4 where Wine or a compiler is missing or fails.
 */
import { parseArgs } from "node:util";
import { CASES } from "./cases/index.js";
import { compare, judge } from "./differ.js";
import { DIVERGENCES } from "./divergences.js";
import { OurProvider } from "./ours/spi.js";
import { OurKernel } from "./ours/wsk.js";
import type { Seen } from "./play.js";
import { play, Silence } from "./play.js";
import { printSeen, printVerdict } from "./report.js";
import type { Case, Executor } from "./vocabulary.js";
import { APT_LINE, EnvironmentError, missingTools, Wine } from "./wine.js";

const EXIT = { done: 0, findings: 1, usage: 2, environment: 4 } as const;

type Executors = Readonly<Record<Case["calls"], Executor>>;

const say = (text: string): void => void process.stdout.write(text);
const complain = (text: string): void => void process.stderr.write(`oracle: ${text}\n`);

/** Plays cases one after the other, so that no peer's work is in the way of another case. */
async function playAll(cases: readonly Case[], executors: Executors): Promise<readonly Seen[]> {
  const seen: Seen[] = [];
  for (const example of cases) {
    try {
      seen.push(await play(example, executors[example.calls]));
    } catch (error) {
      if (!(error instanceof Silence)) throw error;
      throw new EnvironmentError(`no answer after the case "${example.name}"`);
    }
  }
  return seen;
}

async function playUnderWine(cases: readonly Case[]): Promise<readonly Seen[]> {
  const wine = new Wine();
  try {
    const begun = performance.now();
    await wine.start();
    complain(`Wine is up after ${((performance.now() - begun) / 1000).toFixed(1)} s`);
    return await playAll(cases, wine);
  } finally {
    await wine.stop();
  }
}

async function main(flags: { readonly all: boolean; readonly case: string }): Promise<number> {
  const missing = missingTools();
  if (missing.length > 0) {
    complain(`${missing.join(", ")} not found; nothing was installed. Try: ${APT_LINE}`);
    return EXIT.environment;
  }
  const cases = CASES.filter(({ name }) => name.includes(flags.case));
  const started = performance.now();
  const wine = await playUnderWine(cases);
  const between = performance.now();
  const ours = await playAll(cases, { winsock: new OurProvider(), wsk: new OurKernel() });
  const ended = performance.now();
  if (flags.all) cases.forEach((example, i) => say(printSeen(example, wine[i], ours[i])));
  const differences = cases.flatMap((c, i) => compare(c, wine[i] ?? [], ours[i] ?? []));
  const verdict = judge(differences, DIVERGENCES);
  // Some cases alone do not show every divergence.
  const stale = flags.case === "" ? verdict.stale : [];
  say(printVerdict({ ...verdict, stale }));
  const seconds = (from: number, to: number): string => ((to - from) / 1000).toFixed(1);
  say(
    `${cases.length} cases; ${seconds(started, between)} s under Wine, ${seconds(between, ended)} s here\n`,
  );
  const findings = verdict.unexplained.length + stale.length;
  return findings > 0 ? EXIT.findings : EXIT.done;
}

try {
  const { values } = parseArgs({ options: { all: { type: "boolean" }, case: { type: "string" } } });
  process.exitCode = await main({ all: values.all ?? false, case: values.case ?? "" });
} catch (error) {
  if (error instanceof EnvironmentError) {
    complain(error.message);
    process.exitCode = EXIT.environment;
  } else if (error instanceof TypeError && "code" in error) {
    complain(error.message);
    process.exitCode = EXIT.usage;
  } else throw error;
}
