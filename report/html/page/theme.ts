/** Colours of the drawings: those of the style sheet, in its light or its dark form. */

/** Every colour, by its name in the style sheet. */
export interface Colours {
  readonly bg: string;
  readonly head: string;
  readonly line: string;
  readonly text: string;
  readonly dim: string;
  readonly call: string;
  readonly pending: string;
  readonly memory: string;
  readonly good: string;
  readonly bad: string;
  readonly must: string;
  readonly should: string;
  readonly note: string;
  readonly suppressed: string;
  readonly select: string;
  readonly mark: string;
  readonly inbar: string;
}

/** The colours that hold now. */
export function readColours(): Colours {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    bg: read("bg"),
    head: read("head"),
    line: read("line"),
    text: read("text"),
    dim: read("dim"),
    call: read("call"),
    pending: read("pending"),
    memory: read("memory"),
    good: read("good"),
    bad: read("bad"),
    must: read("must"),
    should: read("should"),
    note: read("note"),
    suppressed: read("suppressed"),
    select: read("select"),
    mark: read("mark"),
    inbar: read("inbar"),
  };
}

/** Tells when the system changes between light and dark; `toggle` changes it for the page. */
export function themeSwitch(changed: () => void): { readonly toggle: () => void } {
  const system = matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", changed);
  return {
    toggle: () => {
      const { dataset } = document.documentElement;
      const isDark = dataset["theme"] === undefined ? system.matches : dataset["theme"] === "dark";
      dataset["theme"] = isDark ? "light" : "dark";
      changed();
    },
  };
}
