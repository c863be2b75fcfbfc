/**
 * What tsc has written, said so that bundlers see what has no effect. A module that nobody needs
 * goes as a whole; a bundle goes by statements.
 */
import { readFileSync } from "node:fs";
import type { Plugin } from "esbuild";

/** A class with a computed name, up to its last line. */
const CLASS = /^export class (\w+) (\{\n(?:(?!^\};?$).*\n)*? {4}\[(?:.*\n)*?^\})$/gm;

/** Marks classes with computed names, and sets, as free of effects. */
const marked = (text: string): string =>
  text
    .replace(CLASS, "export const $1 = /* @__PURE__ */ (() => {\nclass $1 $2\nreturn $1;\n})();")
    .replace(/^((?:export )?const \w+ =) (new (?:Set|Map)\()/gm, "$1 /* @__PURE__ */ $2");

/** Takes names of a namespace one by one: where one is taken apart, bundlers keep all of it. */
function oneByOne(text: string): string {
  const spaces = [...text.matchAll(/^import \* as (\w+) from/gm)].map(([, space = ""]) => space);
  if (spaces.length === 0) return text;
  const apart = new RegExp(`\\bconst \\{ ([\\w, ]+) \\} = (${spaces.join("|")});`, "g");
  return text.replace(apart, (_, names: string, space: string) => {
    const each = names.split(", ").map((name) => `${name} = ${space}.${name}`);
    return `const ${each.join(", ")};`;
  });
}

/** Reads modules so. */
export const shaken: Plugin = {
  name: "shaken",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/](?:generated|support)[\\/].*\.js$/ }, ({ path }) => ({
      contents: oneByOne(marked(readFileSync(path, "utf8"))),
    }));
  },
};
