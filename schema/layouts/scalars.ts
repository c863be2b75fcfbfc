/** Numbers by names that no send function has for a parameter. */
import { defineInteger } from "../define.js";

export const layoutScalars = [
  defineInteger({ name: "SHORT", doc: "A signed 16-bit number.", bits: 16, signed: true }),
  defineInteger({ name: "BOOL", doc: "TRUE or FALSE in four bytes.", bits: 32, signed: true }),
  defineInteger({ name: "LONGLONG", doc: "A signed 64-bit number.", bits: 64, signed: true }),
  defineInteger({ name: "ULONGLONG", doc: "An unsigned 64-bit number.", bits: 64, signed: false }),
  defineInteger({ name: "KIRQL", doc: "An interrupt request level.", bits: 8, signed: false }),
  defineInteger({ name: "WCHAR", doc: "A UTF-16 code unit.", bits: 16, signed: false }),
  defineInteger({ name: "BYTE", doc: "An unsigned byte.", bits: 8, signed: false }),
  defineInteger({ name: "WORD", doc: "An unsigned 16-bit number.", bits: 16, signed: false }),
  defineInteger({ name: "UINT", doc: "An unsigned 32-bit number.", bits: 32, signed: false }),
  defineInteger({ name: "LONG64", doc: "A signed 64-bit number.", bits: 64, signed: true }),
  defineInteger({ name: "ULONG64", doc: "An unsigned 64-bit number.", bits: 64, signed: false }),
  defineInteger({ name: "DWORD64", doc: "An unsigned 64-bit number.", bits: 64, signed: false }),
  ...(["INT_PTR", "LONG_PTR"] as const).map((name) =>
    defineInteger({ name, doc: "As wide as a pointer, signed.", bits: "pointer", signed: true }),
  ),
  defineInteger({
    name: "UINT_PTR",
    doc: "An unsigned number as wide as a pointer.",
    bits: "pointer",
    signed: false,
  }),
];
