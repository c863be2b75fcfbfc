/** Elements, found and made. Text becomes text, never markup. */

/** The element with that id, which the page has. */
export function byId<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (found instanceof type) return found;
  throw new TypeError(`the page has no ${type.name} #${id}`);
}

/** An element with a class and with what stands in it. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...inside: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className !== "") element.className = className;
  element.append(...inside);
  return element;
}

/** A button that does something. */
export function button(text: string, act: () => void): HTMLButtonElement {
  const element = make("button", "link", text);
  element.type = "button";
  element.addEventListener("click", act);
  return element;
}

/** The drawing side of a canvas. */
export function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext("2d");
  if (context === null) throw new TypeError("this browser draws on no canvas");
  return context;
}

/** Gives a canvas the pixels of its size on the screen; false where it has none. */
export function fit(canvas: HTMLCanvasElement, context: CanvasRenderingContext2D): boolean {
  const ratio = window.devicePixelRatio;
  const { clientWidth, clientHeight } = canvas;
  const [width, height] = [Math.round(clientWidth * ratio), Math.round(clientHeight * ratio)];
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, clientWidth, clientHeight);
  return width > 0 && height > 0;
}
