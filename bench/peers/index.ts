/** All rows of the tables: the floor first, wskit second, then the peers. */
import * as wskit from "../../dist/index.js";
import { isWskSend, isWskSendEx, isWskSendTo, isWSPSend } from "../floor.js";
import { ajvs } from "./ajv.js";
import { arktype } from "./arktype.js";
import type { Subject } from "./subject.js";
import { typebox } from "./typebox.js";
import { typia } from "./typia.js";
import { valibot } from "./valibot.js";
import { zods } from "./zod.js";

/** What every ratio is to. */
export const floor: Subject = {
  name: "floor",
  note: "written by hand (bench/floor.ts); a boolean only, with all rules",
  calls: {
    WSPSend: { is: isWSPSend },
    WskSend: { is: isWskSend },
    WskSendTo: { is: isWskSendTo },
    WskSendEx: { is: isWskSendEx },
  },
  differs: {},
};

/** What this bench is about: the built package. */
export const ours: Subject = {
  name: "wskit",
  note: "is…Args of the built package; check… where issues are wanted",
  calls: {
    WSPSend: { is: wskit.isWSPSendArgs, issues: (args) => wskit.checkWSPSend(args) },
    WskSend: { is: wskit.isWskSendArgs, issues: (args) => wskit.checkWskSend(args) },
    WskSendTo: { is: wskit.isWskSendToArgs, issues: (args) => wskit.checkWskSendTo(args) },
    WskSendEx: { is: wskit.isWskSendExArgs, issues: (args) => wskit.checkWskSendEx(args) },
  },
  differs: {},
};

/** The rows, in the order of the tables. */
export const SUBJECTS: readonly Subject[] = [
  floor,
  ours,
  typia,
  typebox,
  ...ajvs,
  ...zods,
  valibot,
  arktype,
];
