/**
 * The report for build servers: JUnit XML. A test case is a rule, so that its name stays the same
 * from run to run; one more is the trace as a whole, so that a clean trace is a passed test.
 */
import { visible } from "../support/visible.js";
import type { Breach } from "../monitor/breach.js";
import { fileName, oneLine, SEVERITY } from "./report.js";
import type { Report, ReportOptions, Summary } from "./report.js";
import { explain } from "./text.js";

/** How many breaches of a rule are told in full. */
const MOST = 100;

/** The breaches of one rule. */
interface Case {
  readonly first: Breach;
  readonly lines: string[];
  breaches: number;
  /** The first that is an error and not expected. */
  failure: Breach | null;
  isSuppressed: boolean;
}

/** One suite, with a test case a rule that is broken. Errors fail it, the trace may skip it. */
export class JunitReport implements Report {
  readonly #file: string;
  readonly #cases = new Map<string, Case>();

  constructor({ file }: ReportOptions) {
    this.#file = fileName(file);
  }

  breach(breach: Breach): string {
    const { rule, strength, line, message, suppressed } = breach;
    const found = this.#cases.get(rule) ?? begin(breach);
    this.#cases.set(rule, found);
    found.breaches++;
    if (suppressed === null) found.isSuppressed = false;
    if (suppressed === null && strength === "must") found.failure ??= breach;
    if (found.breaches <= MOST) {
      found.lines.push(`${this.#file}:${line}: ${SEVERITY[strength]}: ${message}`);
      found.lines.push(...explain(breach).map((text) => `    ${text}`));
    }
    return "";
  }

  end(summary: Summary): string {
    const cases = [...this.#cases].map(([rule, found]) => caseXml(rule, found));
    const failures = [...this.#cases.values()].filter(({ failure }) => failure !== null).length;
    const skipped = [...this.#cases.values()].filter(({ isSuppressed }) => isSuppressed).length;
    const counts = `tests="${cases.length + 1}" failures="${failures}" errors="0" skipped="${skipped}"`;
    return [
      `<?xml version="1.0" encoding="UTF-8"?>`,
      `<testsuites name="wskit" ${counts}>`,
      `  <testsuite name="${xml(this.#file)}" ${counts}>`,
      ...wholeXml(summary),
      ...cases.flat(),
      "  </testsuite>",
      "</testsuites>",
      "",
    ].join("\n");
  }
}

const begin = (first: Breach): Case => ({
  first,
  lines: [],
  breaches: 0,
  failure: null,
  isSuppressed: true,
});

/** The test case that says that the trace was read to its end. */
function wholeXml({ lines, calls, profile, notJudged }: Summary): string[] {
  const seen = [`lines: ${lines}`, `calls: ${calls}`, `profile: ${profile}`];
  const rest = notJudged.map((text) => `not judged: ${text}`);
  return [
    `    <testcase classname="wskit" name="the trace is judged">`,
    ...textXml("system-out", [...seen, ...rest]),
    "    </testcase>",
  ];
}

function caseXml(rule: string, { first, lines, breaches, failure, isSuppressed }: Case): string[] {
  const slash = rule.indexOf("/");
  const [of, name] = [rule.slice(0, slash), rule.slice(slash + 1)];
  const more = breaches > MOST ? [`… and ${breaches - MOST} more`] : [];
  const text = [...lines, ...more];
  const told =
    failure !== null
      ? textXml(`failure type="${xml(rule)}" message="${xml(failure.message)}"`, text)
      : isSuppressed
        ? [
            `      <skipped message="${xml(first.suppressed ?? "")}"/>`,
            ...textXml("system-out", text),
          ]
        : textXml("system-out", text);
  return [`    <testcase classname="${xml(of)}" name="${xml(name)}">`, ...told, "    </testcase>"];
}

function textXml(tag: string, lines: readonly string[]): string[] {
  const [name = ""] = tag.split(" ");
  return [`      <${tag}>${lines.map(xml).join("\n")}</${name}>`];
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** Text for an element or an attribute. What XML has no way to say is written `\uXXXX`. */
const xml = (text: string): string =>
  oneLine(visible(text))
    .replace(/[\ufffe\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16)}`)
    .replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
