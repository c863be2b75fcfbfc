/**
 * `npm run oracle`: plays the cases under Wine and on the reference runtime, and prints what
 * differs. `-- --all` prints all that was seen, `--case text` plays the cases with that text in
 * their names, `--record` writes what Wine did, `--recorded` takes that instead of Wine.
 * Exits with 0 where each difference is explained and each explanation is needed, 1 with findings,
 * 4 where Wine or a compiler is missing or fails.
 */
import { parseArgs } from "node:util";
import { CASES } from "./cases/index.js";
import { compare, judge } from "./differ.js";
import { DIVERGENCES } from "./divergences/index.js";
import { OurProvider } from "./ours/spi.js";
import { OurKernel } from "./ours/wsk.js";
import type { Seen } from "./play.js";
import { play, Silence } from "./play.js";
import { readRecord, RecordError, writeRecord } from "./record.js";
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

interface Flags {
  readonly all: boolean;
  readonly record: boolean;
  readonly recorded: boolean;
  readonly case: string;
}

/** What Wine does, now or when it was recorded. */
async function seeWine(cases: readonly Case[], flags: Flags): Promise<readonly Seen[] | null> {
  if (flags.recorded) return readRecord(cases);
  const missing = missingTools();
  if (missing.length === 0) return playUnderWine(cases);
  complain(`${missing.join(", ")} not found; nothing was installed. Try: ${APT_LINE}`);
  complain("or, against what Wine did when it was recorded: npm run oracle -- --recorded");
  return null;
}

async function main(flags: Flags): Promise<number> {
  const cases = CASES.filter(({ name }) => name.includes(flags.case));
  const wine = await seeWine(cases, flags);
  if (wine === null) return EXIT.environment;
  if (flags.record && flags.case === "") writeRecord(cases, wine);
  const ours = await playAll(cases, { winsock: new OurProvider(), wsk: new OurKernel() });
  if (flags.all) cases.forEach((example, i) => say(printSeen(example, wine[i], ours[i])));
  const differences = cases.flatMap((c, i) => compare(c, wine[i] ?? [], ours[i] ?? []));
  const verdict = judge(differences, DIVERGENCES);
  // Some cases alone do not show every divergence.
  const stale = flags.case === "" ? verdict.stale : [];
  say(printVerdict({ ...verdict, stale }));
  const findings = verdict.unexplained.length + stale.length;
  say(`${cases.length} cases, ${differences.length} differences, ${findings} findings\n`);
  return findings > 0 ? EXIT.findings : EXIT.done;
}

try {
  const flag = { type: "boolean", default: false } as const;
  const text = { type: "string", default: "" } as const;
  const { values } = parseArgs({
    options: { all: flag, record: flag, recorded: flag, case: text },
  });
  process.exitCode = await main(values);
} catch (error) {
  if (error instanceof EnvironmentError) {
    complain(error.message);
    process.exitCode = EXIT.environment;
  } else if (error instanceof RecordError) {
    complain(error.message);
    process.exitCode = EXIT.findings;
  } else if (error instanceof TypeError && "code" in error) {
    complain(error.message);
    process.exitCode = EXIT.usage;
  } else throw error;
}
