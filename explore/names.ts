/** The calls of the schema as types: their names, prototypes and codes, as they are generated. */
import * as codes from "../generated/codes/index.js";
import type * as generated from "../generated/index.js";
import { CONTRACTS } from "./contract.js";

type Generated = typeof generated;

/** The name of a call: `WskSend`. */
export type CallName = {
  [K in keyof Generated]: K extends `create${infer N}`
    ? `${N}Outcomes` extends keyof Generated
      ? N
      : never
    : never;
}[keyof Generated];

/** Its prototype: PFN_WSK_SEND. */
export type Prototype<N extends CallName> = Generated[`create${N}`] extends (
  body?: infer F,
  ...rest: never[]
) => unknown
  ? Exclude<F, undefined>
  : never;

/** All calls, by their C names. */
export type Calls = { readonly [N in CallName]: Prototype<N> };

/** The names of the codes that its contract lists. */
export type OutcomeName<N extends CallName> = keyof Generated[`${N}Outcomes`]["listed"] & string;

/** The name of any code of the language of the call. */
export type CodeName<N extends CallName> = N extends `WSP${string}`
  ? Extract<keyof typeof codes, `WSA${string}` | "NO_ERROR">
  : Extract<keyof typeof codes, `STATUS_${string}`>;

/** True for a table with all calls of the schema. */
export function hasCalls(table: object): table is Calls {
  return CONTRACTS.every(({ name }) => typeof Reflect.get(table, name) === "function");
}

const CODES: ReadonlyMap<string, unknown> = new Map(Object.entries(codes));

/** The code of that name, as C sees it. Throws RangeError where there is none. */
export function codeNamed(name: string): number {
  const code = CODES.get(name);
  if (typeof code === "number") return code;
  throw new RangeError(`expected the name of a code, received ${JSON.stringify(name)}`);
}
