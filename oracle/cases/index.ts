/** All cases, in the order in which they are played. */
import type { Case } from "../vocabulary.js";
import { DATAGRAMS } from "./datagrams.js";
import { ENDS, PENDING_ENDS } from "./ends.js";
import { EVENTS } from "./events.js";
import { FAMILIES, OPTIONS } from "./options.js";
import { OVERLAPPED, REPORTS } from "./overlapped.js";
import { ADDRESSED, FLAGS, STREAM } from "./stream.js";
import { WSK } from "./wsk.js";

/** The case list: the same for both sides. */
export const CASES: readonly Case[] = [
  ...STREAM,
  ...FLAGS,
  ...ADDRESSED,
  ...ENDS,
  ...PENDING_ENDS,
  ...OVERLAPPED,
  ...REPORTS,
  ...EVENTS,
  ...OPTIONS,
  ...FAMILIES,
  ...DATAGRAMS,
  ...WSK,
];
