/** What the runtime is to come to, and what it has come to. */
import { digits } from "../judge.js";
import type { Row } from "./rounds.js";

/** One goal, and what was measured. */
export interface Verdict {
  readonly goal: string;
  readonly measured: string;
  readonly met: boolean;
}

interface Goal {
  readonly of: Pick<Row, "topic" | "case" | "subject"> & { readonly unit?: string };
  /** Undefined where the value itself is judged. */
  readonly to?: string;
  readonly least?: number;
  readonly most?: number;
}

const PENDING = ["a send", "a completion on close"] as const;
const RAW = "node:net, a callback a write";

const wsk = (of: readonly [topic: string, on: string], least: number, to: string): Goal => ({
  of: { topic: of[0], case: of[1], subject: "WSK" },
  to,
  least,
});

const GOALS: readonly Goal[] = [
  { of: { topic: "irp", case: "1 MDL", subject: "WskSend", unit: "ns" }, most: 60 },
  { of: { topic: "irp", case: "4 MDLs", subject: "WskSend", unit: "ns" }, most: 150 },
  { of: { topic: "irp", case: "1 MDL", subject: "WskSend", unit: "bytes allocated" }, most: 0 },
  { of: { topic: "irp", case: "4 MDLs", subject: "WskSend", unit: "bytes allocated" }, most: 0 },
  wsk(["node", "64 B, one at a time"], 0.97, RAW),
  wsk(["node", "1 kB, one at a time"], 0.97, RAW),
  wsk(["node", "64 kB, one at a time"], 0.97, RAW),
  wsk(["node", "64 B, 64 in one turn"], 5, RAW),
  wsk(["node", "1 kB, 64 in one turn"], 4, RAW),
  wsk(["native", "64 B, one at a time"], 1.15, RAW),
  wsk(["native", "64 B, one at a time"], 0.8, "C, a loop of send"),
  wsk(["native", "64 B, datagrams"], 0.9, "C, a loop of sendto"),
  { of: { topic: "memory", case: "64 B", subject: "WSK", unit: "sends a second" }, least: 5e6 },
  { of: { topic: "pending", case: "100000 pending", subject: "a send with its IRP" }, most: 200 },
];

/** How much slower the slowest count may be than the quickest. */
const FLAT = 1.3;

const isSame = (row: Row, of: Goal["of"]): boolean =>
  row.topic === of.topic && row.case === of.case && row.subject === of.subject &&
  (of.unit === undefined || row.unit === of.unit); // prettier-ignore

function judge(rows: readonly Row[], { of, to, least, most }: Goal): Verdict[] {
  const own = rows.find((row) => isSame(row, of));
  const base = to === undefined ? undefined : rows.find((r) => isSame(r, { ...of, subject: to }));
  if (own === undefined || (to !== undefined && base === undefined)) return [];
  // Ratios are all to one base, and paired; that to another subject is made of two of them.
  const value = base === undefined ? own.value : (own.ratio ?? NaN) / (base.ratio ?? NaN);
  const what = to === undefined ? `${of.subject}, ${own.unit}` : `${of.subject} to ${to}`;
  const bound = most === undefined ? `at least ${least}` : `at most ${most}`;
  return [
    {
      goal: `${of.topic}, ${of.case}: ${what}: ${bound}`,
      measured: digits(value),
      met: most === undefined ? value >= (least ?? Infinity) : value <= most,
    },
  ];
}

function flatness(rows: readonly Row[]): Verdict[] {
  return PENDING.flatMap((subject) => {
    const costs = rows
      .filter((row) => row.topic === "pending" && row.subject === subject)
      .map((row) => row.value);
    const value = Math.max(...costs) / Math.min(...costs);
    const goal = `pending: ${subject}, slowest count to quickest: at most ${FLAT}`;
    return costs.length === 0 ? [] : [{ goal, measured: digits(value), met: value <= FLAT }];
  });
}

/** All goals of which there are figures. */
export const verdictsOf = (rows: readonly Row[]): Verdict[] => [
  ...GOALS.flatMap((goal) => judge(rows, goal)),
  ...flatness(rows),
];
