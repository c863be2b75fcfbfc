/** What wskit declares is what the specification says, and its schemas infer the interfaces. */
import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { StandardSchema, WskSendArgs, WskSendToArgs, WSPSendArgs } from "../../index.js";
import type {
  WskSendArgsStandard,
  WskSendToArgsStandard,
  WSPSendArgsStandard,
} from "../../generated/standard/index.js";

type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

export const output: [
  Same<StandardSchemaV1.InferOutput<typeof WskSendArgsStandard>, WskSendArgs>,
  Same<StandardSchemaV1.InferOutput<typeof WskSendToArgsStandard>, WskSendToArgs>,
  Same<StandardSchemaV1.InferInput<typeof WSPSendArgsStandard>, WSPSendArgs>,
] = [true, true, true];
// @ts-expect-error they are not all alike
export const different: Same<StandardSchemaV1.InferOutput<typeof WskSendArgsStandard>, WskSendToArgs> = true; // prettier-ignore

declare const ours: StandardSchema<WskSendArgs>;
export const theirs: StandardSchemaV1<WskSendArgs> = ours;
