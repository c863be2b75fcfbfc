/** The modules as the compiler has written them: what each exports, and which rules it takes. */
import { readFileSync } from "node:fs";

/** The names that a module exports, whatever it re-exports as a whole left out. */
export function exportsOf(path: string): string[] {
  const text = readFileSync(path, "utf8");
  const declared = text.matchAll(/^export (?:async )?(?:const|let|class|function\*?) ([\w$]+)/gm);
  const listed = [...text.matchAll(/^export \{([^}]*)\}/gm)].flatMap(([, names = ""]) =>
    names.split(",").map((name) => name.trim().replace(/^.* as /, "")),
  );
  return [...[...declared].map(([, name = ""]) => name), ...listed].filter((name) => name !== "");
}

/** The names that a module takes from others as `namespace.name`, by the file they come from. */
export function takenBy(path: string): Map<string, Set<string>> {
  const text = readFileSync(path, "utf8");
  const taken = new Map<string, Set<string>>();
  for (const [, space = "", from = ""] of text.matchAll(
    /^import \* as (\w+) from "(\.[^"]+)";/gm,
  )) {
    const names = [...text.matchAll(new RegExp(`\\b${space}\\.(\\w+)`, "g"))];
    taken.set(new URL(from, `file://${path}`).pathname, new Set(names.map(([, n = ""]) => n)));
  }
  return taken;
}

/** The relative imports of a module, as paths. */
export function importsOf(path: string): string[] {
  const text = readFileSync(path, "utf8");
  return [...text.matchAll(/(?:\bfrom |\bimport\(|^import )"(\.[^"]+)"/gm)].map(
    ([, to = ""]) => new URL(to, `file://${path}`).pathname,
  );
}
