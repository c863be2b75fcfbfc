/**
 * A check as Standard Schema has it (https://standardschema.dev, version 1). The types are declared
 * here, so that nobody has to install them: they are those of the specification.
 */
import type { Issue } from "./issue.js";

/** A schema that says what it takes and gives, and judges a value by `~standard`. */
export interface StandardSchema<Input, Output = Input> {
  readonly "~standard": StandardProps<Input, Output>;
}

/** What Standard Schema wants to be there. */
export interface StandardProps<Input, Output = Input> {
  readonly version: 1;
  readonly vendor: string;
  /** Hands the very value through, or tells which binding rules it breaks. Never throws. */
  readonly validate: (value: unknown) => StandardResult<Output>;
  /** Known to the compiler only. */
  readonly types?: { readonly input: Input; readonly output: Output } | undefined;
}

/** The value as it came in, or what refuses it. */
export type StandardResult<Output> =
  { readonly value: Output; readonly issues?: undefined } | { readonly issues: readonly Issue[] };

/**
 * A schema of a check: `standardSchema<WskSendArgs>(checkWskSend)`. Warnings and notes refuse
 * nothing. Facts and a profile come in with a check of one's own:
 * `standardSchema<WskSendArgs>((args) => checkWskSend(args, facts, { profile: "strict" }))`.
 */
export function standardSchema<Args>(
  check: (args: unknown) => readonly Issue[],
): StandardSchema<Args> {
  const validate = (value: unknown): StandardResult<Args> => {
    const issues = check(value).filter(({ strength }) => strength === "must");
    return isAdmitted<Args>(value, issues) ? { value } : { issues };
  };
  return { "~standard": { version: 1, vendor: "wskit", validate } };
}

function isAdmitted<Args>(_value: unknown, refusals: readonly Issue[]): _value is Args {
  return refusals.length === 0;
}
