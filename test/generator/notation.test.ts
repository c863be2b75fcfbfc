/** The guide to the notation is complete: it names every key that a definition may have. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import { SHAPES } from "../../generator/shape.js";
import * as schema from "../../schema/index.js";

const guide = readFileSync(new URL("../../docs/guide/notation.md", import.meta.url), "utf8");

/** Every key of a shape, at any depth, and every word that may stand there. */
function wordsOf(shape: unknown, seen = new Set<unknown>()): string[] {
  if (seen.has(shape)) return [];
  seen.add(shape);
  const within = (inner: unknown): string[] => wordsOf(inner, seen);
  if (shape instanceof z.ZodObject)
    return Object.entries(shape.shape).flatMap(([key, inner]) => [key, ...within(inner)]);
  if (shape instanceof z.ZodOptional) return within(shape.unwrap());
  if (shape instanceof z.ZodArray) return within(shape.element);
  if (shape instanceof z.ZodRecord) return within(shape.valueType);
  if (shape instanceof z.ZodUnion) return shape.options.flatMap(within);
  if (shape instanceof z.ZodEnum) return shape.options.map(String);
  if (shape instanceof z.ZodLiteral) return [...shape.values].map(String);
  return [];
}

test.each(Object.entries(SHAPES))("all keys and values of a %s", (_, shape) => {
  const words = wordsOf(shape).filter((word) => word !== "kind");
  expect(words.length).toBeGreaterThan(0);
  for (const word of words) expect(guide).toMatch(new RegExp(`[\`"{ ]${word}[\`":,? }]`));
});

test("the page of types has every type that is there, and no other", () => {
  const page = readFileSync(new URL("../../docs/guide/types.md", import.meta.url), "utf8");
  const listed = [...page.matchAll(/^\| `(\w+)`/gm)].map((match) => match[1]);
  const kinds = new Set(["integer", "boolean", "pointer", "routine", "struct", "layout"]);
  const types = new Set<unknown>(
    Object.values(schema)
      .flat()
      .flatMap((value) =>
        typeof value === "object" && "kind" in value && kinds.has(value.kind) ? [value.name] : [],
      ),
  );
  expect(types.size).toBeGreaterThan(50);
  expect(new Set(listed)).toEqual(types);
  expect(listed).toHaveLength(types.size);
});
