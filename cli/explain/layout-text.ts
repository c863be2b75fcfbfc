/** How a type lies in memory, as a picture in text: offset, size, padding. */
import type { Layout, Member, Placement } from "./contract.js";
import { ARCHITECTURES, placementOn } from "./contract.js";
import type { Places } from "./subject.js";
import { indent } from "./typeset.js";

/** A picture for each group of architectures on which the type lies alike. */
export function layoutText(layout: Layout): string {
  const groups = new Map<Placement, string[]>();
  for (const arch of ARCHITECTURES) {
    const placement = placementOn(layout, arch);
    groups.set(placement, [...(groups.get(placement) ?? []), arch]);
  }
  return [...groups]
    .map(([placement, architectures]) => {
      const title = `On ${architectures.join(" and ")}: ${placement.size} bytes, aligned to ${placement.align}`;
      return `${title}\n${indent(picture(placement))}\n`;
    })
    .join("\n");
}

/** Where a member lies, a line for each group of architectures on which it lies alike. */
export function placesText(places: Places): string {
  const lines = new Map<string, string[]>();
  for (const arch of ARCHITECTURES) {
    const member = places[arch];
    const where =
      member === undefined
        ? "nowhere"
        : `at ${member.offset}, ${member.size} bytes: ${typeOf(member)}`;
    lines.set(where, [...(lines.get(where) ?? []), arch]);
  }
  return [...lines].map(([where, archs]) => `On ${archs.join(" and ")} ${where}`).join("\n");
}

interface Row {
  readonly offset: number;
  readonly size: number;
  readonly name: string;
  readonly type: string;
}

/** Members of members are indented below them; members of a union share their offset. */
function picture({ members, padding }: Placement): string {
  const rows: Row[] = members.map((member) => ({
    ...member,
    name: nameOf(member),
    type: typeOf(member),
  }));
  for (const hole of padding) {
    const behind = rows.findIndex((row) => row.offset > hole.offset);
    const row = { ...hole, name: "(padding)", type: "" };
    rows.splice(behind === -1 ? rows.length : behind, 0, row);
  }
  const wide = Math.max(...rows.map(({ name }) => name.length), 0);
  const digits = Math.max(
    ...rows.map(({ offset, size }) => String(Math.max(offset, size)).length),
    2,
  );
  return [
    `${"at".padStart(digits)}  ${"size".padStart(digits)}`,
    ...rows.map(({ offset, size, name, type }) =>
      `${String(offset).padStart(digits)}  ${String(size).padStart(Math.max(digits, 4))}  ${name.padEnd(wide)}  ${type}`.trimEnd(),
    ),
  ].join("\n");
}

function nameOf({ path }: Member): string {
  const parts = path.split(".");
  return `${"  ".repeat(parts.length - 1)}${parts.at(-1) ?? ""}`;
}

function typeOf({ type, dims = [], bits }: Member): string {
  const times = dims.map((n) => `[${n}]`).join("");
  return `${type}${times}${bits === undefined ? "" : `, ${bits.width} bits from bit ${bits.at}`}`;
}
