/** What a compiler is asked to confirm of a layout. */
import type { Layout } from "../../generator/layout/flatten.js";

/** C text, and how many facts it states. */
export interface Assertions {
  readonly text: string;
  readonly count: number;
}

const inC = (path: string): string => path.replaceAll("[]", "[0]");

/** One assertion a line: the size and alignment of a type, and offset and size of its members. */
export function assertions(type: string, layout: Layout): Assertions {
  const lines = [
    assertion(`sizeof(${type})`, layout.size),
    assertion(`_Alignof(${type})`, layout.align),
  ];
  for (const { path, offset, size, bits, dims } of layout.members) {
    if (bits !== undefined) continue;
    lines.push(assertion(`offsetof(${type}, ${inC(path)})`, offset));
    if (dims?.includes(0) !== true)
      lines.push(assertion(`sizeof(((${type} *)0)->${inC(path)})`, size));
  }
  return { text: `${lines.join("\n")}\n`, count: lines.length };
}

function assertion(expression: string, value: number): string {
  return `_Static_assert(${expression} == ${value}, "${expression} == ${value}");`;
}

/** A bit field whose place is read from an object file: a value of its type with only it set. */
export interface BitProbe {
  readonly section: string;
  readonly text: string;
  /** The bytes that must lie in the section. */
  readonly expected: Uint8Array;
  readonly what: string;
}

/** A probe for each bit field; `next` numbers them within a file. */
export function bitProbes(type: string, layout: Layout, next: () => number): BitProbe[] {
  return layout.members.flatMap(({ path, offset, bits }) => {
    if (bits === undefined || path.includes("[]")) return [];
    const id = next();
    const value = (1n << BigInt(bits.width)) - 1n;
    const expected = new Uint8Array(layout.size);
    for (let i = bits.at; i < bits.at + bits.width; i++) {
      const at = offset + Math.floor(i / 8);
      expected[at] = (expected[at] ?? 0) | (1 << (i % 8));
    }
    const section = `b${id}`;
    const text = `__attribute__((section("${section}"), used)) const ${type} bits_${id} = { .${path} = (unsigned long long)${value}ull };\n`;
    return [{ section, text, expected, what: `${type}.${path}` }];
  });
}
