/** Finds the place of a mistake in a schema file. ts-morph is loaded only here, only on a mistake. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Node as MorphNode, SourceFile } from "ts-morph";
import type { Diagnostic, LocatedDiagnostic, Place } from "./diagnostics.js";

/** A place in a file; lines and columns count from 1. */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Adds line and column to each diagnostic. `root` is the folder that file names are relative to. */
export async function locate(
  diagnostics: readonly Diagnostic[],
  root: string,
): Promise<LocatedDiagnostic[]> {
  const { Node, Project } = await import("ts-morph");
  const project = new Project({
    skipAddingFilesFromTsConfig: true,
    skipFileDependencyResolution: true,
  });

  function nodeAt(source: SourceFile, place: Place): MorphNode | undefined {
    let node: MorphNode | undefined = source.getVariableDeclaration(place.export)?.getInitializer();
    for (const [i, key] of place.path.entries()) {
      const step = child(node, key);
      if (step === undefined) return node;
      const last = i === place.path.length - 1;
      if (last && place.atKey === true && Node.isPropertyAssignment(step))
        return step.getNameNode();
      node = Node.isPropertyAssignment(step) ? step.getInitializer() : step;
    }
    return node;
  }

  /** Looks through calls such as defineCall(...), `as const`, `satisfies` and parentheses. */
  function unwrap(node: MorphNode | undefined): MorphNode | undefined {
    if (Node.isCallExpression(node)) return unwrap(node.getArguments()[0]);
    if (
      Node.isAsExpression(node) ||
      Node.isSatisfiesExpression(node) ||
      Node.isParenthesizedExpression(node)
    ) {
      return unwrap(node.getExpression());
    }
    return node;
  }

  function child(node: MorphNode | undefined, key: string | number): MorphNode | undefined {
    const data = unwrap(node);
    if (Node.isArrayLiteralExpression(data)) return data.getElements()[Number(key)];
    if (!Node.isObjectLiteralExpression(data)) return undefined;
    return data.getProperties().find((property) => {
      if (!Node.isPropertyAssignment(property) && !Node.isShorthandPropertyAssignment(property))
        return false;
      const name = property.getNameNode();
      return (
        (Node.isStringLiteral(name) ? name.getLiteralText() : property.getName()) === String(key)
      );
    });
  }

  return diagnostics.map((diagnostic) => {
    const { place } = diagnostic;
    const path = join(root, place.file);
    if (place.export === "" || !existsSync(path)) {
      return { ...diagnostic, location: { file: place.file, line: 1, column: 1 } };
    }
    const source = project.getSourceFile(path) ?? project.addSourceFileAtPath(path);
    const start = nodeAt(source, place)?.getStart() ?? 0;
    const inText = place.offset === undefined ? 0 : place.offset + 1;
    const { line, column } = source.getLineAndColumnAtPos(start + inText);
    return { ...diagnostic, location: { file: place.file, line, column } };
  });
}
