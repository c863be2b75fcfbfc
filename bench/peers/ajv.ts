/** ajv, compiled at start and stand-alone; the relations by hand behind it. */
import { createRequire } from "node:module";
import type { CallName } from "../scenarios.js";
import { makeAjv } from "./ajv-schemas.js";
import { brokenByControl, brokenByWsk, brokenByWsp, isLongEnough } from "./relations.js";
import type { Controlled, Finding, Sent, SOCKADDR } from "./relations.js";
import { COMMON } from "./subject.js";
import type { Subject, Verbs } from "./subject.js";

/** A function that ajv made: the errors of the last call hang on it. */
interface Validate<T> {
  (args: unknown): args is T;
  errors?: readonly unknown[] | null;
}

type WspArgs = Parameters<typeof brokenByWsp>[0];
type WskArgs = Controlled & Sent & { RemoteAddress: SOCKADDR | null };
type Take = <T>(call: CallName) => Validate<T>;

function verbs<T>(types: Validate<T>, broken: (args: T) => Finding | undefined): Verbs {
  return {
    is: (args) => types(args) && broken(args) === undefined,
    issues: (args) => {
      if (!types(args)) return types.errors ?? [];
      const found = broken(args);
      return found === undefined ? [] : [found];
    },
  };
}

const calls = (take: Take): Subject["calls"] => ({
  WSPSend: verbs(take<WspArgs>("WSPSend"), brokenByWsp),
  WskSend: verbs(take<WskArgs>("WskSend"), brokenByWsk),
  WskSendTo: verbs(take<WskArgs>("WskSendTo"), (args) =>
    args.RemoteAddress === null || isLongEnough(args.RemoteAddress)
      ? brokenByControl(args)
      : { path: "RemoteAddress.sa_data", expected: "the bytes of its family" },
  ),
  WskSendEx: verbs(take<WskArgs>("WskSendEx"), brokenByControl),
});

const ajv = makeAjv(false);
const written = createRequire(import.meta.url)("../built/ajv.cjs") as Record<CallName, unknown>;

function compiled<T>(call: CallName): Validate<T> {
  const made = ajv.getSchema<T>(call);
  if (made === undefined || "$async" in made) throw new Error(`ajv has no schema of ${call}`);
  return made as Validate<T>;
}

const differs = {
  ...COMMON,
  "endless chain": "its walk along a chain is a recursion without a bound",
  "memory by prototype": "instanceof, which a prototype trick passes",
};

/** The rows of ajv. */
export const ajvs: readonly Subject[] = [
  {
    name: "ajv standalone",
    note: "8.20.0, with keywords (code) for memory and bigint; relations by hand behind it",
    calls: calls(<T>(call: CallName) => written[call] as Validate<T>),
    differs,
  },
  { name: "ajv", note: "8.20.0, the same compiled at start", calls: calls(compiled), differs },
];
