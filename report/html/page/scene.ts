/** All that a drawing depends on, and what it is drawn on. */
import type { Model } from "./model.js";
import type { Dot, Row } from "./rows.js";
import type { Colours } from "./theme.js";
import type { View } from "./view.js";

/** The height of a row, in pixels. */
export const ROW = 24;

/** What is picked: a breach, a call or a mark; null for nothing. */
export type Picked =
  | { readonly kind: "breach"; readonly index: number }
  | { readonly kind: "call"; readonly index: number }
  | { readonly kind: "mark"; readonly dot: Dot }
  | null;

/** All that a drawing depends on. */
export interface Scene {
  readonly model: Model;
  readonly rows: readonly Row[];
  readonly view: View;
  readonly colours: Colours;
  /** For each breach, the row in which it is drawn. */
  readonly rowOfBreach: readonly number[];
  /** How far the rows are scrolled, in pixels. */
  readonly top: number;
  readonly folded: ReadonlySet<number>;
  readonly picked: Picked;
  readonly hovered: Picked;
  /** The breaches that are looked for. */
  readonly wanted: ReadonlySet<number>;
  /** For each call whether it is looked for; null where all are. */
  readonly calls: readonly boolean[] | null;
}

/** A place to draw on, with its size in pixels. */
export interface Sheet {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
}

/** A row at its place on the sheet. */
export interface RowAt {
  readonly scene: Scene;
  readonly row: Row;
  readonly y: number;
}
