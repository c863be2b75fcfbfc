/** What verify:pages notices, on a schema and pages that are made up. */
import { expect, test } from "vitest";
import { account } from "../../ledger/account.js";
import { findChanged, findLoose, findLost, findMisfits, findTwice } from "../../ledger/findings.js";
import { printCounts, printFindings } from "../../ledger/report.js";
import { hashOf } from "../../ledger/text.js";
import { citationsIn } from "../../ledger/ties.js";
import { printLedger, renew } from "../../ledger/update.js";
import { defineLedger } from "../../schema/define-ledger.js";
import { definePage } from "../../schema/define.js";

const OPEN = "A door opens.";
const SHUT = "A door shuts.";
const LOOK = "See doors.";
const door = defineLedger({
  page: "door",
  sections: {
    Remarks: [
      { hash: hashOf(OPEN) },
      { hash: hashOf(SHUT) },
      { hash: hashOf(LOOK), excused: "link", note: "to doors" },
    ],
  },
});
const gate = defineLedger({
  page: "gate",
  twin: "door",
  sections: {
    Remarks: [{ hash: hashOf(LOOK) }, { hash: hashOf(OPEN) }, { hash: hashOf("Gone.") }],
  },
});
const page = (name: string) =>
  definePage({ name, title: name, language: "en", doc: "", sha256: "0".repeat(64) });
const pages = new Map([["door", [{ name: "Remarks", sentences: [OPEN, SHUT, LOOK] }]]]);
const cites = (section: string, sentence?: number) =>
  citationsIn({
    name: "WskDoor",
    rules: { opens: { from: [{ header: "door.h" }, { page: "door", section, sentence }] } },
  });

test("citations are found wherever they stand, and named after what they stand in", () => {
  const from = { page: "door", section: "Remarks" };
  expect(citationsIn({ name: "DOOR", from })[0]?.id).toBe("DOOR");
  expect(cites("Remarks")[0]?.id).toBe("WskDoor/opens");
  expect(citationsIn({ name: "D", outcomes: { OK: { from } } })[0]?.id).toBe("D/outcomes/OK");
  expect(citationsIn({ name: "D", otherwise: { from } })[0]?.id).toBe("D/otherwise");
});

test("a citation ties one sentence, or all of its section", () => {
  expect(findLoose(account([door], cites("Remarks", 1)))).toEqual([
    { page: "door", section: "Remarks", sentence: 2, says: "neither cited nor excused" },
  ]);
  const all = account([door], cites("Remarks"));
  expect(findLoose(all)).toEqual([]);
  expect(findTwice(all)).toEqual([
    {
      page: "door",
      section: "Remarks",
      sentence: 3,
      says: 'excused as "link", but cited by WskDoor/opens',
    },
  ]);
});

test("a twin is accounted for by its twin, sentence by sentence", () => {
  const accounts = account([door, gate], cites("Remarks", 1)).filter((one) => one.page === "gate");
  expect(accounts.map(({ ids, excused }) => [...ids, excused])).toEqual([
    ["link"],
    ["WskDoor/opens", undefined],
    [undefined],
  ]);
  expect(printCounts(accounts)).toBe(
    "gate: 3 sentences, 1 tied, 1 excused (link 1), 2 of them by the twin, 1 open\n",
  );
});

test("citations must hit a section and a sentence", () => {
  expect(findLost([door], cites("Remarks", 3))).toEqual([]);
  expect(findLost([door], cites("Remarks", 4))[0]?.says).toContain("the section has 3");
  expect(findLost([door], cites("constructor"))[0]?.says).toContain("no such section");
});

test("ledgers and pages come in pairs, and no hash is listed twice", () => {
  expect(findMisfits([door, gate], [page("door"), page("gate")])).toEqual([]);
  const says = (...of: Parameters<typeof findMisfits>): string[] =>
    findMisfits(...of).map((finding) => finding.says);
  expect(says([door], [page("door"), page("gate")])).toEqual(["has 0 ledgers"]);
  expect(says([gate], [page("gate")])).toEqual(["has the twin door, which has no ledger"]);
  expect(says([door], [])).toEqual(["is no page of the schema"]);
  const twice = defineLedger({ page: "door", sections: { A: [{ hash: "x" }, { hash: "x" }] } });
  expect(says([twice], [page("door")])).toEqual([
    "lists x twice",
    '"x" is no hash',
    '"x" is no hash',
  ]);
});

test("a changed, a new and a missing sentence are found, and only shown when asked for", () => {
  const other = new Map([
    ["door", [{ name: "Remarks", sentences: ["A door sticks."] }, { name: "New", sentences: [OPEN] }]],
  ]); // prettier-ignore
  expect(findChanged([door], pages)).toEqual([]);
  const findings = findChanged([door], other);
  expect(findings.map(({ section, sentence }) => `${section} ${sentence}`)).toEqual([
    "Remarks 1", "Remarks 2", "Remarks 3", "New 1",
  ]); // prettier-ignore
  expect(printFindings(findings)).not.toContain("sticks");
  expect(printFindings(findings, other)).toContain("    A door sticks.\n");
});

test("an update keeps reasons by hash, or by place where only the hashes changed", () => {
  const sections = [{ name: "Remarks", sentences: [LOOK, "A new door.", OPEN, SHUT] }];
  const renewed = renew("door", sections, door).sections["Remarks"];
  expect(renewed?.map(({ excused }) => excused)).toEqual(["link", undefined, undefined, undefined]);
  const rehashed = [{ name: "Remarks", sentences: [OPEN, SHUT, "Look at doors."] }];
  expect(renew("door", rehashed, door).sections["Remarks"]?.[2]).toEqual({
    hash: hashOf("Look at doors."),
    excused: "link",
    note: "to doors",
  });
});

test("a printed ledger holds hashes, and none of the text", async () => {
  const text = await printLedger(renew("door", pages.get("door") ?? [], gate));
  expect(text).toContain("export const doorLedger = defineLedger({");
  expect(text).toContain('twin: "door"');
  expect(text).toContain(hashOf(OPEN));
  expect(text).not.toContain("opens");
});
