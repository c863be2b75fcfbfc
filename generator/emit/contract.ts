/**
 * contract/<name>.ts: what every rule says and rests on; what a call returns and what that means.
 */
import type {
  CallModel,
  LifetimeCheck,
  Model,
  MomentModel,
  OutcomeModel,
  RuleModel,
} from "../model.js";
import { structStem } from "../names.js";
import type { Code } from "../print/code.js";
import { code, join, nothing } from "../print/code.js";
import { docComment, identifier, imported, key, string } from "../print/encode.js";
import type { OutputFile } from "../print/file.js";
import { codesModule, libType, list } from "./pieces.js";

/** Emits a file for each call, and one for each struct with rules. */
export function emitContracts(model: Model): OutputFile[] {
  const calls = model.calls.map((call) =>
    file(call.stem, call.file, [
      ...call.rules.map(emitRule),
      emitOutcomes(call),
      emitLifetimes(call),
    ]),
  );
  const structs = [...model.types.values()]
    .filter((type) => type.kind === "struct")
    .filter((struct) => struct.rules.length > 0)
    .map((struct) => file(structStem(struct.name), struct.file, struct.rules.map(emitRule)));
  return [...calls, ...structs];
}

function file(stem: string, source: string, pieces: readonly Code[]): OutputFile {
  return { path: `contract/${stem}.ts`, source, body: code`${pieces}` };
}

function emitRule(rule: RuleModel): Code {
  const { constant, id, says, expects, advice, sources } = rule;
  return code`
${docComment([says])}export const ${identifier(constant)}: ${libType("Rule")} = {
  id: ${string(id)},
  expects: ${string(expects)},
  advice: ${string(advice)},
  strength: ${strengthCode(rule)},
  sources: [${list(sources.map(string))}],
};
`;
}

function strengthCode({ strength }: RuleModel): Code {
  if (typeof strength === "string") return string(strength);
  const entries = Object.entries(strength).map(
    ([profile, of]) => code`${key(profile)}: ${string(of)}`,
  );
  return code`{ ${list(entries)} }`;
}

function emitOutcomes(call: CallModel): Code {
  const { otherwise } = call;
  const rest =
    otherwise === undefined
      ? code`null`
      : code`{
    completes: ${string(otherwise.completes)},
    result: ${string(otherwise.result)},
    doc: ${string(otherwise.doc)},
  }`;
  const listed = call.outcomes.map(({ name }) => string(name));
  const names = listed.length === 0 ? code`never` : join(listed, code` | `);
  const never = call.neverReturns.map(
    ({ name, set }) => code`${key(name)}: ${imported(name, codesModule(set))}`,
  );
  return code`
${docComment([
  `What ${call.name} may return, and what then becomes of the operation.`,
])}export const outcomes: ${libType("Outcomes")}<${names}> = {
  listed: { ${list(call.outcomes.map(outcome))} },
  otherwise: ${rest},
  never: { ${list(never)} },
  bindsIn: ${bindsIn(call)},
};
`;
}

/** Rules about what is returned say in which profiles it binds; without one, it does in all. */
function bindsIn(call: CallModel): Code {
  const rules = call.rules.filter(({ check }) => check.kind === "returns");
  if (rules.length === 0) return code`null`;
  const profiles = call.profiles.filter((profile) =>
    rules.some(({ strength }) =>
      typeof strength === "string" ? strength === "must" : strength[profile] === "must",
    ),
  );
  return code`[${list(profiles.map(string))}]`;
}

function emitLifetimes(call: CallModel): Code {
  const lifetimes = call.rules.flatMap(({ check, constant }) =>
    check.kind === "lifetime" ? [lifetime(constant, check)] : [],
  );
  if (lifetimes.length === 0) return nothing;
  return code`
${docComment([
  `What must not happen to the objects of a ${call.name}, or must, and from when until when.`,
])}export const lifetimes: readonly ${libType("Lifetime")}[] = [${list(lifetimes)}];
`;
}

function lifetime(constant: string, check: LifetimeCheck): Code {
  const { after, until, of, forbids, owes, unless } = check;
  const lifted = unless === undefined ? nothing : code`\nunless: ${string(unless)},`;
  return code`
  {
    rule: ${identifier(constant)},
    after: [${list(after.map(moment))}],
    until: [${list(until.map(moment))}],
    of: [${list(of.map(string))}],
    forbids: [${list(forbids.map(string))}],
    owes: [${list(owes.map(string))}],${lifted}
  }`;
}

function moment(of: MomentModel): Code {
  if (typeof of === "string") return string(of);
  return code`{ code: ${imported(of.code, codesModule(of.set))} }`;
}

function outcome({ name, set, completes, result, then, doc }: OutcomeModel): Code {
  const next = then === undefined ? nothing : code` then: ${string(then)},`;
  return code`
  ${key(name)}: {
    code: ${imported(name, codesModule(set))},
    completes: ${string(completes)},
    result: ${string(result)},${next}
    doc: ${string(doc)},
  }`;
}
