/**
 * wskit/is: a boolean for each call and nothing else: no issues, no text. Built as one small file
 * that shares nothing with other entries, for where a start must be quickest.
 */
export {
  isWSPSendArgs, isWSPSendDisconnectArgs, isWSPSendToArgs, isWskSendArgs, isWskSendExArgs,
  isWskSendMessagesArgs, isWskSendToArgs,
} from "./generated/index.js"; // prettier-ignore
export type {
  WSPSendArgs, WSPSendDisconnectArgs, WSPSendToArgs, WskSendArgs, WskSendExArgs,
  WskSendMessagesArgs, WskSendToArgs,
} from "./generated/index.js"; // prettier-ignore
export type { TermsOptions } from "./support/index.js";
