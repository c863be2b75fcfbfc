/** What lies under the pointer. */
import { ROW } from "./scene.js";
import type { Picked, Scene } from "./scene.js";
import { firstBar, firstDot } from "./rows.js";
import { GUTTER } from "./view.js";

/** How far the pointer may miss, in pixels. */
const NEAR = 7;

/** What is drawn at a pixel of the rows: breaches before marks before calls. */
export function pick({ rows, view, top, wanted }: Scene, x: number, y: number): Picked {
  const row = rows[Math.floor((y + top) / ROW)];
  if (row === undefined || x < GUTTER) return null;
  const [from, to] = [view.at(x - NEAR), view.at(x + NEAR)];
  const dots = [];
  for (let i = firstDot(row, from); i < row.dots.length; i++) {
    const dot = row.dots[i];
    if (dot === undefined || dot.at > to) break;
    if (dot.breach < 0 || wanted.has(dot.breach)) dots.push(dot);
  }
  const middle = view.at(x);
  const near = dots.toSorted((a, b) => Math.abs(a.at - middle) - Math.abs(b.at - middle));
  const breach = near.find((dot) => dot.breach >= 0);
  if (breach !== undefined) return { kind: "breach", index: breach.breach };
  const isLow = (y + top) % ROW > ROW - 10;
  if (near[0] !== undefined && isLow) return { kind: "mark", dot: near[0] };
  let best: { readonly index: number; readonly span: number } | undefined;
  const [left, right] = [view.at(x - 2), view.at(x + 2)];
  for (let i = firstBar(row, left); i < row.bars.length; i++) {
    const bar = row.bars[i];
    if (bar === undefined || bar.from > right) break;
    if (bar.to < left) continue;
    // Of bars that lie above one another, the shortest is the hardest to hit.
    const span = bar.to - bar.from;
    if (best === undefined || span <= best.span) best = { index: bar.call.index, span };
  }
  if (best !== undefined) return { kind: "call", index: best.index };
  return near[0] === undefined ? null : { kind: "mark", dot: near[0] };
}

/** True where two are the same. */
export function isSamePick(a: Picked, b: Picked): boolean {
  if (a === null || b === null) return a === b;
  if (a.kind === "mark") return b.kind === "mark" && a.dot === b.dot;
  return b.kind === a.kind && a.index === b.index;
}
