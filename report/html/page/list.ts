/** The list of breaches. Only what is in sight is there, so that thousands stay smooth. */
import { badge } from "./details.js";
import { make } from "./dom.js";
import type { Model } from "./model.js";

/** The height of an entry, in pixels; the style sheet has the same. */
const ENTRY = 66;

/** A list box over the breaches that are looked for. */
export class BreachList {
  readonly #element: HTMLElement;
  readonly #inside = make("div", "entries");
  readonly #model: Model;
  readonly #choose: (index: number) => void;
  #places: readonly number[] = [];
  #chosen = -1;

  constructor(element: HTMLElement, model: Model, choose: (index: number) => void) {
    this.#element = element;
    this.#model = model;
    this.#choose = choose;
    element.append(this.#inside);
    element.addEventListener("scroll", () => this.#draw());
    element.addEventListener("keydown", (event) => this.#key(event));
    new ResizeObserver(() => this.#draw()).observe(element);
  }

  /** Shows these breaches, by their places. */
  show(places: readonly number[]): void {
    this.#places = places;
    this.#inside.style.height = `${places.length * ENTRY}px`;
    this.#draw();
  }

  /** Marks a breach as the one that is picked, and brings it into sight; -1 for none. */
  mark(index: number): void {
    this.#chosen = index;
    const at = this.#places.indexOf(index);
    if (at >= 0) {
      const { scrollTop, clientHeight } = this.#element;
      const top = at * ENTRY;
      if (top < scrollTop) this.#element.scrollTop = top;
      else if (top + ENTRY > scrollTop + clientHeight)
        this.#element.scrollTop = top + ENTRY - clientHeight;
    }
    this.#draw();
  }

  /** The breach so many places behind the one that is picked; the first where none is. */
  step(by: number): number | undefined {
    const at = this.#places.indexOf(this.#chosen);
    if (at < 0) return this.#places[by > 0 ? 0 : this.#places.length - 1];
    return this.#places[Math.min(Math.max(at + by, 0), this.#places.length - 1)];
  }

  #key(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor(this.#element.clientHeight / ENTRY) - 1);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -this.#places.length,
      End: this.#places.length,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const next = this.step(step);
    if (next !== undefined) this.#choose(next);
  }

  #draw(): void {
    const { scrollTop, clientHeight } = this.#element;
    const first = Math.max(0, Math.floor(scrollTop / ENTRY) - 2);
    const last = Math.min(this.#places.length, Math.ceil((scrollTop + clientHeight) / ENTRY) + 2);
    const entries = [];
    for (let i = first; i < last; i++) entries.push(this.#entry(i));
    this.#inside.replaceChildren(...entries);
    const isThere = entries.some(({ id }) => id === `breach-${this.#chosen}`);
    if (isThere) this.#element.setAttribute("aria-activedescendant", `breach-${this.#chosen}`);
    else this.#element.removeAttribute("aria-activedescendant");
  }

  #entry(i: number): HTMLElement {
    const index = this.#places[i] ?? -1;
    const breach = this.#model.breaches[index];
    const entry = make("div", "entry");
    if (breach === undefined) return entry;
    const { rule, line, callId, message } = breach;
    const place = callId === "" ? `line ${line}` : `line ${line}, call ${callId}`;
    entry.append(
      make("div", "entry-head", badge(breach), make("code", "", rule), make("span", "dim", place)),
      make("div", "entry-text", message),
    );
    entry.id = `breach-${index}`;
    entry.title = message;
    entry.style.top = `${i * ENTRY}px`;
    entry.setAttribute("role", "option");
    entry.setAttribute("aria-selected", String(index === this.#chosen));
    entry.setAttribute("aria-setsize", String(this.#places.length));
    entry.setAttribute("aria-posinset", String(i + 1));
    entry.addEventListener("click", () => this.#choose(index));
    return entry;
  }
}
