/** The page: what is picked, what is looked for, and when to draw. */
import { Controls } from "./controls.js";
import { describe } from "./details.js";
import type { Links } from "./details.js";
import { byId, contextOf, fit } from "./dom.js";
import { drawRows } from "./draw.js";
import { breachesOf, callsOf, foundText } from "./filter.js";
import { listenToKeys, listenToOverview, listenToPointer, xIn } from "./keys.js";
import type { Commands } from "./keys.js";
import { Layout } from "./layout.js";
import type { Wanted } from "./layout.js";
import { drawLinks } from "./links.js";
import { BreachList } from "./list.js";
import type { Model } from "./model.js";
import { isSamePick, pick } from "./pick.js";
import { drawOverview, drawRuler } from "./ruler.js";
import { ROW } from "./scene.js";
import type { Picked, Scene, Sheet } from "./scene.js";
import { readColours, themeSwitch } from "./theme.js";
import { showTip } from "./tip.js";
import { GUTTER, View } from "./view.js";

/** The parts of the page and their state. */
export class App implements Wanted {
  readonly #model: Model;
  readonly #view = new View();
  readonly #layout: Layout;
  readonly #list: BreachList;
  readonly #controls: Controls;
  readonly #scroller = byId("rows", HTMLElement);
  readonly #height = byId("height", HTMLElement);
  readonly #canvases = ["overview", "ruler", "lanes"].map((id) => byId(id, HTMLCanvasElement));
  #colours = readColours();
  #picked: Picked = null;
  #hovered: Picked = null;
  /** The breaches and the calls that are looked for. */
  wanted: ReadonlySet<number> = new Set();
  calls: readonly boolean[] | null = null;
  #isDue = false;

  constructor(model: Model) {
    this.#model = model;
    this.#layout = new Layout(model, this.#view);
    this.#list = new BreachList(byId("list", HTMLElement), model, (i) => this.#goTo(i));
    this.#controls = new Controls(model, () => this.#look());
    this.#listen();
    this.#look();
    document.documentElement.dataset["ready"] = "";
  }

  #listen(): void {
    const [view, moved] = [this.#view, () => this.#draw()];
    const theme = themeSwitch(() => {
      this.#colours = readColours();
      this.#draw();
    });
    const commands: Commands = {
      view,
      moved,
      stepBreach: (by) => this.#stepBreach(by),
      stepCall: (by) => this.#stepCall(by),
      enter: () => (this.wanted.size > 0 ? this.#stepBreach(1) : this.#stepCall(1)),
      clear: () => this.#pick(null),
      search: () => this.#controls.focus(),
      help: () => byId("help", HTMLDialogElement).showModal(),
    };
    listenToKeys(commands);
    listenToPointer(this.#scroller, {
      view,
      moved,
      hover: (event) => this.#hover(event),
      click: (event) => this.#click(event),
    });
    const [overview] = this.#canvases;
    if (overview !== undefined) listenToOverview(overview, { view, moved });
    this.#scroller.addEventListener("scroll", moved);
    new ResizeObserver(moved).observe(this.#scroller);
    this.#listenToButtons(commands, theme.toggle);
  }

  #listenToButtons({ view, stepBreach, help }: Commands, toggle: () => void): void {
    const acts: Readonly<Record<string, () => void>> = {
      in: () => view.zoom(0.6),
      out: () => view.zoom(1 / 0.6),
      fit: () => view.fit(),
      next: () => stepBreach(1),
      previous: () => stepBreach(-1),
      theme: toggle,
      keys: help,
    };
    for (const [id, act] of Object.entries(acts)) {
      byId(id, HTMLButtonElement).addEventListener("click", () => {
        act();
        this.#draw();
      });
    }
    const shared = byId("shared", HTMLInputElement);
    shared.checked = this.#layout.isShared;
    shared.addEventListener("change", () => {
      this.#layout.isShared = shared.checked;
      this.#layout.layOut(this);
      this.#draw();
    });
    const axis = byId("axis", HTMLSelectElement);
    byId("axis-field", HTMLElement).hidden = !this.#model.moments.areKnown;
    axis.addEventListener("change", () => {
      this.#layout.scale(axis.value === "time" ? "time" : "line");
      this.#draw();
    });
    byId("details-close", HTMLButtonElement).addEventListener("click", () => this.#pick(null));
  }

  /** Takes what is looked for from the controls. */
  #look(): void {
    const { filter } = this.#controls;
    const places = breachesOf(this.#model, filter);
    this.wanted = new Set(places);
    this.calls = callsOf(this.#model, filter);
    byId("found", HTMLElement).textContent = foundText(this.#model, this);
    this.#list.show(places);
    this.#layout.choose(this);
    this.#draw();
  }

  /** Picks a breach, and brings it into sight with what explains it. */
  #goTo(index: number): void {
    const breach = this.#model.breaches[index];
    if (breach === undefined) return;
    this.#pick({ kind: "breach", index });
    const lines = [breach.line, breach.earlierLine, breach.callLine].filter((line) => line > 0);
    this.#reveal(lines, this.#layout.places.breaches[index]);
  }

  #goToCall(index: number): void {
    const call = this.#model.calls[index];
    if (call === undefined) return;
    this.#pick({ kind: "call", index });
    const lines = [call.line, call.completed || call.returned || call.line];
    this.#reveal(lines, this.#layout.places.calls[index]);
  }

  /** Shows lines, with some space around them, and a row. */
  #reveal(lines: readonly number[], row?: number): void {
    const view = this.#view;
    const [from, to] = [this.#layout.at(Math.min(...lines)), this.#layout.at(Math.max(...lines))];
    const least = this.#layout.axis === "line" ? 40 : (view.end - view.begin) / 1000;
    const span = Math.max((to - from) * 1.5, least);
    const isInSight = from > view.from && to < view.to;
    const isFine = isInSight && view.to - view.from < span * 6;
    if (!isFine) view.show((from + to - span) / 2, (from + to + span) / 2);
    const { scrollTop, clientHeight } = this.#scroller;
    const y = (row ?? 0) * ROW;
    if (row !== undefined && (y < scrollTop + ROW || y > scrollTop + clientHeight - 2 * ROW))
      this.#scroller.scrollTop = Math.max(0, y - clientHeight / 2);
    this.#draw();
  }

  #pick(picked: Picked): void {
    this.#picked = picked;
    this.#list.mark(picked?.kind === "breach" ? picked.index : -1);
    const links: Links = {
      toBreach: (index) => this.#goTo(index),
      toCall: (index) => this.#goToCall(index),
      toLine: (line) => this.#reveal([line]),
    };
    const box = byId("details", HTMLElement);
    byId("details-text", HTMLElement).replaceChildren(...describe(this.#model, picked, links));
    box.hidden = picked === null;
    box.scrollTop = 0;
    this.#draw();
  }

  #stepBreach(by: number): void {
    const next = this.#list.step(by);
    if (next !== undefined) this.#goTo(next);
  }

  #stepCall(by: number): void {
    const at = this.#picked?.kind === "call" ? this.#picked.index + by : this.#firstInSight();
    const is = (i: number): boolean => this.calls === null || this.calls[i] === true;
    for (let i = at; i >= 0 && i < this.#model.calls.length; i += by) {
      if (!is(i)) continue;
      this.#goToCall(i);
      return;
    }
  }

  #firstInSight(): number {
    return this.#model.calls.findIndex(({ line }) => this.#layout.at(line) >= this.#view.from);
  }

  #hover(event: PointerEvent | null): void {
    const before = this.#hovered;
    this.#hovered = event === null ? null : this.#under(event);
    const same = isSamePick(before, this.#hovered);
    if (!same) this.#draw();
    this.#scroller.classList.toggle("over", this.#hovered !== null);
    showTip(event, { isSame: same, content: () => describe(this.#model, this.#hovered) });
  }

  #click(event: PointerEvent): void {
    const x = xIn(this.#scroller, event);
    const row = this.#layout.rows[Math.floor((this.#y(event) + this.#scroller.scrollTop) / ROW)];
    if (x < GUTTER && row?.isHead === true) {
      this.#layout.fold(row.socket, this);
      this.#draw();
    } else this.#pick(this.#under(event));
    this.#scroller.focus({ preventScroll: true });
  }

  #under(event: PointerEvent): Picked {
    return pick(this.#scene(), xIn(this.#scroller, event), this.#y(event));
  }

  #y(event: PointerEvent): number {
    return event.clientY - this.#scroller.getBoundingClientRect().top;
  }

  #scene(): Scene {
    return {
      model: this.#model,
      rows: this.#layout.rows,
      view: this.#view,
      colours: this.#colours,
      rowOfBreach: this.#layout.places.breaches,
      top: this.#scroller.scrollTop,
      folded: this.#layout.folded,
      picked: this.#picked,
      hovered: this.#hovered,
      wanted: this.wanted,
      calls: this.calls,
    };
  }

  /** Draws at the next frame, once. */
  #draw(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => {
      this.#isDue = false;
      const [overview, ruler, lanes] = this.#canvases.map(sheetOf);
      if (lanes === undefined || ruler === undefined || overview === undefined) return;
      this.#height.style.height = `${this.#layout.rows.length * ROW + 24}px`;
      this.#view.width = Math.max(1, lanes.width - GUTTER);
      const scene = this.#scene();
      drawRows(lanes, scene);
      drawLinks(lanes, scene, this.#layout.at);
      drawRuler(ruler, scene, this.#layout.axis);
      drawOverview(overview, scene, this.#layout);
    });
  }
}

function sheetOf(canvas: HTMLCanvasElement): Sheet {
  const context = contextOf(canvas);
  fit(canvas, context);
  return { context, width: canvas.clientWidth, height: canvas.clientHeight };
}
