/** The stretch of the axis that is in sight. */

/** The space on the left, where the names of rows stand, in pixels. */
export const GUTTER = 180;

/** How far an axis goes. */
export interface Extent {
  readonly begin: number;
  readonly end: number;
  readonly least: number;
}

/** A stretch that can be moved and zoomed, but not out of the trace. */
export class View {
  from = 0;
  to = 1;
  #begin = 0;
  #end = 1;
  #least = 4;
  /** The pixels that it is drawn on, without the gutter. */
  width = 1;

  /** Begins anew with another axis; `least` is the shortest stretch that makes sense on it. */
  reset({ begin, end, least }: Extent): void {
    this.#begin = begin;
    this.#end = Math.max(end, begin + least);
    this.#least = least;
    this.fit();
  }

  /** The beginning of the axis. */
  get begin(): number {
    return this.#begin;
  }

  /** The end of the axis. */
  get end(): number {
    return this.#end;
  }

  /** Shows everything. */
  fit(): void {
    this.show(this.#begin, this.#end);
  }

  /** Shows a stretch, or what comes nearest to it. */
  show(from: number, to: number): void {
    const margin = (this.#end - this.#begin) * 0.01;
    const [first, last] = [this.#begin - margin, this.#end + margin];
    const span = Math.min(Math.max(to - from, this.#least), last - first);
    const wanted = (from + to - span) / 2;
    this.from = Math.min(Math.max(wanted, first), last - span);
    this.to = this.from + span;
  }

  /** Makes the stretch longer or shorter around a position. */
  zoom(factor: number, around = (this.from + this.to) / 2): void {
    const span = (this.to - this.from) * factor;
    if (span < this.#least) factor = this.#least / (this.to - this.from);
    this.show(around + (this.from - around) * factor, around + (this.to - around) * factor);
  }

  /** Moves by a part of what is in sight. */
  pan(part: number): void {
    const step = (this.to - this.from) * part;
    this.show(this.from + step, this.to + step);
  }

  /** Where a position is on the screen, in pixels from the left. */
  x(position: number): number {
    return GUTTER + ((position - this.from) / (this.to - this.from)) * this.width;
  }

  /** The position that is at a pixel. */
  at(x: number): number {
    return this.from + ((x - GUTTER) / this.width) * (this.to - this.from);
  }
}
