/** The page of a trace: one file with everything in it, which needs no network. */
import { createHash } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import type { Breach } from "../../monitor/breach.js";
import { visible } from "../../support/visible.js";
import type { TraceEvent } from "../../trace/format.js";
import { fileName } from "../report.js";
import type { ReportOptions, Summary, TraceReport } from "../report.js";
import { Timeline } from "../timeline.js";
import { pageData } from "./columns.js";
import { PAGE_BODY, PAGE_SCRIPT, PAGE_STYLE } from "./page-assets.js";

/** Text of a trace that is longer says nothing more to a reader. */
const LONGEST = 2000;

/** Keeps the timeline, and writes the page at the end. */
export class HtmlReport implements TraceReport {
  readonly #timeline = new Timeline();
  readonly #file: string;

  constructor({ file }: ReportOptions) {
    this.#file = fileName(file);
  }

  see(line: number, event: TraceEvent): string {
    this.#timeline.see(line, event);
    return "";
  }

  breach(breach: Breach): string {
    this.#timeline.breach(breach);
    return "";
  }

  end(summary: Summary): string {
    return page(this.#file, packed(pageData(this.#timeline, summary)));
  }
}

/** Data as base64: nothing that a trace says can end the element in which it stands. */
function packed(data: unknown): string {
  const json = JSON.stringify(data, (_, value: unknown) =>
    typeof value === "string" ? readable(value) : value,
  );
  return deflateRawSync(json, { level: 9 }).toString("base64");
}

function readable(text: string): string {
  return visible(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
}

const hash = (text: string): string =>
  `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

const escaped = (text: string): string =>
  readable(text).replace(/[&<>]/g, (char) => ENTITIES[char] ?? char);

function page(file: string, data: string): string {
  const policy = [
    "default-src 'none'",
    `script-src ${hash(PAGE_SCRIPT)}`,
    `style-src ${hash(PAGE_STYLE)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(file)} – wskit</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
${PAGE_BODY}
<noscript>This page draws a trace, and needs JavaScript for that. It loads nothing.</noscript>
<script type="application/octet-stream" id="data">${data}</script>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}
