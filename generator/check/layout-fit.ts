/** The JavaScript view of a struct, held against its C layout: every field lies in a member. */
import type { Field } from "../../schema/define.js";
import type { Arch } from "../../schema/vocabulary.js";
import { ARCHITECTURES } from "../../schema/vocabulary.js";
import type { Diagnostics, Place } from "../diagnostics.js";
import type { Definition } from "../layout/definitions.js";
import type { Layout, MemberLayout } from "../layout/flatten.js";
import type { Layouts } from "../layout/resolve.js";
import { scalarOf } from "../layout/resolve.js";
import type { Registry } from "../registry.js";
import { keyOf, placeOf } from "../registry.js";
import { didYouMean } from "../../support/suggest.js";

interface Tools {
  readonly registry: Registry;
  readonly diagnostics: Diagnostics;
}

const LARGEST = 0x7fff_ffff;

/** Checks a definition that can be laid out. */
export function checkFit(of: Definition, layouts: Layouts, tools: Tools): void {
  const seen = new Set<string>();
  for (const arch of ARCHITECTURES) {
    const layout = layouts.layout(of.name, arch);
    if (layout.size > LARGEST) {
      const words = { received: `${of.name} of ${layout.size} bytes`, wanted: "a type of C" };
      return tools.diagnostics.report("value-out-of-range", placeOf(of.item, "name"), words);
    }
    for (const [name, field] of Object.entries(of.fields ?? {})) {
      if (seen.has(name)) continue;
      const isRight = fits(of, { name, field, layout }, { ...tools, layouts, arch });
      if (!isRight) seen.add(name);
    }
  }
}

function fits(
  of: Definition,
  at: { name: string; field: Field; layout: Layout },
  tools: Tools & { layouts: Layouts; arch: Arch },
): boolean {
  const { name, field, layout } = at;
  const { diagnostics, arch } = tools;
  const place = keyOf(of.item, "fields", name);
  const member = layout.members.find(({ path }) => path === name);
  if (member === undefined) {
    const other = didYouMean(name, layout.members.map(({ path }) => path)); // prettier-ignore
    diagnostics.report("layout-lacks-field", place, { name, other });
    return false;
  }
  if (!isOrdered(field, member, { diagnostics, place, name })) return false;
  const wanted = viewOf(field, tools);
  if (wanted === "unknown") {
    diagnostics.report("layout-unknown", place, { name: field.type });
    return false;
  }
  if (wanted === undefined) return true;
  const isScalar = member.dims === undefined && member.as !== "struct" && member.as !== "union";
  const isSame = wanted.as === undefined || (isScalar && wanted.as === member.as);
  if (wanted.size === member.size && isSame && member.bits === undefined) return true;
  diagnostics.report("layout-differs", place, {
    name,
    wanted: `${wanted.size} bytes of ${field.type}`,
    received: `${member.size} bytes of ${member.type} on ${arch}`,
  });
  return false;
}

function isOrdered(
  field: Field,
  member: MemberLayout,
  at: { diagnostics: Diagnostics; place: Place; name: string },
): boolean {
  const isNumber = member.as === "signed" || member.as === "unsigned";
  if (field.order === undefined || (isNumber && field.count === undefined)) return true;
  const words = { name: at.name, wanted: "a whole number" };
  at.diagnostics.report("relation-mismatch", at.place, words);
  return false;
}

/** What a field holds; nothing where any size will do. */
function viewOf(
  field: Field,
  { registry, layouts, arch }: Tools & { layouts: Layouts; arch: Arch },
): { size: number; as: string | undefined } | "unknown" | undefined {
  const type = registry.types.get(field.type)?.value;
  const isByte = type?.kind === "integer" && type.bits === 8;
  if (field.count === "any" || (field.count !== undefined && !isByte)) return undefined;
  if (field.count !== undefined) return { size: field.count, as: undefined };
  const scalar = type && scalarOf(type, arch);
  if (scalar !== undefined) return { size: scalar.size, as: scalar.as };
  if (!layouts.definitions.has(field.type)) return "unknown";
  return { size: layouts.layout(field.type, arch).size, as: undefined };
}
