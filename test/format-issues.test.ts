/** Issues in a terminal, in zod's words, and what `explain` says of them. */
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { ownContract } from "../cli/explain/contract.js";
import { subjectsOf } from "../cli/explain/find.js";
import { textOf } from "../cli/explain/text.js";
import { checkWskSendTo, checkWSPSend, formatIssues } from "../index.js";
import { cases, profilesOf, run } from "./examples.js";
import { baseArgs, callNamed, schema } from "./vectors.js";

const args = baseArgs(callNamed("WskSendTo"));
const issues = checkWskSendTo({ ...args, Flags: 2, ControlInfo: new Uint8Array(16) });
const plain = { color: false };

describe("a line an issue", () => {
  test("as the message has it; a warning says so", () => {
    expect(formatIssues(issues, plain)).toBe(
      "Flags: expected 0, because it is reserved, received 2 [WskSendTo/Flags.must-be]\n" +
        "ControlInfo: expected NULL, because ControlInfoLength is 0, received 16 bytes " +
        "[WskSendTo/ControlInfo.null] (should)",
    );
    expect(formatIssues([], plain)).toBe("");
  });

  test("with advice, sources and the command that explains it where it is verbose", () => {
    const [first] = formatIssues(issues, { color: false, verbose: true }).split("\nControlInfo:");
    expect(first?.split("\n")).toEqual([
      "Flags: expected 0, because it is reserved, received 2 [WskSendTo/Flags.must-be]",
      "    Pass 0. The flags of WskSend mean nothing to a datagram.",
      ...issues.slice(0, 1).flatMap(({ sources }) => sources.map((source) => `    - ${source}`)),
      "    wskit explain WskSendTo/Flags.must-be",
    ]);
  });

  test("stays one line, whatever the texts of a schema say", () => {
    const odd = issues.slice(0, 1).map((issue) => ({ ...JSON.parse(JSON.stringify(issue)), message: "a\nb\u001b[2J", advice: "c\nd" })); // prettier-ignore
    expect(formatIssues(odd, { color: false, verbose: true }).split("\n")).toHaveLength(
      3 + (issues[0]?.sources.length ?? 0),
    );
    expect(formatIssues(odd, plain)).toBe("a b\\u001b[2J");
  });

  test("is coloured on a terminal, and where NO_COLOR is not set", () => {
    const { isTTY } = process.stdout;
    const { NO_COLOR, TERM } = process.env;
    const isColored = (isTerminal: boolean, environment: Record<string, string>): boolean => {
      process.stdout.isTTY = isTerminal;
      delete process.env["NO_COLOR"];
      process.env["TERM"] = "xterm";
      Object.assign(process.env, environment);
      return formatIssues(issues).includes("\u001b[31mFlags");
    };
    try {
      expect(isColored(true, {})).toBe(true);
      expect(isColored(false, {})).toBe(false);
      expect(isColored(true, { NO_COLOR: "1" })).toBe(false);
      expect(isColored(true, { TERM: "dumb" })).toBe(false);
    } finally {
      process.stdout.isTTY = isTTY;
      delete process.env["NO_COLOR"];
      delete process.env["TERM"];
      Object.assign(process.env, NO_COLOR === undefined ? {} : { NO_COLOR });
      Object.assign(process.env, TERM === undefined ? {} : { TERM });
    }
    expect(formatIssues(issues, { color: true })).toContain("\u001b[33mControlInfo");
  });
});

test("zod's prettifyError takes the issues as they are", () => {
  const wrong = checkWSPSend({
    ...baseArgs(callNamed("WSPSend")),
    lpBuffers: [{ len: -1, buf: null }],
  });
  expect(z.prettifyError({ issues: wrong })).toBe(
    "✖ lpBuffers[0].len: expected a ULONG (0 to 4294967295), received -1 [WSPSend/lpBuffers.type]\n" +
      "  → at lpBuffers[0].len",
  );
});

test("every issue says everything, and which profile judged", () => {
  for (const { call, rule, under } of cases) {
    const profile = profilesOf(rule, call).find((one) => call.profiles.includes(one));
    if (profile === undefined) continue;
    for (const example of rule.rejects) {
      for (const issue of run({ call, rule, under }, example, example.profile ?? profile)) {
        expect(Object.keys(JSON.parse(JSON.stringify(issue))).sort()).toEqual([
          "advice", "expected", "message", "path", "profile", "received", "rule", "sources",
          "strength",
        ]); // prettier-ignore
        expect(issue.profile).toBe(example.profile ?? profile);
        expect(issue.sources.length).toBeGreaterThan(0);
      }
    }
  }
});

test("explain knows every rule that an issue may name, those of wskit itself too", () => {
  const contract = ownContract();
  const subjects = subjectsOf(contract);
  const told = (id: string): string => {
    const subject = subjects.get(id);
    return subject === undefined ? "" : textOf(subject, contract);
  };
  const own = schema.calls.flatMap(({ name }) =>
    ["arguments", "options", "facts"].map((rule) => `${name}/${rule}`),
  );
  for (const id of [...cases.map(({ rule }) => rule.id), ...own]) {
    expect(subjects.get(id)?.kind, id).toBe("rule");
    expect(told(id), id).toMatch(/Advice .+\n[^]*Breaks it/);
  }
  expect(told("WskSend/options")).toContain("profile is one of documented, header, strict");
});
