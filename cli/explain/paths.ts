/** Paths that lead through pointers: `WskSend.Buffer.Mdl.ByteCount` is MDL.ByteCount. */
import type { Contract } from "./contract.js";
import type { Subject } from "./subject.js";

/**
 * The shorter name for what a path leads to; undefined where it goes through nothing that is
 * known. `named` finds the subject at the beginning of the path.
 */
export function behindPath(
  path: string,
  named: (name: string) => Subject | undefined,
  contract: Contract,
): string | undefined {
  const parts = path.replaceAll(/\[\d*\]/g, "").split(".");
  for (let length = parts.length - 1; length > 0; length--) {
    const prefix = parts.slice(0, length).join(".");
    const subject = named(prefix);
    const type = subject === undefined ? undefined : pointedTo(typeOf(subject), contract);
    if (type === undefined) continue;
    const rest = parts.slice(length).join(".");
    return type.toLowerCase() === prefix.toLowerCase() ? undefined : `${type}.${rest}`;
  }
  return undefined;
}

/** The name of the type of what a name stands for. */
function typeOf(subject: Subject): string | undefined {
  switch (subject.kind) {
    case "parameter":
      return subject.param.type;
    case "field":
      return subject.type.fields?.find(({ name }) => name === subject.field)?.type;
    case "member":
      return Object.values(subject.places)[0]?.type;
    case "type":
      return subject.type.name;
    default:
      return undefined;
  }
}

/** The struct behind a pointer, or the struct itself. */
function pointedTo(name: string | undefined, contract: Contract): string | undefined {
  if (name === undefined) return undefined;
  const plain = name.replace(/ ?\*+$/, "");
  const to = contract.types.find((type) => type.name === plain)?.to;
  if (to !== undefined) return pointedTo(to, contract);
  const isKnown = contract.layouts.some(
    (layout) => layout.name === plain || layout.aliases.includes(plain),
  );
  return isKnown || contract.types.some((type) => type.name === plain && type.fields)
    ? plain
    : undefined;
}
