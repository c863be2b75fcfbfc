/** The ruler above the rows, and the overview of the whole trace. */
import { tickStep, timeText } from "./axis.js";
import type { Axis, Overview } from "./axis.js";
import { kindOf } from "./filter.js";
import type { Scene, Sheet } from "./scene.js";
import { GUTTER } from "./view.js";
import type { View } from "./view.js";

/** Draws the ruler: ticks with lines or times. */
export function drawRuler(sheet: Sheet, scene: Scene, axis: Axis): void {
  const { context, width, height } = sheet;
  const { view, colours } = scene;
  context.font = "11px system-ui, sans-serif";
  context.textBaseline = "middle";
  context.fillStyle = colours.dim;
  context.fillText(axis === "line" ? "line" : "time", 8, height / 2);
  const step = tickStep(view.to - view.from, view.width);
  for (let i = Math.ceil(view.from / step); i * step <= view.to; i++) {
    const at = i * step;
    if (at < view.begin || at > view.end) continue;
    const x = view.x(at);
    context.fillStyle = colours.line;
    context.fillRect(x, height - 6, 1, 6);
    context.fillStyle = colours.dim;
    const text = axis === "line" ? at.toLocaleString("en") : timeText(at);
    if (x + 70 < width) context.fillText(text, x + 3, height / 2);
  }
}

/** Draws the whole trace small: how many calls, where the breaches are, what is in sight. */
export function drawOverview(sheet: Sheet, scene: Scene, { density, at }: Overview): void {
  const { context, width, height } = sheet;
  const { view, colours, model, wanted } = scene;
  const x = overviewScale(view, width);
  const part = (width - GUTTER) / density.length;
  context.font = "11px system-ui, sans-serif";
  context.textBaseline = "middle";
  context.fillStyle = colours.dim;
  context.fillText("whole trace", 8, height / 2);
  context.fillStyle = colours.pending;
  density.forEach((n, i) => {
    const tall = n === 0 ? 0 : 2 + n * (height - 18);
    context.fillRect(GUTTER + i * part, height - 1 - tall, Math.max(part, 1), tall);
  });
  const [from, to] = [x(Math.max(view.from, view.begin)), x(Math.min(view.to, view.end))];
  context.globalAlpha = 0.55;
  context.fillStyle = colours.bg;
  context.fillRect(GUTTER, 0, from - GUTTER, height);
  context.fillRect(to, 0, width - to, height);
  context.globalAlpha = 1;
  for (const i of wanted) {
    const breach = model.breaches[i];
    if (breach === undefined) continue;
    context.fillStyle = colours[kindOf(breach)];
    context.fillRect(x(at(breach.line)) - 1, 1, 2, 12);
  }
  context.strokeStyle = colours.select;
  context.lineWidth = 1.5;
  context.strokeRect(from, 0.75, Math.max(to - from, 3), height - 1.5);
}

/** Where a position is in the overview, in pixels. */
export const overviewScale =
  (view: View, width: number): ((position: number) => number) =>
  (position) =>
    GUTTER + ((position - view.begin) / (view.end - view.begin)) * (width - GUTTER - 2);
