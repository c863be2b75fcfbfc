/** The tooltip beside the pointer. */
import { byId } from "./dom.js";

/** What a tooltip says. */
export interface Tip {
  /** True where it says the same as before. */
  readonly isSame: boolean;
  readonly content: () => Node[];
}

/** Shows it beside the pointer; hides it where there is nothing to say. */
export function showTip(event: PointerEvent | null, { isSame, content }: Tip): void {
  const tip = byId("tip", HTMLElement);
  if (event === null) {
    tip.hidden = true;
    return;
  }
  if (!isSame) {
    const inside = content();
    tip.replaceChildren(...inside);
    tip.hidden = inside.length === 0;
  }
  if (tip.hidden) return;
  const { offsetWidth, offsetHeight } = tip;
  const isRight = event.clientX + offsetWidth + 24 > window.innerWidth;
  const isLow = event.clientY + offsetHeight + 24 > window.innerHeight;
  tip.style.left = `${Math.max(4, isRight ? event.clientX - offsetWidth - 12 : event.clientX + 14)}px`;
  tip.style.top = `${Math.max(4, isLow ? event.clientY - offsetHeight - 12 : event.clientY + 16)}px`;
}
