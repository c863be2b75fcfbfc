/** Draws the rows that are in sight. */
import { drawDots } from "./dots.js";
import { firstBar } from "./rows.js";
import type { Bar } from "./rows.js";
import { ROW } from "./scene.js";
import type { Picked, RowAt, Scene, Sheet } from "./scene.js";
import type { Colours } from "./theme.js";
import { GUTTER } from "./view.js";

const FONT = "11px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace";
/** The width of a letter of it, near enough to know what fits. */
const LETTER = 6.7;
/** Bars that are narrower, in pixels, have one colour and no more. */
const TINY = 4;
/** How faint is what nobody looks for. */
const FAINT = 0.16;

/** Draws the rows in sight: stripes, bars, marks, and the names on the left. */
export function drawRows(sheet: Sheet, scene: Scene): void {
  const { context, width, height } = sheet;
  const { rows, top } = scene;
  const first = Math.max(0, Math.floor(top / ROW));
  const last = Math.min(rows.length, Math.ceil((top + height) / ROW));
  context.font = FONT;
  context.textBaseline = "middle";
  for (let i = first; i < last; i++) {
    const row = rows[i];
    if (row !== undefined) drawStripe(sheet, { scene, row, y: i * ROW - top });
  }
  context.save();
  context.beginPath();
  context.rect(GUTTER, 0, width - GUTTER, height);
  context.clip();
  for (let i = first; i < last; i++) {
    const row = rows[i];
    if (row !== undefined) drawBars(context, { scene, row, y: i * ROW - top });
  }
  for (let i = first; i < last; i++) {
    const row = rows[i];
    if (row !== undefined) drawDots(context, { scene, row, y: i * ROW - top });
  }
  context.restore();
  for (let i = first; i < last; i++) {
    const row = rows[i];
    if (row !== undefined) drawLabel(sheet, { scene, row, y: i * ROW - top });
  }
}

function drawStripe({ context, width }: Sheet, { scene, row, y }: RowAt): void {
  const { colours } = scene;
  if (row.kind === "socket") {
    context.fillStyle = colours.head;
    context.fillRect(0, y, width, ROW);
  }
  context.fillStyle = colours.line;
  context.fillRect(0, y + ROW - 1, width, 1);
}

function drawLabel({ context }: Sheet, { scene, row, y }: RowAt): void {
  const { colours, folded } = scene;
  context.fillStyle = row.kind === "socket" ? colours.head : colours.bg;
  context.fillRect(0, y, GUTTER - 1, ROW - 1);
  context.fillStyle = colours.line;
  context.fillRect(GUTTER - 1, y, 1, ROW);
  const indent = row.kind === "socket" ? 8 : 22;
  const sign = row.isHead ? (folded.has(row.socket) ? "▸ " : "▾ ") : "";
  context.fillStyle = row.kind === "socket" ? colours.text : colours.dim;
  const fits = Math.floor((GUTTER - indent - 8) / LETTER);
  context.fillText(clipped(sign + row.label, fits), indent, y + ROW / 2);
}

/** So many bars above others of their row are drawn: more would only cover one another. */
const MOST_ABOVE = 100;

function drawBars(context: CanvasRenderingContext2D, at: RowAt): void {
  const { view } = at.scene;
  const { bars } = at.row;
  let [covered, above] = [-Infinity, 0];
  for (let i = firstBar(at.row, view.from); i < bars.length; i++) {
    const bar = bars[i];
    if (bar === undefined || bar.from > view.to) break;
    const [from, to] = [view.x(bar.from), view.x(bar.to)];
    const isAbove = from < covered - 1;
    // What lies within a pixel that is drawn already cannot be seen.
    if (to <= covered && (to - from < 2 || above > MOST_ABOVE)) continue;
    if (isAbove) above++;
    covered = Math.max(covered, from + 1, to);
    drawBar(context, bar, { ...at, isAbove });
  }
}

interface BarAt extends RowAt {
  /** It begins before another of its row has ended. */
  readonly isAbove: boolean;
}

function drawBar(context: CanvasRenderingContext2D, bar: Bar, { scene, y, isAbove }: BarAt): void {
  const { view, colours, calls } = scene;
  const right = GUTTER + view.width + 4;
  const from = Math.max(view.x(bar.from), GUTTER - 4);
  const to = Math.min(Math.max(view.x(bar.to), from + 2), right);
  const middle = Math.min(Math.max(view.x(bar.middle), from + 1), to);
  const [top, height] = isAbove ? [y + 7, ROW - 15] : [y + 4, ROW - 9];
  const isCall = bar.kind === "socket";
  const alpha = calls === null || calls[bar.call.index] === true ? 1 : FAINT;
  if (to - from < TINY) {
    if (alpha !== 1) context.globalAlpha = alpha;
    context.fillStyle = isCall
      ? colours.call
      : bar.kind === "memory"
        ? colours.memory
        : colours.pending;
    context.fillRect(from, top, to - from, height);
    if (alpha !== 1) context.globalAlpha = 1;
    return;
  }
  context.globalAlpha = alpha;
  if (isAbove) {
    context.fillStyle = colours.bg;
    context.fillRect(from - 1, top - 1, to - from + 2, height + 2);
  }
  context.fillStyle = bar.kind === "memory" ? colours.memory : colours.pending;
  if (!isCall && to > middle) context.fillRect(middle, top, to - middle, height);
  context.fillStyle = bar.kind === "memory" ? colours.memory : colours.call;
  context.fillRect(from, top, (isCall ? to : middle) - from, height);
  if (to - from > 6 && !isCall) drawEnd(context, bar, { colours, top, height, to });
  if (!isAbove) drawName(context, bar, { scene, from, middle: isCall ? to : middle, to, y });
  const isPicked = isSame(bar, scene.picked);
  if (isPicked || isSame(bar, scene.hovered)) {
    context.strokeStyle = isPicked ? colours.select : colours.text;
    context.lineWidth = isPicked ? 2 : 1;
    context.strokeRect(from - 0.5, top - 0.5, to - from + 1, height + 1);
  }
  context.globalAlpha = 1;
}

interface End {
  readonly colours: Colours;
  readonly top: number;
  readonly height: number;
  readonly to: number;
}

/** The completion, by its outcome; a broken edge where there is none. */
function drawEnd(context: CanvasRenderingContext2D, bar: Bar, end: End): void {
  const { colours, top, height, to } = end;
  if (bar.isOpen) {
    context.fillStyle = colours.bg;
    for (let i = 1; i < height; i += 4) context.fillRect(to - 3, top + i, 3, 2);
  } else if (bar.call.completed > 0 && bar.kind === "operation") {
    context.fillStyle = isGood(bar.call.outcome) ? colours.good : colours.bad;
    context.fillRect(to - 3, top, 3, height);
  }
}

const isGood = (outcome: string): boolean =>
  /^(?:STATUS_SUCCESS|0|ERROR_SUCCESS)?(?:,|$)/.test(outcome);

/** True where a bar belongs to the call that is picked. */
const isSame = (bar: Bar, picked: Picked): boolean =>
  picked?.kind === "call" && picked.index === bar.call.index;

interface Place {
  readonly scene: Scene;
  readonly from: number;
  readonly middle: number;
  readonly to: number;
  readonly y: number;
}

/** The name of a bar: in its longer part, in what can be read on it. */
function drawName(context: CanvasRenderingContext2D, bar: Bar, place: Place): void {
  const { scene, from, middle, to, y } = place;
  const isLater = to - middle > middle - from || bar.kind === "memory";
  const begin = Math.max(isLater && bar.kind !== "memory" ? middle : from, GUTTER) + 4;
  const fits = Math.floor(((isLater ? to : middle) - begin - 5) / LETTER);
  if (fits < 4) return;
  const text = nameOf(bar, scene);
  if (text.length > fits && fits < 8) return;
  context.fillStyle = isLater ? scene.colours.text : scene.colours.inbar;
  context.fillText(clipped(text, fits), begin, y + ROW / 2);
}

function nameOf({ kind, call, lane }: Bar, { model }: Scene): string {
  const object = model.lanes[lane]?.name ?? "";
  switch (kind) {
    case "socket":
      return `${call.function} ${call.id}`;
    case "operation":
      return `${object} ${call.outcome || call.answer}`;
    default:
      return object;
  }
}

const clipped = (text: string, fits: number): string =>
  text.length <= fits ? text : `${text.slice(0, Math.max(0, fits - 1))}…`;
