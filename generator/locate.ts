/**
 * Finds the place of a mistake in a schema file. ts-morph is loaded only here, only on a mistake.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type * as TsMorph from "ts-morph";
import type { Node as MorphNode, Project, SourceFile } from "ts-morph";
import type { Diagnostic, LocatedDiagnostic, Location, Place } from "./diagnostics.js";

/** Adds line and column to each diagnostic. `root` is the folder that file names are relative to. */
export async function locate(
  diagnostics: readonly Diagnostic[],
  root: string,
): Promise<LocatedDiagnostic[]> {
  const locator = new Locator(await import("ts-morph"), root);
  return diagnostics.map((diagnostic) => ({
    ...diagnostic,
    location: locator.find(diagnostic.place),
  }));
}

class Locator {
  readonly #morph: typeof TsMorph;
  readonly #project: Project;
  readonly #root: string;

  constructor(morph: typeof TsMorph, root: string) {
    this.#morph = morph;
    this.#project = new morph.Project({
      skipAddingFilesFromTsConfig: true,
      skipFileDependencyResolution: true,
    });
    this.#root = root;
  }

  find(place: Place): Location {
    const path = join(this.#root, place.file);
    if (place.at !== undefined) return { file: place.file, ...place.at };
    if (place.export === "" || !existsSync(path)) return { file: place.file, line: 1, column: 1 };
    const source = this.#project.getSourceFile(path) ?? this.#project.addSourceFileAtPath(path);
    const start = this.#nodeAt(source, place)?.getStart() ?? 0;
    const inText = place.offset === undefined ? 0 : place.offset + 1;
    const { line, column } = source.getLineAndColumnAtPos(start + inText);
    return { file: place.file, line, column };
  }

  /** The node at the path, or the deepest one on the way that the file spells out. */
  #nodeAt(source: SourceFile, place: Place): MorphNode | undefined {
    const { Node } = this.#morph;
    let node: MorphNode | undefined = source.getVariableDeclaration(place.export)?.getInitializer();
    for (const [i, key] of place.path.entries()) {
      const step = this.#child(node, key);
      if (step === undefined) return node;
      const atKey = place.atKey === true && i === place.path.length - 1;
      if (!Node.isPropertyAssignment(step)) node = step;
      else node = atKey ? step.getNameNode() : step.getInitializer();
    }
    return node;
  }

  #child(node: MorphNode | undefined, key: string | number): MorphNode | undefined {
    const { Node } = this.#morph;
    const data = this.#unwrap(node);
    if (Node.isArrayLiteralExpression(data)) return data.getElements()[Number(key)];
    if (!Node.isObjectLiteralExpression(data)) return undefined;
    return data.getProperties().find((property) => {
      if (!Node.isPropertyAssignment(property)) return false;
      const name = property.getNameNode();
      const text = Node.isStringLiteral(name) ? name.getLiteralText() : property.getName();
      return text === String(key);
    });
  }

  /** Looks through calls such as defineCall(...), `as const`, `satisfies` and parentheses. */
  #unwrap(node: MorphNode | undefined): MorphNode | undefined {
    const { Node } = this.#morph;
    if (Node.isCallExpression(node)) return this.#unwrap(node.getArguments()[0]);
    const wraps =
      Node.isAsExpression(node) ||
      Node.isSatisfiesExpression(node) ||
      Node.isParenthesizedExpression(node);
    return wraps ? this.#unwrap(node.getExpression()) : node;
  }
}
