/** Mistakes that the compiler finds before the generator does; names that a schema adds. */
import type { FactName, StatusName, TypeName } from "../../schema/index.js";
import { defineConstants, defineGuids } from "../../schema/index.js";

declare module "../../schema/index.js" {
  interface UserTypes {
    OWN_TYPE: true;
  }
  interface UserStatuses {
    OWN_STATUS: true;
  }
  interface UserFacts {
    "own.fact": true;
  }
}

export const own: [TypeName, StatusName, FactName] = ["OWN_TYPE", "OWN_STATUS", "own.fact"];
// @ts-expect-error nobody has declared it
export const other: FactName = "other.fact";

const rest = { name: "SET", doc: "A set.", use: "numbers", from: { policy: "a test" } } as const;

export const sound = defineConstants({
  ...rest,
  values: {
    LATER: { aliasOf: "ONE", doc: "The first, by a name that stands before it." },
    ONE: { value: 1, doc: "The first." },
    WIDTH: { value: { x64: 0xffff_ffff_ffff_ffffn, arm64: 8, x86: 4 }, doc: "A width." },
  },
});

export const misspelt = defineConstants({
  ...rest,
  values: {
    ONE: { value: 1, doc: "The first." },
    // @ts-expect-error there is no ONEE
    OTHER: { aliasOf: "ONEE", doc: "The first, misspelt." },
  },
});

export const incomplete = defineConstants({
  ...rest,
  values: {
    // @ts-expect-error x86 is missing
    WIDTH: { value: { x64: 8, arm64: 8 }, doc: "A width." },
    // @ts-expect-error neither a value nor an alias
    NEITHER: { doc: "Nothing." },
  },
});

export const ids = defineGuids({
  name: "IDS",
  doc: "Identifiers.",
  from: { policy: "a test" },
  values: {
    ID: { value: "C0B422F5-F58C-11D1-AD6C-00C04FA34A2D", doc: "An identifier." },
    // @ts-expect-error a GUID is text
    NUMBER: { value: 1, doc: "A number." },
  },
});
