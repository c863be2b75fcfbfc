/** Examples of the schema as literals. */
import type { Value } from "../../schema/define.js";
import type { Code } from "../print/code.js";
import { code } from "../print/code.js";
import { bigint, key, number, string } from "../print/encode.js";
import { list } from "./pieces.js";

/** An example as it stands in the schema. */
export function data(value: Value): Code {
  switch (typeof value) {
    case "number":
      return number(value);
    case "bigint":
      return bigint(value);
    case "string":
      return string(value);
    case "boolean":
      return value ? code`true` : code`false`;
    default: {
      if (value === null) return code`null`;
      if (isList(value)) return code`[${list(value.map(data))}]`;
      const entries = Object.entries(value).map(([name, of]) => code`${key(name)}: ${data(of)}`);
      return code`{ ${list(entries)} }`;
    }
  }
}

const isList = (value: object): value is readonly Value[] => Array.isArray(value);
