/** The layout engine on types of its own. The numbers are those of Microsoft's rules, as clang has them. */
import { describe, expect, test } from "vitest";
import { Diagnostics } from "../../generator/diagnostics.js";
import { flatten } from "../../generator/layout/flatten.js";
import { layOut } from "../../generator/layout/record.js";
import { Layouts } from "../../generator/layout/resolve.js";
import type { Entry } from "../../generator/load.js";
import { Registry } from "../../generator/registry.js";
import { checkShape } from "../../generator/shape.js";
import type { LayoutType, Members, MemberType } from "../../schema/index.js";
import * as base from "../../schema/index.js";
import { defineLayout } from "../../schema/index.js";
import type { Arch } from "../../schema/vocabulary.js";
import { Dice, randomRecord } from "../abi/random.js";

const from = { policy: "a test" } as const;

function layoutsOf(...own: readonly LayoutType[]): Layouts {
  const all = [
    ...own,
    base.LIST_ENTRY,
    base.LARGE_INTEGER,
    base.scalars,
    base.pointers,
    base.layoutScalars,
  ];
  const entries = all.flat().map((value): Entry => {
    return { kind: value.kind, value: { ...value }, file: "", export: "", path: [], builtIn: false };
  }); // prettier-ignore
  const diagnostics = new Diagnostics();
  for (const entry of entries) checkShape(entry, diagnostics);
  expect(diagnostics.all).toEqual([]);
  return new Layouts(new Registry(entries));
}

type Extra = Partial<Pick<LayoutType, "pack" | "align">>;

/** `size/align name@offset:size …`, bit fields as `name@offset:size.bit+width`. */
function show(arch: Arch, members: Members, extra: Extra = {}, kind = "struct"): string {
  const body = kind === "struct" ? { struct: members } : { union: members };
  const type = defineLayout({ name: "T", doc: "A test.", from, ...extra, ...body });
  const { size, align, members: found } = layoutsOf(type).layout("T", arch);
  const rows = found.map(({ path, offset, size, bits }) => {
    return `${path}@${offset}:${size}${bits === undefined ? "" : `.${bits.at}+${bits.width}`}`;
  });
  return [`${size}/${align}`, ...rows].join(" ");
}

const bits = (type: "UCHAR" | "USHORT" | "ULONG" | "ULONGLONG", width: number) =>
  ({ type, bits: width }) as const;

describe("natural alignment", () => {
  test("members are padded, and so is the end", () => {
    const members = { a: "UCHAR", b: "ULONG", c: "UCHAR" } as const;
    expect(show("x64", members)).toBe("12/4 a@0:1 b@4:4 c@8:1");
  });

  test("pointers follow the architecture; 8-byte numbers are aligned on x86 too", () => {
    const members = { a: "UCHAR", p: { pointer: "VOID" }, q: "ULONGLONG", s: "SIZE_T" } as const;
    expect(show("x64", members)).toBe("32/8 a@0:1 p@8:8 q@16:8 s@24:8");
    expect(show("arm64", members)).toBe(show("x64", members));
    expect(show("x86", members)).toBe("24/8 a@0:1 p@4:4 q@8:8 s@16:4");
  });

  test("arrays, of several dimensions and of any length", () => {
    const members = {
      a: { type: "USHORT", count: [3, 2] },
      b: { type: "LIST_ENTRY", count: 2 },
      tail: { type: "ULONGLONG", count: "any" },
    } as const;
    expect(show("x64", members)).toBe(
      "48/8 a@0:12 b@16:32 b[].Flink@16:8 b[].Blink@24:8 tail@48:0",
    );
  });

  test("of any length are arrays of arrays too, and arrays of structs", () => {
    const rows = { a: "UCHAR", tail: { type: "ULONG", count: ["any", 4] } } as const;
    expect(show("x64", rows)).toBe("4/4 a@0:1 tail@4:0");
    const structs = { a: "UCHAR", tail: { struct: { x: "ULONG" }, count: ["any", 2] } } as const;
    expect(show("x64", structs)).toBe("4/4 a@0:1 tail@4:0 tail[].x@4:4");
  });

  test("all names of numbers that Windows has for one size are laid out alike", () => {
    const of = (...types: readonly MemberType[]): string[] =>
      types.map((type) => `${show("x64", { a: "UCHAR", b: type })} ${show("x86", { b: type })}`);
    expect(new Set(of("BYTE", "UCHAR", "CHAR")).size).toBe(1);
    expect(new Set(of("WORD", "USHORT", "WCHAR", "SHORT")).size).toBe(1);
    expect(new Set(of("UINT", "ULONG", "DWORD", "INT", "BOOL")).size).toBe(1);
    expect(new Set(of("DWORD64", "ULONG64", "LONG64", "ULONGLONG")).size).toBe(1);
    expect(new Set(of("UINT_PTR", "INT_PTR", "LONG_PTR", "SIZE_T")).size).toBe(1);
  });

  test("a type of nothing takes as much as an int", () => {
    expect(show("x64", {})).toBe("4/1");
    expect(show("x64", {}, { align: 8 })).toBe("8/8");
  });
});

describe("pack and align", () => {
  const members = { a: "UCHAR", b: "ULONGLONG", c: "USHORT" } as const;

  test("pack lowers alignment, also that of the whole", () => {
    expect(show("x64", members)).toBe("24/8 a@0:1 b@8:8 c@16:2");
    expect(show("x64", members, { pack: 4 })).toBe("16/4 a@0:1 b@4:8 c@12:2");
    expect(show("x64", members, { pack: 1 })).toBe("11/1 a@0:1 b@1:8 c@9:2");
    expect(show("x64", members, { pack: { x86: 1 } })).toBe(show("x64", members));
    expect(show("x86", members, { pack: { x86: 1 } })).toBe("11/1 a@0:1 b@1:8 c@9:2");
  });

  test("align of the type raises its size, align of a member its place; pack lowers neither", () => {
    expect(show("x64", members, { align: 16 })).toBe("32/16 a@0:1 b@8:8 c@16:2");
    const aligned = { a: "UCHAR", b: { type: "USHORT", align: 8 }, c: "UCHAR" } as const;
    expect(show("x64", aligned, { pack: 1 })).toBe("16/8 a@0:1 b@8:2 c@10:1");
    const pointerLike = { a: "ULONG", k: { type: "ULONG", align: { x64: 8 } } } as const;
    expect(show("x64", pointerLike)).toBe("16/8 a@0:4 k@8:4");
    expect(show("x86", pointerLike)).toBe("8/4 a@0:4 k@4:4");
  });

  test("a struct that is declared where it is used is aligned as a member is", () => {
    const s = { struct: { x: "UCHAR" }, align: { x64: 8, arm64: 8 } } as const;
    expect(show("x64", { a: "UCHAR", s })).toBe("16/8 a@0:1 s@8:1 s.x@8:1");
    expect(show("x86", { a: "UCHAR", s })).toBe("2/1 a@0:1 s@1:1 s.x@1:1");
  });

  test("what a nested type requires reaches the outer one through its pack", () => {
    const inner = { struct: { x: { type: "UCHAR", align: 8 } } } as const;
    expect(show("x64", { a: "UCHAR", inner }, { pack: 1 })).toBe(
      "16/8 a@0:1 inner@8:8 inner.x@8:1",
    );
  });

  test("pack holds for what is declared inside, until that has its own", () => {
    const inner = { a: "UCHAR", b: "ULONG" } as const;
    expect(show("x64", { s: { struct: inner } }, { pack: 1 })).toBe("5/1 s@0:5 s.a@0:1 s.b@1:4");
    expect(show("x64", { s: { struct: inner, pack: 2 } }, { pack: 1 })).toBe(
      "6/1 s@0:6 s.a@0:1 s.b@2:4",
    );
  });
});

describe("bit fields", () => {
  test("share a unit while the size of the type stays and bits are left", () => {
    const members = { a: bits("ULONG", 28), b: bits("ULONG", 4), c: bits("ULONG", 1) } as const;
    expect(show("x64", members)).toBe("8/4 a@0:4.0+28 b@0:4.28+4 c@4:4.0+1");
    const mixed = { a: bits("UCHAR", 4), b: bits("ULONG", 4), c: bits("ULONG", 30) } as const;
    expect(show("x64", mixed)).toBe("12/4 a@0:1.0+4 b@4:4.0+4 c@8:4.0+30");
  });

  test("one of no width ends the unit, and says nothing elsewhere", () => {
    const end = { type: "ULONGLONG", bits: 0 } as const;
    const members = { a: bits("UCHAR", 1), end, b: bits("UCHAR", 1), c: "UCHAR" } as const;
    expect(show("x64", members)).toBe("16/8 a@0:1.0+1 b@8:1.0+1 c@9:1");
    expect(show("x64", { a: "UCHAR", end, b: "UCHAR" })).toBe("2/1 a@0:1 b@1:1");
  });

  test("one without a name takes its bits", () => {
    const fill = { type: "USHORT", bits: 5, anonymous: true } as const;
    expect(show("x64", { a: bits("USHORT", 3), fill, b: bits("USHORT", 8) })).toBe(
      "2/2 a@0:2.0+3 b@0:2.8+8",
    );
  });

  test("in a union each begins at the lowest bit, and none aligns the union", () => {
    const members = { a: bits("ULONG", 3), b: bits("ULONG", 5), c: "UCHAR" } as const;
    expect(show("x64", members, {}, "union")).toBe("4/1 a@0:4.0+3 b@0:4.0+5 c@0:1");
  });

  test("are packed, too", () => {
    const members = { a: "UCHAR", b: bits("ULONG", 9) } as const;
    expect(show("x64", members, { pack: 1 })).toBe("5/1 a@0:1 b@1:4.0+9");
  });
});

describe("nested types", () => {
  test("the members of anonymous ones are members of the outer type", () => {
    const members = {
      a: "UCHAR",
      one: {
        anonymous: true,
        union: {
          two: { anonymous: true, struct: { low: "ULONG", high: "ULONG" } },
          whole: "ULONGLONG",
          named: { struct: { x: "UCHAR" } },
        },
      },
    } as const;
    expect(show("x86", members)).toBe(
      "16/8 a@0:1 low@8:4 high@12:4 whole@8:8 named@8:1 named.x@8:1",
    );
  });

  test("a member may be there on some architectures only", () => {
    const members = { a: "ULONG", b: { type: "ULONG", only: ["x86"] }, c: "ULONG" } as const;
    expect(show("x64", members)).toBe("8/4 a@0:4 c@4:4");
    expect(show("x86", members)).toBe("12/4 a@0:4 b@4:4 c@8:4");
  });
});

describe("padding", () => {
  const holes = (members: Members): string => {
    const type = defineLayout({ name: "T", doc: "A test.", from, struct: members });
    const { padding } = layoutsOf(type).layout("T", "x64");
    return padding.map(({ offset, size }) => `${offset}+${size}`).join(" ");
  };

  test("is what no member touches, inside nested types and unions as well", () => {
    expect(holes({ a: "UCHAR", b: "ULONG", c: "UCHAR" })).toBe("1+3 9+3");
    expect(holes({ s: { struct: { a: "USHORT", b: "ULONG" } }, c: "UCHAR" })).toBe("2+2 9+3");
    expect(holes({ u: { union: { a: "UCHAR", b: "ULONG" } } })).toBe("");
    expect(holes({ a: bits("ULONG", 9), b: "ULONG" })).toBe("2+2");
    expect(holes({ a: { type: "ULONG", bits: 9, anonymous: true }, b: "ULONG" })).toBe("0+4");
  });
});

test("of a thousand random types, members lie in order, aligned, and within the type", () => {
  const dice = new Dice(7);
  for (let i = 0; i < 1000; i++) {
    const spec = randomRecord(dice, `r${i}`, 3, 8);
    const { size, members, padding } = flatten(layOut(spec, 8));
    for (const member of members) {
      expect(member.offset).toBeGreaterThanOrEqual(0);
      expect(member.offset + member.size).toBeLessThanOrEqual(size);
    }
    for (const hole of padding) expect(hole.offset + hole.size).toBeLessThanOrEqual(size);
  }
});
