/** The report for code scanning: SARIF 2.1.0, written as it goes, with the rules at its end. */
import type { Log, ReportingDescriptor, Result } from "sarif";
import type { Breach } from "../monitor/breach.js";
import { fileName, oneLine, SEVERITY, toJson } from "./report.js";
import type { Report, ReportOptions, Summary } from "./report.js";

const HEAD: Pick<Log, "$schema" | "version"> = {
  $schema: "https://json.schemastore.org/sarif-2.1.0.json",
  version: "2.1.0",
};

/** One run. A result a breach; what the trace expects is a suppressed result. */
export class SarifReport implements Report {
  readonly #file: string;
  readonly #version: string | undefined;
  /** Rules in the order of their first breach. */
  readonly #rules = new Map<string, ReportingDescriptor>();
  #isBegun = false;

  constructor({ file, version }: ReportOptions) {
    this.#file = file;
    this.#version = version;
  }

  breach(breach: Breach): string {
    const before = this.#isBegun ? ",\n" : `${head()}\n`;
    this.#isBegun = true;
    return `${before}${toJson(this.#result(breach))}`;
  }

  end(summary: Summary): string {
    const before = this.#isBegun ? "\n" : head();
    const driver = {
      name: "wskit",
      ...(this.#version === undefined ? {} : { semanticVersion: this.#version }),
      rules: [...this.#rules.values()],
    };
    const toolExecutionNotifications = summary.notJudged.map((text) => ({
      level: "note",
      message: { text: message(text) },
    }));
    const invocations = [{ executionSuccessful: true, toolExecutionNotifications }];
    const { file: _, notJudged: __, ...properties } = summary;
    const rest = { columnKind: "utf16CodeUnits", tool: { driver }, invocations, properties };
    // What is left of the run, without its first brace: results have gone before.
    return `${before}],${toJson(rest).slice(1)}]}\n`;
  }

  #result(breach: Breach): Result {
    const { line, rule, strength, call, earlier, suppressed } = breach;
    const [ruleIndex, level] = [this.#indexOf(breach), SEVERITY[strength]];
    const logicalLocations = call === null ? [] : [{ name: call.function, kind: "function" }];
    const related = [
      ...(earlier === null ? [] : [{ line: earlier.line, text: earlier.text }]),
      ...(call === null || call.line === earlier?.line
        ? []
        : [{ line: call.line, text: `${call.function} ${call.id} is called` }]),
    ];
    return {
      ruleId: rule,
      ruleIndex,
      level,
      message: { text: message(breach.message) },
      locations: [{ physicalLocation: this.#place(line), logicalLocations }],
      relatedLocations: related.map(({ line, text }, id) => ({
        id,
        physicalLocation: this.#place(line),
        message: { text: message(text) },
      })),
      ...(suppressed === null
        ? {}
        : { suppressions: [{ kind: "inSource", justification: oneLine(suppressed) }] }),
      properties: {
        ref: breach.ref,
        path: breach.path,
        expected: breach.expected,
        received: breach.received,
      },
    };
  }

  #place(startLine: number): { artifactLocation: { uri: string }; region: { startLine: number } } {
    return { artifactLocation: { uri: uriOf(this.#file) }, region: { startLine } };
  }

  #indexOf(breach: Breach): number {
    const { rule } = breach;
    if (!this.#rules.has(rule)) this.#rules.set(rule, descriptor(breach));
    return [...this.#rules.keys()].indexOf(rule);
  }
}

const head = (): string => `${toJson(HEAD).slice(0, -1)},"runs":[{"results":[`;

function descriptor({
  rule,
  strength,
  expected,
  advice,
  sources,
  aliases,
}: Breach): ReportingDescriptor {
  const explain = `npx wskit explain ${rule}`;
  const known = aliases.length === 0 ? [] : [`Also known as: ${aliases.join(", ")}`];
  const text = [advice, ...known, ...sources.map((source) => `- ${source}`), explain];
  return {
    id: rule,
    shortDescription: { text: message(`Expected ${expected}.`) },
    fullDescription: { text: message(advice) },
    help: { text: text.map(message).join("\n") },
    defaultConfiguration: { level: SEVERITY[strength] },
    properties: { tags: [rule.slice(0, rule.indexOf("/"))], aliases },
  };
}

/** Text of a message, where braces are placeholders and brackets before parentheses links. */
const message = (text: string): string =>
  oneLine(text).replaceAll("{", "{{").replaceAll("}", "}}").replaceAll("](", "] (");

/** The file as a URI: relative as it was named, or absolute. */
function uriOf(file: string): string {
  // Halves of surrogate pairs have no place in a URI: bytes and back make them U+FFFD.
  const text = Buffer.from(fileName(file)).toString();
  const parts = text.replaceAll("\\", "/").split("/");
  const drive = /^[A-Za-z]:$/.test(parts[0] ?? "");
  const encoded = parts.map((part, i) => (drive && i === 0 ? part : encodeURIComponent(part)));
  const path = encoded.join("/");
  if (drive) return `file:///${path}`;
  return path.startsWith("/") ? `file://${path}` : path;
}
