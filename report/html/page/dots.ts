/** Draws marks and breaches above the bars of a row. */
import { kindOf } from "./filter.js";
import { firstDot } from "./rows.js";
import type { Dot } from "./rows.js";
import { ROW } from "./scene.js";
import type { Picked, RowAt, Scene } from "./scene.js";
import { GUTTER } from "./view.js";

/** Marks that are nearer to one another, in pixels, are drawn as ticks. */
const CROWDED = 10;

/** Draws the marks of a row, and above them its breaches. */
export function drawDots(context: CanvasRenderingContext2D, { scene, row, y }: RowAt): void {
  const { view, wanted } = scene;
  const later: Dot[] = [];
  let covered = -Infinity;
  for (let i = firstDot(row, view.from - (view.to - view.from) * 0.02); i < row.dots.length; i++) {
    const dot = row.dots[i];
    if (dot === undefined || view.x(dot.at) > GUTTER + view.width + 8) break;
    // Breaches lie above everything.
    if (dot.breach >= 0) {
      if (wanted.has(dot.breach)) later.push(dot);
      continue;
    }
    const x = view.x(dot.at);
    if (x - covered < 2) continue;
    const next = row.dots[i + 1];
    const isCrowded = next !== undefined && view.x(next.at) - x < CROWDED;
    context.fillStyle = scene.colours.mark;
    if (x - covered > CROWDED && !isCrowded) drawMark(context, x, y);
    else context.fillRect(x - 0.5, y + ROW - 6, 1, 4);
    covered = x;
  }
  covered = -Infinity;
  for (const dot of later) {
    const x = view.x(dot.at);
    const isPicked = scene.picked?.kind === "breach" && scene.picked.index === dot.breach;
    if (x - covered < 2 && !isPicked) continue;
    covered = x;
    drawBreach(context, { dot, scene, x, y });
  }
}

function drawMark(context: CanvasRenderingContext2D, x: number, y: number): void {
  context.beginPath();
  context.moveTo(x, y + ROW - 9);
  context.lineTo(x + 4, y + ROW - 2);
  context.lineTo(x - 4, y + ROW - 2);
  context.fill();
}

interface DotAt {
  readonly dot: Dot;
  readonly scene: Scene;
  readonly x: number;
  readonly y: number;
}

function drawBreach(context: CanvasRenderingContext2D, { dot, scene, x, y }: DotAt): void {
  const { model, colours, picked, hovered } = scene;
  const breach = model.breaches[dot.breach];
  if (breach === undefined) return;
  const is = (other: Picked): boolean => other?.kind === "breach" && other.index === dot.breach;
  const size = is(picked) || is(hovered) ? 8 : 6;
  context.fillStyle = colours[kindOf(breach)];
  context.fillRect(x - 1, y, 2, ROW);
  context.beginPath();
  context.moveTo(x, y + ROW / 2 - size);
  context.lineTo(x + size, y + ROW / 2);
  context.lineTo(x, y + ROW / 2 + size);
  context.lineTo(x - size, y + ROW / 2);
  context.closePath();
  context.fill();
  context.strokeStyle = is(picked) ? colours.select : colours.bg;
  context.lineWidth = is(picked) ? 2.5 : 1.5;
  context.stroke();
}
