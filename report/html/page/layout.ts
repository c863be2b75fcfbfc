/** Which rows there are, and where the axis has them. */
import { densityOf, positionOf } from "./axis.js";
import type { Axis, Overview } from "./axis.js";
import type { Model } from "./model.js";
import { place, placesOf, rowsOf } from "./rows.js";
import type { Row, RowPlaces } from "./rows.js";
import type { View } from "./view.js";

/** From so many objects on, rows are shared unless a reader wants otherwise. */
const MANY = 150;

/** What is looked for, as far as rows go. */
export interface Wanted {
  /** The breaches that are looked for. */
  readonly wanted: ReadonlySet<number>;
  /** For each call whether it is looked for; null where all are. */
  readonly calls: readonly boolean[] | null;
}

/** The rows of the page. */
export class Layout implements Overview {
  /** The rows that have something that is looked for. */
  rows: readonly Row[] = [];
  places: RowPlaces = { breaches: [], calls: [] };
  axis: Axis = "line";
  at: (line: number) => number = (line) => line;
  density: readonly number[] = [];
  /** Sockets whose rows are folded up. */
  readonly folded = new Set<number>();
  isShared: boolean;
  readonly #model: Model;
  readonly #view: View;
  #all: Row[] = [];

  constructor(model: Model, view: View) {
    this.#model = model;
    this.#view = view;
    this.isShared = model.lanes.length > MANY;
    this.scale("line");
    this.layOut({ wanted: new Set(), calls: null });
  }

  /** Makes the rows anew. */
  layOut(wanted: Wanted): void {
    const { isShared, folded } = this;
    this.#all = rowsOf(this.#model, { isShared, folded });
    place(this.#all, this.at);
    this.choose(wanted);
  }

  /** Folds up the rows of a socket, or unfolds them. */
  fold(socket: number, wanted: Wanted): void {
    if (!this.folded.delete(socket)) this.folded.add(socket);
    this.layOut(wanted);
  }

  /** Takes the rows that have something that is looked for. */
  choose({ wanted, calls }: Wanted): void {
    this.rows = this.#all.filter(
      ({ bars, dots }) =>
        calls === null ||
        bars.some(({ call }) => calls[call.index] === true) ||
        dots.some(({ breach }) => wanted.has(breach)),
    );
    this.places = placesOf(this.rows);
  }

  /** Takes another axis, and shows all of it. */
  scale(axis: Axis): void {
    const { moments, lines, calls } = this.#model;
    this.axis = axis;
    this.at = positionOf(axis, moments);
    const end = axis === "line" ? lines + 1 : moments.end * 1.001;
    const begin = axis === "line" ? Math.max(0, (calls[0]?.line ?? 1) - 1) : 0;
    this.#view.reset({ begin, end, least: axis === "line" ? 8 : Math.min(100, end) });
    const begins = calls.map(({ line }) => this.at(line));
    this.density = densityOf(begins, this.#view);
    place(this.#all, this.at);
  }
}
