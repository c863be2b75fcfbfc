/** The zod schemas infer the types of the interfaces. */
import type { z } from "zod";
import type { WskSendArgs, WskSendExArgs, WskSendToArgs, WSPSendArgs } from "../../index.js";
import type {
  WskSendArgsSchema,
  WskSendExArgsSchema,
  WskSendToArgsSchema,
  WSPSendArgsSchema,
} from "../../generated/zod/index.js";

type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Plain<T> = { [K in keyof T]: T[K] };
type Infers<S extends z.ZodType, T> = Same<Plain<z.infer<S>>, Plain<T>>;

export const same: [
  Infers<typeof WskSendArgsSchema, WskSendArgs>,
  Infers<typeof WskSendExArgsSchema, WskSendExArgs>,
  Infers<typeof WskSendToArgsSchema, WskSendToArgs>,
  Infers<typeof WSPSendArgsSchema, WSPSendArgs>,
] = [true, true, true, true];
// @ts-expect-error they are not all alike
export const different: Infers<typeof WskSendArgsSchema, WskSendToArgs> = true;
