/** The fields by which a reader says what to look for. */
import { byId, make } from "./dom.js";
import { counted, kindOf } from "./filter.js";
import type { Filter, Shown } from "./filter.js";
import type { Model } from "./model.js";

const KINDS = ["must", "should", "note", "suppressed"] as const;

/** The search field, the two lists, and a box a kind of breach. */
export class Controls {
  readonly #words = byId("search", HTMLInputElement);
  readonly #rule = byId("rule", HTMLSelectElement);
  readonly #function = byId("function", HTMLSelectElement);
  readonly #boxes: readonly (readonly [Shown, HTMLInputElement])[];

  constructor(model: Model, changed: () => void) {
    const { breaches, calls } = model;
    fill(this.#rule, "all rules", counted(breaches.map(({ rule }) => rule)));
    fill(this.#function, "all functions", counted(calls.map((call) => call.function)));
    this.#boxes = KINDS.map((kind) => {
      const box = byId(`show-${kind}`, HTMLInputElement);
      const n = breaches.filter((breach) => kindOf(breach) === kind).length;
      byId(`count-${kind}`, HTMLElement).textContent = String(n);
      box.closest("label")?.toggleAttribute("hidden", n === 0);
      box.addEventListener("change", changed);
      return [kind, box];
    });
    this.#words.addEventListener("input", changed);
    this.#rule.addEventListener("change", changed);
    this.#function.addEventListener("change", changed);
  }

  /** What is looked for now. */
  get filter(): Filter {
    const kinds = this.#boxes.filter(([, box]) => box.checked).map(([kind]) => kind);
    return {
      words: this.#words.value,
      rule: this.#rule.value,
      function: this.#function.value,
      kinds: new Set(kinds),
    };
  }

  /** Puts the cursor into the search field. */
  focus(): void {
    this.#words.focus();
    this.#words.select();
  }
}

function fill(
  select: HTMLSelectElement,
  all: string,
  values: readonly (readonly [string, number])[],
): void {
  select.append(new Option(all, ""));
  for (const [value, n] of values) {
    const option = make("option", "", `${value} (${n})`);
    option.value = value;
    select.append(option);
  }
}
