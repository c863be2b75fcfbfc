/** The ledgers of the schema, its pages and its citations belong together. Needs no page. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { account } from "../../ledger/account.js";
import { findLost, findMisfits, findTwice } from "../../ledger/findings.js";
import { printFindings } from "../../ledger/report.js";
import { loadSchema } from "../../ledger/schema.js";
import { REASONS } from "../../schema/define-ledger.js";
import { temporaryFolder } from "../temp.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { pages, ledgers, ties } = await loadSchema();

test("every page has one ledger, and every ledger is sound", () => {
  expect(printFindings(findMisfits(ledgers, pages))).toBe("");
});

test("every citation hits a section and a sentence of its page", () => {
  expect(ties.length).toBeGreaterThan(100);
  expect(printFindings(findLost(ledgers, ties))).toBe("");
});

test("no sentence is both modelled and excused", () => {
  expect(printFindings(findTwice(account(ledgers, ties)))).toBe("");
});

test("each reason is used, and none is made up", () => {
  const used = ledgers.flatMap(({ sections }) =>
    Object.values(sections).flatMap((entries) => entries.flatMap(({ excused }) => excused ?? [])),
  );
  expect([...new Set(used)].sort()).toEqual(Object.keys(REASONS).sort());
});

test("prototypes are as the pages print them: each line of Syntax has its parameter", () => {
  const lines = account(ledgers, ties).filter(({ section }) => section === "Syntax");
  expect(lines.filter(({ ids, excused }) => ids.length === 0 && excused === undefined)).toEqual([]);
  for (const { page, ids, excused } of lines)
    if (excused === undefined && page !== "wsp-send")
      expect(ids.filter((id) => id.includes("/params/") || !id.includes("/sides/"))).toHaveLength(
        1,
      );
});

const run = (...args: string[]): { status: number | null; stderr: string } =>
  spawnSync(process.execPath, ["--import", "tsx", "ledger/main.ts", ...args], {
    cwd: root,
    encoding: "utf8",
  });

test("the command: pages that are missing or changed, a missing folder, no folder", () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "page.txt"), "PFN_WSK_DOOR callback function");
  const { status, stderr } = run(folder);
  expect(status).toBe(3);
  for (const { name } of pages) expect(stderr).toContain(name);
  expect(run(join(folder, "none")).status).toBe(4);
  expect(run().status).toBe(2);
});
