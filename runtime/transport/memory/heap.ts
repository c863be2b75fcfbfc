/** What is to happen, sorted by time, and by the order of asking within an instant. */

/** Something that is to happen. */
export interface Due {
  /** In microseconds. */
  readonly at: number;
  readonly sequence: number;
  /** Null where it was called off. */
  run: (() => void) | null;
}

/** A binary heap, first due first. */
export class DueHeap {
  readonly #items: Due[] = [];

  /** The first; undefined where nothing is due. */
  get first(): Due | undefined {
    return this.#items[0];
  }

  /** Adds one. */
  push(item: Due): void {
    const items = this.#items;
    let at = items.length;
    items.push(item);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = items[above];
      if (parent === undefined || !isBefore(item, parent)) break;
      items[at] = parent;
      at = above;
    }
    items[at] = item;
  }

  /** Takes the first away. */
  pop(): void {
    const items = this.#items;
    const item = items.pop();
    if (item === undefined || items.length === 0) return;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      let child = items[below];
      if (child === undefined) break;
      const other = items[below + 1];
      if (other !== undefined && isBefore(other, child)) {
        child = other;
        below += 1;
      }
      if (!isBefore(child, item)) break;
      items[at] = child;
      at = below;
    }
    items[at] = item;
  }
}

function isBefore(one: Due, other: Due): boolean {
  return one.at < other.at || (one.at === other.at && one.sequence < other.sequence);
}
