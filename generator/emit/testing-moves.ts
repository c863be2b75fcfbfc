/** The moves of a walk: new values for each parameter, and for those together that rules tie. */
import { uses } from "../expression/typed.js";
import type { CallModel, Check, Model, ParamModel } from "../model.js";
import type { Code } from "../print/code.js";
import { code } from "../print/code.js";
import { imported, key, number } from "../print/encode.js";
import { SUPPORT_TESTING } from "../print/file.js";
import type { Interest } from "../testing/interest.js";
import { interestOf } from "../testing/interest.js";
import { ownNames } from "../values.js";
import { list } from "./pieces.js";
import { measuredBy, valueShape } from "./testing-types.js";

/** Emits the list of moves of a call. */
export function emitMoves(model: Model, call: CallModel): Code {
  const interest = interestOf(model, call.rules);
  const tied = tiesOf(call);
  const groups = [...call.params.map(({ name }) => [name]), ...tied];
  const moves = groups.map((names) => emitMove(model, call, { names, interest }));
  return code`[\n${moves}]`;
}

function emitMove(
  model: Model,
  call: CallModel,
  { names, interest }: { names: readonly string[]; interest: Interest },
): Code {
  const params = call.params.filter(({ name }) => names.includes(name));
  const fields = params.map(
    (param) => code`${key(param.name)}: ${paramShape(model, { param, interest })}`,
  );
  const lengths = call.rules.flatMap(({ check }) =>
    isMeasure(check) && names.includes(check.param) && names.includes(check.of)
      ? [measuredBy(check.param, check.of)]
      : [],
  );
  return code`${imported("record", SUPPORT_TESTING)}({ ${list(fields)} })${lengths},\n`;
}

const isMeasure = (check: Check): check is Extract<Check, { kind: "bytes-of" | "count-of" }> =>
  check.kind === "bytes-of" || check.kind === "count-of";

function paramShape(
  model: Model,
  { param, interest }: { param: ParamModel; interest: Interest },
): Code {
  if (param.flags !== undefined) {
    const set = model.constants.find(({ name }) => name === param.flags);
    const values = ownNames(set?.values ?? {}).map((name) => Number(set?.values[name]?.value));
    return code`${imported("anyFlags", SUPPORT_TESTING)}([${list(values.map(number))}])`;
  }
  if (param.mustBe !== undefined) {
    const value = number(param.mustBe);
    return code`${imported("constant", SUPPORT_TESTING)}<${value}>(${value})`;
  }
  const of = valueShape(model, {
    name: param.name,
    type: param.type,
    interest,
    asker: "call",
  });
  return param.optional ? code`${imported("orNull", SUPPORT_TESTING)}(${of})` : of;
}

/** The parameters that rules tie to each other, two or more together. */
function tiesOf(call: CallModel): string[][] {
  const groups: Set<string>[] = [];
  for (const { check, seenBy } of call.rules) {
    const names = seenBy === "arguments" ? namesIn(check) : [];
    if (names.length < 2) continue;
    const touched = groups.filter((group) => names.some((name) => group.has(name)));
    const joined = new Set([...names, ...touched.flatMap((group) => [...group])]);
    for (const group of touched) groups.splice(groups.indexOf(group), 1);
    groups.push(joined);
  }
  return groups.map((group) => [...group].sort());
}

function namesIn(check: Check): readonly string[] {
  if (isMeasure(check)) return [check.param, check.of];
  if (check.kind === "required" || check.kind === "null") return [check.param, check.by];
  return check.kind === "require" ? uses(check.expression).members : [];
}
