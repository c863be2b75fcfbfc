/** Rows: which bars and marks stand side by side. */
import type { Call, Lane, Model } from "./model.js";

/** A call in a row: of its socket, of its IRP, or of its memory. Positions are of the axis. */
export interface Bar {
  readonly call: Call;
  readonly lane: number;
  readonly kind: Lane["kind"];
  /** The line at which it ends; behind the last where it does not. */
  readonly end: number;
  readonly isOpen: boolean;
  from: number;
  /** Where the call has returned: what follows is pending. */
  middle: number;
  to: number;
}

/** A mark or a breach in a row. */
export interface Dot {
  readonly line: number;
  readonly lane: number;
  readonly what: string;
  /** The breach, as its place; -1 for a mark. */
  readonly breach: number;
  at: number;
}

/** A row of the timeline. */
export interface Row {
  readonly label: string;
  readonly kind: Lane["kind"];
  /** The lane of its socket. */
  readonly socket: number;
  /** The first row of its socket, which can be folded up. */
  readonly isHead: boolean;
  readonly bars: Bar[];
  readonly dots: Dot[];
  /** The furthest end of each bar and those before it. */
  reach: number[];
}

/** How rows are made. */
export interface RowOptions {
  /** Objects share a row, one behind the other. */
  readonly isShared: boolean;
  /** Sockets whose rows are folded up. */
  readonly folded: ReadonlySet<number>;
}

/** All rows, socket by socket: its calls, its operations, its memory. */
export function rowsOf(model: Model, options: RowOptions): Row[] {
  const lives = livesOf(model);
  const bySocket = new Map<number, Life[]>();
  for (const life of lives) {
    const socket = model.lanes[life.lane]?.socket ?? -1;
    const own = bySocket.get(socket);
    if (own === undefined) bySocket.set(socket, [life]);
    else own.push(life);
  }
  return [...bySocket].flatMap(([socket, own]) => {
    const head = headRows(model, socket, own);
    if (options.folded.has(socket)) return head.slice(0, 1);
    const inner = (["operation", "memory"] as const).flatMap((kind) => {
      const some = own.filter(({ lane }) => model.lanes[lane]?.kind === kind);
      const rows = options.isShared ? shared(some) : some.map((life) => [life]);
      return rows.map((row) => rowOf(model, { kind, socket, row }));
    });
    return [...head, ...inner];
  });
}

/** An object with everything that is drawn of it. */
interface Life {
  readonly lane: number;
  readonly bars: Bar[];
  readonly dots: Dot[];
  from: number;
  to: number;
}

function livesOf(model: Model): Life[] {
  const { lanes, calls, marks, breaches, lines } = model;
  const lives = lanes.map((_, lane): Life => ({ lane, bars: [], dots: [], from: Infinity, to: 0 }));
  const grow = (lane: number, from: number, to: number): Life | undefined => {
    const life = lives[lane];
    if (life !== undefined)
      [life.from, life.to] = [Math.min(life.from, from), Math.max(life.to, to)];
    return life;
  };
  for (const call of calls) {
    const [returned, ended] = [call.returned || lines + 1, endOf(call, lines)];
    grow(call.socket, call.line, returned)?.bars.push(bar(call, call.socket, returned));
    for (const lane of [call.operation, ...call.memory])
      if (lane !== call.socket) grow(lane, call.line, ended)?.bars.push(bar(call, lane, ended));
  }
  marks.forEach(({ line, lane, what }) =>
    grow(lane, line, line)?.dots.push({ line, lane, what, breach: -1, at: 0 }),
  );
  breaches.forEach(({ line, lane, rule }, breach) =>
    grow(lane, line, line)?.dots.push({ line, lane, what: rule, breach, at: 0 }),
  );
  return lives;

  function bar(call: Call, lane: number, end: number): Bar {
    const kind = lanes[lane]?.kind ?? "memory";
    return { call, lane, kind, end, isOpen: end > lines, from: 0, middle: 0, to: 0 };
  }
}

/** The line at which a call holds nothing any more. */
function endOf(call: Call, lines: number): number {
  if (call.completed > 0) return Math.max(call.completed, call.returned);
  return call.isPending || call.returned === 0 ? lines + 1 : call.returned;
}

/** The rows of a socket: as many as there are calls at the same time. */
function headRows(model: Model, socket: number, own: readonly Life[]): Row[] {
  const life = own.find(({ lane }) => lane === socket);
  const parts = (life?.bars ?? []).map((bar): Life => {
    return { lane: socket, bars: [bar], dots: [], from: bar.call.line, to: bar.end };
  });
  const rows = parts.length === 0 ? [[]] : shared(parts);
  return rows.map((row, i) => {
    const made = rowOf(model, { kind: "socket", socket, row });
    const dots = i === 0 ? (life?.dots ?? []) : [];
    const name = model.lanes[socket]?.name ?? "";
    const label = /^\d+$/.test(name) ? `socket ${name}` : name;
    return { ...made, label: i === 0 ? label : "", isHead: i === 0, dots };
  });
}

/** Lives in as few rows as they fit in, none above another. */
function shared(lives: readonly Life[]): Life[][] {
  const rows: { readonly lives: Life[]; end: number }[] = [];
  for (const life of lives.toSorted((a, b) => a.from - b.from)) {
    const row = rows.find(({ end }) => end <= life.from);
    if (row === undefined) rows.push({ lives: [life], end: life.to });
    else {
      row.lives.push(life);
      row.end = life.to;
    }
  }
  return rows.map(({ lives }) => lives);
}

interface RowParts {
  readonly kind: Lane["kind"];
  readonly socket: number;
  readonly row: readonly Life[];
}

const MANY: Readonly<Record<Lane["kind"], string>> = {
  socket: "calls",
  operation: "operations",
  memory: "pieces of memory",
};

function rowOf(model: Model, { kind, socket, row }: RowParts): Row {
  const [first] = row;
  const name = model.lanes[first?.lane ?? -1]?.name ?? "";
  return {
    label: row.length === 1 ? name : `${row.length} ${MANY[kind]}`,
    kind,
    socket,
    isHead: false,
    bars: row.flatMap(({ bars }) => bars),
    dots: row.flatMap(({ dots }) => dots),
    reach: [],
  };
}

/** In which rows things are drawn. */
export interface RowPlaces {
  readonly breaches: number[];
  /** Of each call the row of its operation, or else of the call itself. */
  readonly calls: number[];
}

/** In which rows breaches and calls are drawn. */
export function placesOf(rows: readonly Row[]): RowPlaces {
  const [breaches, calls]: [number[], number[]] = [[], []];
  rows.forEach(({ kind, bars, dots }, i) => {
    for (const { breach } of dots) if (breach >= 0) breaches[breach] = i;
    if (kind === "memory") return;
    for (const { call } of bars) calls[call.index] = i;
  });
  return { breaches, calls };
}

/** Puts bars and dots where the axis has their lines. */
export function place(rows: readonly Row[], at: (line: number) => number): void {
  for (const row of rows) {
    for (const bar of row.bars) {
      const { line, returned } = bar.call;
      bar.from = at(line);
      bar.to = at(bar.end);
      bar.middle = returned > 0 && returned < bar.end ? at(returned) : bar.to;
    }
    for (const dot of row.dots) dot.at = at(dot.line);
    row.dots.sort((a, b) => a.at - b.at || a.breach - b.breach);
    let furthest = -Infinity;
    row.reach = row.bars.map(({ to }) => (furthest = Math.max(furthest, to)));
  }
}

/** The place of the first bar that reaches beyond a position. */
export function firstBar({ reach }: Row, position: number): number {
  return lowest(reach.length, (i) => (reach[i] ?? 0) >= position);
}

/** The place of the first dot at a position or behind it. */
export function firstDot({ dots }: Row, position: number): number {
  return lowest(dots.length, (i) => (dots[i]?.at ?? 0) >= position);
}

/** The lowest number for which something holds that holds for all above it. */
function lowest(end: number, holds: (i: number) => boolean): number {
  let [low, high] = [0, end];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
