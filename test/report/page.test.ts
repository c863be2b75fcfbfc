/** The page: what it is given, what it draws, and that nothing of a trace becomes part of it. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { inflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pageModule } from "../../build/page.js";
import { HtmlReport } from "../../report/html/index.js";
import { breachesOf, callsOf, counted, foundText } from "../../report/html/page/filter.js";
import type { Filter } from "../../report/html/page/filter.js";
import { modelOf, Moments } from "../../report/html/page/model.js";
import type { Model } from "../../report/html/page/model.js";
import { firstBar, firstDot, place, placesOf, rowsOf } from "../../report/html/page/rows.js";
import type { Row } from "../../report/html/page/rows.js";
import { densityOf, tickStep, timeText } from "../../report/html/page/axis.js";
import { View } from "../../report/html/page/view.js";
import type { PageData } from "../../report/html/data.js";
import type { TraceEvent } from "../../trace/format.js";
import { anyEvents } from "./arbitrary.js";
import { HOSTILE_BREACH, HOSTILE_EVENTS, HOSTILE_SUMMARY, SUMMARY, traced } from "./sample.js";

const pageOf = (of: Parameters<typeof traced>[1] = {}): string =>
  traced(new HtmlReport({ file: of.summary?.file ?? SUMMARY.file }), of);

const HOSTILE_PAGE = {
  events: HOSTILE_EVENTS,
  breaches: [HOSTILE_BREACH],
  summary: HOSTILE_SUMMARY,
};

function jsonOf(page: string): string {
  const [, text = ""] =
    /<script type="application\/octet-stream" id="data">([^<]*)</.exec(page) ?? [];
  return inflateRawSync(Buffer.from(text, "base64")).toString();
}

const dataOf = (page: string): PageData => JSON.parse(jsonOf(page));

test("the committed script is made of the sources: npm run page", async () => {
  const committed = readFileSync(
    new URL("../../report/html/page-assets.ts", import.meta.url),
    "utf8",
  );
  expect(committed === (await pageModule())).toBe(true);
});

describe("the page", () => {
  test.each([
    ["a usual", {}],
    ["a hostile", HOSTILE_PAGE],
  ])("of %s trace has one style, one script and its data, and asks nobody for more", (_, of) => {
    const page = pageOf(of);
    expect(page.match(/<script/g)?.length).toBe(2);
    expect(page.match(/<\/script/g)?.length).toBe(2);
    expect(page).not.toMatch(/\b(?:src|href)=/);
    expect(page).not.toMatch(/https?:\/\//);
    // oxlint-disable-next-line no-control-regex
    expect(page).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u0080-\u009f\u2028\u202e]/);
  });

  test("allows the script and the style that it holds, and nothing else", () => {
    const page = pageOf(HOSTILE_PAGE);
    const [, policy = ""] = /Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    const hash = (text = ""): string => createHash("sha256").update(text).digest("base64");
    const [, style] = /<style>(.*?)<\/style>/s.exec(page) ?? [];
    const [, script] = /<script>(.*?)<\/script>/s.exec(page) ?? [];
    expect(policy.split("; ")).toEqual([
      "default-src 'none'",
      `script-src 'sha256-${hash(script)}'`,
      `style-src 'sha256-${hash(style)}'`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  test.each([
    ["sample", {}],
    ["hostile", HOSTILE_PAGE],
  ])("is given the data of expected/%s.page.txt", async (name, of) => {
    const text = jsonOf(pageOf(of)).replace(/,"(?=\w+":[[{])/g, ',\n"');
    await expect(`${text}\n`).toMatchFileSnapshot(`expected/${name}.page.txt`);
  });

  test("of 10,000 calls is below one megabyte, though each has an address of its own", () => {
    const address = (i: number): string =>
      `0xffff${createHash("sha256").update(String(i)).digest("hex").slice(0, 12)}`;
    const events = Array.from({ length: 10_000 }, (_, i): TraceEvent[] => {
      const [id, Irp] = [i, address(2 * i)];
      const args = { Socket: address(-1), Irp, Buffer: { Mdl: address(2 * i + 1), Length: i } };
      return [
        { event: "call", id, function: "WskSend", args, time: 1000 * i + (i % 7) },
        { event: "return", id, status: "STATUS_PENDING", time: 1000 * i + 90 },
        { event: "complete", irp: Irp, status: 0, information: i, time: 1000 * i + 777 },
      ];
    });
    expect(pageOf({ events: events.flat(), breaches: [] }).length).toBeLessThan(1_000_000);
  });
});

const model = (): Model => modelOf(dataOf(pageOf()));
const summaryOf = (rows: readonly Row[]): unknown[] =>
  rows.map(({ label, bars, dots }) => [
    label,
    bars.map(({ from, middle, to, isOpen }) => `${from}-${middle}-${to}${isOpen ? "…" : ""}`),
    dots.map(({ at, what }) => `${at} ${what}`),
  ]);

describe("rows", () => {
  test("are a socket's calls, its operations and its memory", () => {
    const rows = rowsOf(model(), { isShared: false, folded: new Set() });
    place(rows, (line) => line);
    expect(summaryOf(rows)).toEqual([
      ["sock:1", ["8-9-9", "12-13-13"], []],
      ["irp:1", ["8-9-14", "12-13-13"], ["10 transmit 64 bytes", "12 WskSend/irp-owned"]],
      ["mdl:1", ["8-9-14", "12-13-13"], ["11 write", "11 WskSend/buffer-stays-valid"]],
      ["socket 7", ["15-16-16"], []],
      ["ov:1", ["15-16-19…"], ["17 leave-frame of frame:1", "17 WSPSend/overlapped-stays-valid"]],
    ]);
    expect(placesOf(rows)).toEqual({ breaches: [2, 1, 4], calls: [1, 1, 4] });
  });

  test("of a socket that is folded up are one", () => {
    const rows = rowsOf(model(), { isShared: false, folded: new Set([0]) });
    expect(rows.map(({ label }) => label)).toEqual(["sock:1", "socket 7", "ov:1"]);
  });

  test("are shared by objects that are not there at the same time, and by no others", () => {
    const send = (id: number, from: number): TraceEvent[] => [
      { event: "call", id, function: "WskSend", args: { Socket: "s", Irp: `irp:${from}` } },
      { event: "return", id, status: 259 },
    ];
    const done = (from: number): TraceEvent => ({
      event: "complete",
      irp: `irp:${from}`,
      status: 0,
    });
    const events = [
      send(1, 1),
      send(2, 2),
      done(1),
      send(3, 3),
      done(2),
      done(3),
      send(4, 4),
    ].flat();
    const data = dataOf(pageOf({ events, breaches: [] }));
    const rows = rowsOf(modelOf(data), { isShared: true, folded: new Set() });
    place(rows, (line) => line);
    expect(summaryOf(rows)).toEqual([
      ["s", ["1-2-2", "3-4-4", "6-7-7", "10-11-11"], []],
      ["3 operations", ["1-2-5", "6-7-9", "10-11-12…"], []],
      ["irp:2", ["3-4-8"], []],
    ]);
  });

  test.each([true, false])(
    "have every call once, whatever the events are; shared: %s",
    (isShared) => {
      fc.assert(
        fc.property(anyEvents, (events) => {
          const given = modelOf(dataOf(pageOf({ events, breaches: [] })));
          const rows = rowsOf(given, { isShared, folded: new Set() });
          place(rows, (line) => line);
          const bars = rows.flatMap(({ bars }) => bars);
          expect(bars.every(({ from, middle, to }) => from <= middle && middle <= to)).toBe(true);
          for (const call of given.calls) {
            const own = bars.filter((bar) => bar.call === call).map(({ lane }) => lane);
            const lanes = [call.socket, call.operation].filter((lane) => lane >= 0);
            expect(own.sort()).toEqual(lanes.sort());
          }
        }),
      );
    },
  );

  test("are gone through from what is in sight, also below a long bar", () => {
    const rows = rowsOf(model(), { isShared: false, folded: new Set() });
    place(rows, (line) => line);
    const [, irp] = rows;
    if (irp === undefined) throw new Error("there is a row");
    expect([
      firstBar(irp, 13.5),
      firstBar(irp, 14.5),
      firstDot(irp, 11),
      firstDot(irp, 13),
    ]).toEqual([0, 2, 1, 2]);
  });
});

describe("what is looked for", () => {
  const ALL: Filter = {
    words: "",
    rule: "",
    function: "",
    kinds: new Set(["must", "should", "note", "suppressed"]),
  };

  test.each([
    [ALL, [0, 1, 2], null],
    [{ ...ALL, words: "irp:1 PENDING" }, [0, 1], [true, true, false]],
    [{ ...ALL, words: "sdv" }, [2], [false, false, true]],
    [{ ...ALL, words: "mdl:1" }, [0], [true, true, false]],
    [{ ...ALL, rule: "WskSend/irp-owned" }, [1], [false, true, false]],
    [{ ...ALL, function: "WSPSend" }, [2], [false, false, true]],
    [{ ...ALL, kinds: new Set(["suppressed"] as const) }, [0], null],
  ])("%o", (filter, breaches, calls) => {
    expect(breachesOf(model(), filter)).toEqual(breaches);
    expect(callsOf(model(), filter)).toEqual(calls);
  });

  test("is counted in words", () => {
    const wanted = new Set([1]);
    expect(foundText(model(), { wanted, calls: null })).toBe("1 of 3 breaches, 3 calls");
    const calls = [true, false, false];
    expect(foundText({ ...model(), breaches: [] }, { wanted, calls })).toBe("No breaches; 1 call");
    expect(counted(["a", "b", "", "b"])).toEqual([["b", 2], ["a", 1]]); // prettier-ignore
  });
});

describe("the axis", () => {
  test("stays within the trace, and is never shorter than makes sense", () => {
    const view = new View();
    view.reset({ begin: 10, end: 110, least: 4 });
    expect([view.from, view.to]).toEqual([10, 110]);
    view.zoom(0.0001, 20);
    expect(view.to - view.from).toBeCloseTo(4);
    view.pan(-100);
    expect(view.from).toBe(9);
    view.zoom(1000);
    expect([view.from, view.to]).toEqual([9, 111]);
    view.width = 1000;
    expect(view.at(view.x(50))).toBeCloseTo(50);
  });

  test("has times between those that are known", () => {
    const moments = new Moments({ line: [10, 10, 10], time: [0, 100, -50] });
    expect([5, 10, 15, 20, 25, 30, 99].map((line) => moments.at(line))).toEqual([
      0, 0, 50, 100, 100, 100, 100,
    ]);
    expect(new Moments({ line: [1], time: [0] }).areKnown).toBe(false);
  });

  test("has round ticks that do not touch, and times in their unit", () => {
    expect([tickStep(100, 900), tickStep(1000, 900), tickStep(3, 900)]).toEqual([10, 100, 1]);
    expect([0, 999, 1500, 2_500_000, 3e9].map(timeText)).toEqual([
      "0 ns",
      "999 ns",
      "1.5 µs",
      "2.5 ms",
      "3 s",
    ]);
    expect(densityOf([0, 1, 1], { begin: 0, end: 400 }).slice(0, 3)).toEqual([0.5, 1, 0]);
  });
});
