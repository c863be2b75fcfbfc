/** The keys of the page, and what the pointer does on the timeline. */
import { GUTTER } from "./view.js";
import type { View } from "./view.js";

/** What keys and the pointer may ask for. */
export interface Commands {
  readonly view: View;
  readonly moved: () => void;
  readonly stepBreach: (by: number) => void;
  readonly stepCall: (by: number) => void;
  /** Goes to the next of what was searched. */
  readonly enter: () => void;
  readonly clear: () => void;
  readonly search: () => void;
  readonly help: () => void;
}

/** Has the page listen to its keys. */
export function listenToKeys(commands: Commands): void {
  const { view, moved } = commands;
  const turn = (act: () => void) => () => {
    act();
    moved();
  };
  const keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: turn(() => view.pan(-0.15)),
    ArrowRight: turn(() => view.pan(0.15)),
    a: turn(() => view.pan(-0.15)),
    d: turn(() => view.pan(0.15)),
    "+": turn(() => view.zoom(0.7)),
    "=": turn(() => view.zoom(0.7)),
    w: turn(() => view.zoom(0.7)),
    "-": turn(() => view.zoom(1 / 0.7)),
    s: turn(() => view.zoom(1 / 0.7)),
    "0": turn(() => view.fit()),
    f: turn(() => view.fit()),
    Home: turn(() => view.show(view.begin, view.begin + view.to - view.from)),
    End: turn(() => view.show(view.end - (view.to - view.from), view.end)),
    n: () => commands.stepBreach(1),
    p: () => commands.stepBreach(-1),
    "]": () => commands.stepCall(1),
    "[": () => commands.stepCall(-1),
    Escape: commands.clear,
    "/": commands.search,
    "?": commands.help,
  };
  document.addEventListener("keydown", (event) => {
    const { key, target, ctrlKey, metaKey, altKey } = event;
    // A dialog has keys of its own.
    if (ctrlKey || metaKey || altKey || document.querySelector("dialog[open]") !== null) return;
    const isField = target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
    if (isField && key === "Escape") target.blur();
    if (isField && key === "Enter") commands.enter();
    if (isField) return;
    const act = keys[key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
}

/** What the pointer tells. */
export interface Pointing {
  readonly view: View;
  readonly moved: () => void;
  readonly hover: (event: PointerEvent | null) => void;
  readonly click: (event: PointerEvent) => void;
}

/** Has the rows listen to the pointer: drag moves, the wheel scrolls or, with Ctrl, zooms. */
export function listenToPointer(area: HTMLElement, { view, moved, hover, click }: Pointing): void {
  let drag: { readonly x: number; readonly y: number; lastX: number; lastY: number } | null = null;
  let hasMoved = false;
  area.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.offsetX > area.clientWidth) return;
    drag = { x: event.clientX, y: event.clientY, lastX: event.clientX, lastY: event.clientY };
    hasMoved = false;
  });
  area.addEventListener("pointermove", (event) => {
    if (drag === null) {
      hover(event);
      return;
    }
    const far = Math.abs(event.clientX - drag.x) + Math.abs(event.clientY - drag.y);
    if (far > 4 && !hasMoved) {
      hasMoved = true;
      area.setPointerCapture(event.pointerId);
      hover(null);
    }
    if (!hasMoved) return;
    view.pan((drag.lastX - event.clientX) / view.width);
    area.scrollTop += drag.lastY - event.clientY;
    [drag.lastX, drag.lastY] = [event.clientX, event.clientY];
    moved();
  });
  area.addEventListener("pointerup", (event) => {
    if (drag !== null && !hasMoved) click(event);
    drag = null;
  });
  area.addEventListener("pointercancel", () => (drag = null));
  area.addEventListener("pointerleave", () => hover(null));
  area.addEventListener("dblclick", (event) => {
    view.zoom(0.4, view.at(Math.max(xIn(area, event), GUTTER)));
    moved();
  });
  area.addEventListener("wheel", (event) => wheel(area, event, { view, moved }), {
    passive: false,
  });
}

function wheel(area: HTMLElement, event: WheelEvent, on: Pick<Pointing, "view" | "moved">): void {
  const { view, moved } = on;
  const isZoom = event.ctrlKey || event.metaKey;
  const across = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
  if (!isZoom && Math.abs(across) < 1) return;
  event.preventDefault();
  if (isZoom)
    view.zoom(1.0025 ** Math.max(-200, Math.min(200, event.deltaY)), view.at(xIn(area, event)));
  else view.pan(across / view.width);
  moved();
}

/** Where an event is, in pixels from the left of an element. */
export const xIn = (area: HTMLElement, { clientX }: MouseEvent): number =>
  clientX - area.getBoundingClientRect().left;

/** Has the overview move what is in sight: a press goes there, a drag chooses a stretch. */
export function listenToOverview(
  canvas: HTMLCanvasElement,
  { view, moved }: Pick<Pointing, "view" | "moved">,
): void {
  const at = (event: MouseEvent): number =>
    view.begin +
    ((xIn(canvas, event) - GUTTER) / (canvas.clientWidth - GUTTER)) * (view.end - view.begin);
  let start: number | null = null;
  canvas.addEventListener("pointerdown", (event) => {
    start = at(event);
    canvas.setPointerCapture(event.pointerId);
    const half = (view.to - view.from) / 2;
    view.show(start - half, start + half);
    moved();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (start === null) return;
    const end = at(event);
    if (Math.abs(end - start) < (view.end - view.begin) * 0.004) return;
    view.show(Math.min(start, end), Math.max(start, end));
    moved();
  });
  canvas.addEventListener("pointerup", () => (start = null));
}
