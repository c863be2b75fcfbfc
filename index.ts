/**
 * wskit: types, checks and stubs of Windows' socket send calls, without zod and without the
 * generator.
 */
export * from "./generated/index.js";
export {
  CallRefused, cmsgDataAlign, cmsgHdrAlign, cmsgLen, cmsgSpace, ContractError, controlInfo,
  controlObjects, endpointOf, excludedName, formatIssues, formatPath, isListed, NotImplemented,
  NT_ERROR, NT_SUCCESS, offsetOf, OutcomeRefused, passes, resultOf, slotAt, sockaddrIn,
  sockaddrIn6, standardSchema, toJsonText,
} from "./support/index.js"; // prettier-ignore
export type {
  Arch,
  CheckOptions,
  ControlData,
  ControlObject,
  DispatchTable,
  FormatOptions,
  Issue,
  Profile,
  Rule,
  StandardSchema,
  Strength,
  StubOptions,
  TermsOptions,
} from "./support/index.js";
