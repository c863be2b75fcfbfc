/** `wskit check`: judges a recorded trace. */
import { BadTrace } from "../../monitor/bad-trace.js";
import type { Breach } from "../../monitor/breach.js";
import { Monitor } from "../../monitor/monitor.js";
import type { MonitorOptions } from "../../monitor/monitor.js";
import { reportFor, traceReportFor } from "../../report/index.js";
import type { Report, Summary } from "../../report/report.js";
import type { TraceEvent } from "../../trace/format.js";
import { chunksOf, InputError } from "../../trace/input.js";
import { readTrace } from "../../trace/read.js";
import { EXIT } from "../exit.js";
import { collision, outputTo } from "../output.js";
import type { Output } from "../output.js";
import type { CheckFlags, Wanted } from "./flags.js";
import { wantedBy } from "./flags.js";
import { progressOf } from "./progress.js";

/** Runs the command; sets the exit code. */
export async function checkCommand(file: string, flags: CheckFlags): Promise<void> {
  const wanted = wantedBy(flags);
  const { out, html } = flags;
  const wrong =
    typeof wanted === "string"
      ? wanted
      : collision(file, [
          ["--out", out],
          ["--html", html],
        ]);
  if (wrong !== undefined || typeof wanted === "string") {
    process.stderr.write(`wskit: ${wrong}\n`);
    process.exitCode = EXIT.usage;
    return;
  }
  const run = new Run(file, wanted);
  try {
    await run.read();
  } catch (error) {
    await run.undo();
    throw error;
  }
}

/** A report, where it goes, and what is still to be written of it. */
interface Target {
  readonly report: Report & { see?(line: number, event: TraceEvent): string };
  readonly output: Output;
  text: string;
}

/** One run over a trace. */
class Run {
  readonly #file: string;
  readonly #name: string;
  readonly #wanted: Wanted;
  readonly #counts = { must: 0, should: 0, note: 0 };
  readonly #targets: Target[] = [];
  #suppressed = 0;
  #monitor: Monitor | null = null;
  #profile = "";

  constructor(file: string, wanted: Wanted) {
    this.#file = file;
    this.#name = file === "-" ? "stdin" : file;
    this.#wanted = wanted;
  }

  /** Reads the trace to its end, and writes the reports. */
  async read(): Promise<void> {
    await this.#open();
    const progress = progressOf(this.#name);
    const name = this.#name;
    const lines = await readTrace(chunksOf(this.#file), {
      name,
      see: (line, event) => this.#see(line, event),
      pause: async (line) => {
        progress.at(line);
        await this.#flush();
      },
    });
    progress.done();
    this.#monitorFor(null).end(lines);
    const summary = this.#summary(lines);
    for (const target of this.#targets) target.text += target.report.end(summary);
    await this.#flush();
    for (const { output } of this.#targets) await output.done();
    const { errors, warnings } = summary;
    process.exitCode = errors + warnings > 0 ? EXIT.findings : EXIT.done;
  }

  /** Leaves nothing of what was written. */
  async undo(): Promise<void> {
    for (const { output } of this.#targets) await output.undo();
  }

  async #open(): Promise<void> {
    const { format, html, out } = this.#wanted;
    const output = outputTo(out);
    const options = { file: this.#file, colour: this.#wanted.hasColour && out === undefined };
    const report =
      format === "perfetto"
        ? await traceReportFor(format, options)
        : await reportFor(format, options);
    this.#targets.push({ report, output, text: "" });
    if (html === undefined) return;
    const page = await traceReportFor("html", options);
    this.#targets.push({ report: page, output: outputTo(html), text: "" });
  }

  #see(line: number, event: TraceEvent): void {
    for (const target of this.#targets) target.text += target.report.see?.(line, event) ?? "";
    try {
      this.#monitorFor(event).see(line, event);
    } catch (error) {
      if (!(error instanceof BadTrace)) throw error;
      throw new InputError(`${this.#name}:${line}: ${error.message}`);
    }
  }

  /** The monitor; the first line of a trace may say by which profile it judges. */
  #monitorFor(event: TraceEvent | null): Monitor {
    if (this.#monitor !== null) return this.#monitor;
    const said = event?.event === "trace" ? event.profile : undefined;
    const { profile = said, only, ignore } = this.#wanted;
    this.#profile = profile ?? "";
    const options: MonitorOptions = {
      notes: this.#wanted.notes,
      ...(profile === undefined ? {} : { profile }),
      ...(only === undefined ? {} : { only }),
      ...(ignore === undefined ? {} : { ignore }),
    };
    this.#monitor = new Monitor(options, (breach) => this.#tell(breach));
    return this.#monitor;
  }

  #tell(breach: Breach): void {
    if (breach.suppressed === null) this.#counts[breach.strength] += 1;
    else this.#suppressed += 1;
    for (const target of this.#targets) target.text += target.report.breach(breach);
  }

  /** Writes what there is; whoever stops reading is no mistake. */
  async #flush(): Promise<void> {
    for (const target of this.#targets) {
      const { text } = target;
      target.text = "";
      if (text !== "") await target.output.write(text);
    }
  }

  #summary(lines: number): Summary {
    return {
      file: this.#file,
      lines,
      calls: this.#monitor?.calls ?? 0,
      profile: this.#profile === "" ? "each call's first" : this.#profile,
      errors: this.#counts.must,
      warnings: this.#counts.should,
      notes: this.#counts.note,
      suppressed: this.#suppressed,
      notJudged: [...filtersOf(this.#wanted), ...(this.#monitor?.notJudged ?? [])],
    };
  }
}

/** Rules that were not to be judged are said, so that nobody takes a part for the whole. */
const filtersOf = ({ only, ignore }: Wanted): string[] => [
  ...(only === undefined ? [] : [`rules other than ${only.join(", ")}, because of --rules`]),
  ...(ignore === undefined ? [] : [`${ignore.join(", ")}, because of --ignore`]),
];
