/**
 * wskit/checks: the checks of all calls without constants, codes, layouts, stubs and watches, for
 * programs whose start must be quick. What is here is the very same as in wskit.
 */
export {
  assertWSPSend, assertWSPSendDisconnect, assertWSPSendTo, assertWskSend, assertWskSendEx,
  assertWskSendMessages, assertWskSendTo, checkWSPSend, checkWSPSendDisconnect, checkWSPSendTo,
  checkWskSend, checkWskSendEx, checkWskSendMessages, checkWskSendTo, isWSPSendArgs,
  isWSPSendDisconnectArgs, isWSPSendToArgs, isWskSendArgs, isWskSendExArgs,
  isWskSendMessagesArgs, isWskSendToArgs,
} from "./generated/index.js"; // prettier-ignore
export type {
  Facts, WSPSendArgs, WSPSendDisconnectArgs, WSPSendToArgs, WskSendArgs, WskSendExArgs,
  WskSendMessagesArgs, WskSendToArgs,
} from "./generated/index.js"; // prettier-ignore
export { ContractError, formatIssues } from "./support/index.js";
export type { CheckOptions, FormatOptions, Issue, Profile, Strength } from "./support/index.js";
