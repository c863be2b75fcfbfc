/** Draws, for what is picked, the way from the earlier event to the one that matters. */
import { kindOf } from "./filter.js";
import { ROW } from "./scene.js";
import type { Scene, Sheet } from "./scene.js";
import { GUTTER } from "./view.js";

/** Lines through the earlier event and the breach, over all rows, with their names. */
export function drawLinks(sheet: Sheet, scene: Scene, at: (line: number) => number): void {
  const { picked, model, colours } = scene;
  if (picked?.kind !== "breach") return;
  const breach = model.breaches[picked.index];
  if (breach === undefined) return;
  const { line, earlierLine } = breach;
  const { view, rowOfBreach, top } = scene;
  const colour = colours[kindOf(breach)];
  const [from, to] = [view.x(at(earlierLine)), view.x(at(line))];
  upright(sheet, { x: to, colour, text: `line ${line}`, isRight: true });
  if (earlierLine === 0 || earlierLine === line) return;
  upright(sheet, { x: from, colour: colours.dim, text: `line ${earlierLine}`, isRight: false });
  const row = rowOfBreach[picked.index];
  if (row === undefined) return;
  const { context, width, height } = sheet;
  const y = row * ROW - top + 2;
  context.save();
  context.beginPath();
  context.rect(GUTTER, 0, width - GUTTER, height);
  context.clip();
  context.strokeStyle = colour;
  context.lineWidth = 1.5;
  context.setLineDash([5, 3]);
  context.beginPath();
  context.moveTo(from, y);
  context.lineTo(to, y);
  context.stroke();
  context.setLineDash([]);
  context.beginPath();
  context.arc(from, y, 3, 0, 2 * Math.PI);
  context.fillStyle = colour;
  context.fill();
  context.restore();
}

interface Upright {
  readonly x: number;
  readonly colour: string;
  readonly text: string;
  readonly isRight: boolean;
}

function upright({ context, width, height }: Sheet, { x, colour, text, isRight }: Upright): void {
  if (x < GUTTER || x > width) return;
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.setLineDash([2, 3]);
  context.beginPath();
  context.moveTo(Math.round(x) + 0.5, 0);
  context.lineTo(Math.round(x) + 0.5, height);
  context.stroke();
  context.setLineDash([]);
  context.fillStyle = colour;
  context.textAlign = isRight ? "left" : "right";
  context.fillText(text, isRight ? x + 5 : x - 5, height - 9);
  context.textAlign = "left";
}
