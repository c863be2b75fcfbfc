/**
 * wskit/checks: the checks of all calls without constants, codes, layouts, stubs and watches, for
 * programs whose start must be quick. What is here is the very same as in wskit.
 */
export * from "./generated/checks.js";
export type { Facts } from "./generated/index.js";
export { CallRefused, ContractError, formatIssues, formatPath, passes } from "./support/index.js";
export type {
  Arch, CheckOptions, FormatOptions, Issue, Profile, Strength,
} from "./support/index.js"; // prettier-ignore
