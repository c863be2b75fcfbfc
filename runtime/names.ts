/** Numbers of C by their names, as messages have them. */
import {
  AF_INET, AF_INET6, AF_UNIX, AF_UNSPEC, APC_LEVEL, DISPATCH_LEVEL, ntstatusName, PASSIVE_LEVEL,
} from "../generated/index.js"; // prettier-ignore
import { describe } from "../support/index.js";

const FAMILIES = new Map<unknown, string>([
  [AF_UNSPEC, "AF_UNSPEC"],
  [AF_UNIX, "AF_UNIX"],
  [AF_INET, "AF_INET"],
  [AF_INET6, "AF_INET6"],
]);

const LEVELS = new Map<unknown, string>([
  [PASSIVE_LEVEL, "PASSIVE_LEVEL"],
  [APC_LEVEL, "APC_LEVEL"],
  [DISPATCH_LEVEL, "DISPATCH_LEVEL"],
]);

const withNumber = (name: string | undefined, value: unknown): string =>
  name === undefined ? describe(value) : `${name} (${describe(value)})`;

/** An address family: `AF_INET6 (23)`. */
export const familyName = (family: unknown): string => withNumber(FAMILIES.get(family), family);

/** An IRQL: `DISPATCH_LEVEL (2)`. */
export const levelName = (irql: unknown): string => withNumber(LEVELS.get(irql), irql);

/** What a routine has returned for a status: its name, or what it is. */
export const statusName = (status: unknown): string =>
  typeof status === "number" ? ntstatusName(status) : describe(status);
