/** C declarations of what the engine is given, in words of our own: fixed sizes, no header. */
import type { MemberSpec, RecordSpec, ScalarSpec } from "../../generator/layout/spec.js";

/** What every file begins with. `ALIGN` is DECLSPEC_ALIGN as either compiler spells it. */
export const PRELUDE = `#include <stddef.h>
#ifdef _MSC_VER
#define ALIGN(n) __declspec(align(n))
#else
#define ALIGN(n) __attribute__((aligned(n)))
#endif
`;

const NUMBERS: Readonly<Record<number, string>> = {
  1: "char",
  2: "short",
  4: "int",
  8: "long long",
};

function scalar({ size, as }: ScalarSpec): string {
  if (as === "pointer") return "void *";
  return `${as === "signed" ? "signed" : "unsigned"} ${NUMBERS[size] ?? "?"}`;
}

/** Declares records, each before it is used. */
export class Declarations {
  readonly lines: string[] = [];
  readonly #names = new Map<RecordSpec, string>();
  #count = 0;

  /** The C type of a record, declared by now. */
  declare(spec: RecordSpec): string {
    const known = this.#names.get(spec);
    if (known !== undefined) return known;
    const members = spec.members.map((member, i) => this.#member(member, i));
    const tag = spec.name === "" ? `nested_${this.#count++}` : `our_${spec.name}`;
    const align = spec.align === 0 ? "" : `ALIGN(${spec.align}) `;
    const body = `${spec.kind} ${align}${tag} {\n${members.join("")}};`;
    const [on, off] =
      spec.pack === 0 ? ["", ""] : [`#pragma pack(push, ${spec.pack})\n`, "\n#pragma pack(pop)"];
    this.lines.push(`${on}${body}${off}`);
    const name = `${spec.kind} ${tag}`;
    this.#names.set(spec, name);
    return name;
  }

  #member(member: MemberSpec, i: number): string {
    const { type, dims, bits, align } = member;
    const c = type.kind === "scalar" ? scalar(type) : this.declare(type);
    const aligned = align === 0 ? "" : `ALIGN(${align}) `;
    if (bits !== undefined) return `  ${aligned}${c} ${member.name} : ${bits};\n`;
    if (member.name === "") return `  ${aligned}${c};\n`;
    const array = dims.map((n) => (n === 0 ? "[]" : `[${n}]`)).join("");
    // A flexible array alone, or in a union, is written as one of no elements.
    const isAlone = array === "[]" && i === 0;
    return `  ${aligned}${c} ${member.name}${isAlone ? "[0]" : array};\n`;
  }
}
