/** The shape of members, layouts and tables in a schema file. */
import { z } from "zod";
import { ARCHITECTURES } from "../../schema/vocabulary.js";

const text = z.string();
const most = 0x7fff_ffff;
const amount = z.int().nonnegative();
const byArch = z.union(
  [amount, z.strictObject({ x64: amount, x86: amount, arm64: amount }).partial()],
  { error: "a number of bytes, or one for each of x64, x86, arm64" },
);
const elements = z.int().positive().max(most);
const placing = {
  count: z
    .union([
      elements,
      z.array(elements).min(1),
      z.literal("any"),
      z.tuple([z.literal("any")], elements),
    ])
    .optional(),
  align: byArch.optional(),
  only: z
    .array(z.enum([...ARCHITECTURES]))
    .min(1)
    .optional(),
};
const anonymous = z.literal(true).optional();
const nested = { ...placing, anonymous, pack: byArch.optional() };
const WANTED =
  'a member: "field", the name of a type, or { type }, { pointer }, { struct }, { union }, with ' +
  "count, bits, align, pack, only, anonymous where they belong";

const member: z.ZodType = z.lazy(() =>
  z.union(
    [
      text,
      z.strictObject({ ...placing, type: text, bits: amount.optional(), anonymous }),
      z.strictObject({ ...placing, pointer: text }),
      z.strictObject({ ...nested, struct: members }),
      z.strictObject({ ...nested, union: members }),
    ],
    { error: WANTED },
  ),
);
const members = z.record(text, member);
const around = { pack: byArch.optional(), align: byArch.optional() };

/** What a struct may have for its layout. */
export const layoutOfStruct = {
  layout: z.strictObject({ ...around, members }).optional(),
  aliases: z.array(text).optional(),
  variants: z.strictObject({ by: text, types: z.record(text, text) }).optional(),
};

/** The shapes of layouts and tables; `named` is what every definition has. */
export function layoutShapes(
  named: { kind: z.ZodType; name: z.ZodType; doc: z.ZodType },
  from: z.ZodType,
): Readonly<Record<"layout" | "table", z.ZodType>> {
  const layout = { ...named, from, aliases: z.array(text).optional(), ...around };
  const slot = z.union([text, z.strictObject({ name: text, since: text })], {
    error: "a slot: a name, or { name, since }",
  });
  return {
    layout: z
      .strictObject({ ...layout, struct: members.optional(), union: members.optional() })
      .refine((of) => (of.struct === undefined) !== (of.union === undefined), {
        error: "either struct or union",
      }),
    table: z.strictObject({
      ...named,
      from,
      since: text.optional(),
      prefix: text.optional(),
      lead: members.optional(),
      slots: z.array(slot).min(1),
    }),
  };
}
