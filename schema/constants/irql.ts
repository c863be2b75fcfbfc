/** Interrupt request levels. */
import { defineConstants } from "../define.js";

export const IRQLS = defineConstants({
  name: "IRQLS",
  doc: "Interrupt request levels; WSK may be called at DISPATCH_LEVEL and below.",
  use: "numbers",
  from: { header: "wdm.h", line: 210 },
  values: {
    PASSIVE_LEVEL: { value: 0, doc: "Ordinary thread execution." },
    APC_LEVEL: { value: 1, doc: "Kernel APCs are held off." },
    DISPATCH_LEVEL: { value: 2, doc: "The highest level at which WSK may be called." },
    HIGH_LEVEL: {
      value: { x64: 15, arm64: 15, x86: 31 },
      doc: "The highest level there is: everything else is held off.",
    },
  },
});
