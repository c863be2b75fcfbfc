/** Numbers that only members of layouts are. */
import { defineInteger } from "../define.js";

export const layoutScalars = [
  defineInteger({ name: "SHORT", doc: "A signed 16-bit number.", bits: 16, signed: true }),
  defineInteger({ name: "BOOL", doc: "TRUE or FALSE in four bytes.", bits: 32, signed: true }),
  defineInteger({ name: "LONGLONG", doc: "A signed 64-bit number.", bits: 64, signed: true }),
  defineInteger({ name: "ULONGLONG", doc: "An unsigned 64-bit number.", bits: 64, signed: false }),
  defineInteger({ name: "KIRQL", doc: "An interrupt request level.", bits: 8, signed: false }),
  defineInteger({ name: "WCHAR", doc: "A UTF-16 code unit.", bits: 16, signed: false }),
];
