/** Mentions: a name that is mentioned is declared; what has a mistake of its own counts as such. */
import type { Source } from "../../schema/define.js";
import type { Diagnostics, Place } from "../diagnostics.js";
import type { Registry } from "../registry.js";
import { didYouMean } from "../../support/suggest.js";

/** Reports mentions of what is not there. Each method says whether it is. */
export class Mentions {
  readonly #registry: Registry;
  readonly #diagnostics: Diagnostics;

  constructor(registry: Registry, diagnostics: Diagnostics) {
    this.#registry = registry;
    this.#diagnostics = diagnostics;
  }

  type(name: string, place: Place): void {
    if (this.#registry.types.has(name)) return;
    this.#unknown("unknown-type", place, { name, known: this.#registry.names("types") });
  }

  /** A parameter of the same call, or a field of the same struct. */
  member(name: string, members: object, place: Place): boolean {
    if (Object.hasOwn(members, name)) return true;
    const other = didYouMean(name, Object.keys(members));
    this.#diagnostics.report("unknown-parameter", place, { name, other });
    return false;
  }

  code(name: string, place: Place): void {
    if (this.#registry.code(name) !== undefined) return;
    this.#unknown("unknown-status", place, { name, known: this.#registry.names("codes") });
  }

  fact(name: string, place: Place): void {
    if (this.#registry.fact(name) !== undefined) return;
    this.#unknown("unknown-fact", place, { name, known: this.#registry.names("facts") });
  }

  constant(name: string, place: Place): void {
    if (this.#registry.constant(name) !== undefined) return;
    this.#unknown("unknown-constant", place, { name, known: this.#registry.names("constants") });
  }

  constantSet(name: string, place: Place): void {
    if (this.#registry.constantSet(name) !== undefined) return;
    this.#unknown("unknown-constant", place, { name, known: this.#registry.names("constants") });
  }

  source(source: Source, place: Place): void {
    if ("page" in source && !this.#registry.pages.has(source.page)) {
      const known = this.#registry.names("pages");
      this.#unknown("unknown-page", place, { name: source.page, known });
    }
    if ("decision" in source && !this.#registry.decisions.has(source.decision)) {
      const known = this.#registry.names("decisions");
      this.#unknown("unknown-decision", place, { name: source.decision, known });
    }
  }

  #unknown(
    code: Parameters<Diagnostics["report"]>[0],
    place: Place,
    { name, known }: { name: string; known: readonly string[] },
  ): void {
    if (this.#registry.isMistaken(name)) return;
    this.#diagnostics.report(code, place, { name, other: didYouMean(name, known) });
  }
}
