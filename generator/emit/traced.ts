/** traced/: each call as a trace has it: what its arguments are, which rules ask for what. */
import type { Typed } from "../expression/typed.js";
import { chainFields } from "../chains.js";
import { never } from "../fault.js";
import type { CallModel, Check, FieldModel, Model, RuleModel, StructModel } from "../model.js";
import type { Code } from "../print/code.js";
import { code, nothing } from "../print/code.js";
import { docComment, identifier, imported, key, namespace, string } from "../print/encode.js";
import type { OutputFile } from "../print/file.js";
import { baseOf } from "../prove/data.js";
import { data } from "./data.js";
import { hasOperation, isJudged, operationModule } from "./operation.js";
import { factsType, libType, list } from "./pieces.js";
import { contractOf, needsOf } from "./rule-checks.js";
import { isWide, structOf, typeOf } from "./type-code.js";

/** Emits the shapes of all structs, a file for each call, and their index. */
export function emitTraced(model: Model): OutputFile[] {
  const structs = [...model.types.values()].filter((type) => type.kind === "struct");
  const shapes = code`${structs.map((struct) => emitShape(model, struct))}`;
  return [
    { path: "traced/shapes.ts", source: "the types of the schema", body: shapes },
    ...model.calls.map((call) => emitTracedCall(model, call)),
    emitTracedIndex(model),
  ];
}

function emitTracedIndex(model: Model): OutputFile {
  const calls = list(model.calls.map((call) => imported(`traced${call.name}`, moduleOf(call))));
  const doc = docComment(["All calls as a trace has them."]);
  const body = code`
${doc}export const TRACED: readonly ${tracedType()}[] = [${calls}];
`;
  return { path: "traced/index.ts", source: "the schema", body };
}

const moduleOf = ({ stem }: CallModel): string => `./traced/${stem}`;
const tracedType = (): Code => code`${libType("TracedCall")}<${factsType()}>`;
const shapeName = (struct: StructModel): string => `shape${struct.name}`;

function emitShape(model: Model, struct: StructModel): Code {
  const fields = struct.fields.map((field) => emitField(model, struct, field));
  const next = struct.next === undefined ? nothing : code`next: ${string(struct.next)},`;
  return code`
${docComment([`${struct.name} as a trace tells it.`])}export const ${identifier(shapeName(struct))}: ${libType("StructShape")} = {
  name: ${string(struct.name)},
  fields: [${fields}],
  ${next}
};
`;
}

function emitField(model: Model, struct: StructModel, field: FieldModel): Code {
  const { name, type, count, bytesFrom } = field;
  const shape = count === undefined ? shapeOf(model, type, "shapes") : code`{ kind: "bytes" }`;
  const length = bytesFrom === undefined ? nothing : code`, bytesFrom: ${string(bytesFrom)}`;
  const nullable = field.nullable === true ? code`, nullable: true` : nothing;
  return code`
    { name: ${string(name)}, shape: ${shape}, sample: ${data(struct.example[name] ?? null)}${length}${nullable} },`;
}

/** Numbers that stand for an object, which has a name in a trace. */
const HANDLES: ReadonlySet<string> = new Set(["HANDLE", "SOCKET"]);

function shapeOf(model: Model, name: string, asker: "shapes" | "call"): Code {
  const struct = structOf(model, name);
  const shape = (of: StructModel): Code => {
    const made = shapeName(of);
    return asker === "shapes" ? identifier(made) : imported(made, "./traced/shapes");
  };
  if (struct !== undefined) return code`{ kind: "struct", of: () => ${shape(struct)} }`;
  const type = typeOf(model, name);
  switch (type.kind) {
    case "integer":
      if (HANDLES.has(type.name)) return code`{ kind: "handle" }`;
      return isWide(model, name) ? code`{ kind: "wide" }` : code`{ kind: "whole" }`;
    case "boolean":
      return code`{ kind: "boolean" }`;
    case "routine":
      return code`{ kind: "routine" }`;
    case "pointer": {
      if (type.form === "cell")
        return code`{ kind: "cell", of: ${shapeOf(model, type.to, asker)} }`;
      const element = type.form === "array" ? structOf(model, type.to) : undefined;
      if (element !== undefined) return code`{ kind: "array", of: () => ${shape(element)} }`;
      return type.form === "bytes" ? code`{ kind: "bytes" }` : code`{ kind: "opaque" }`;
    }
    case "struct":
      return code`{ kind: "struct", of: () => ${shape(type)} }`;
    default:
      return never(type);
  }
}

function emitTracedCall(model: Model, call: CallModel): OutputFile {
  const base = baseOf(model, call);
  const params = call.params.map(
    ({ name, type }) => code`
    {
      name: ${string(name)}, type: ${string(type)}, shape: ${shapeOf(model, type, "call")},
      sample: ${data(base[name] ?? null)},
    },`,
  );
  const body = code`
${docComment([`${call.name} as a trace has it.`])}export const ${identifier(`traced${call.name}`)}: ${tracedType()} = {
  watched: ${watched(model, call)},
  params: [${params}],
  errorIn: ${call.errorIn === undefined ? code`null` : string(call.errorIn)},
  tables: [${list(call.tables.map(string))}],
  check: ${imported(`check${call.name}`, `./${call.stem}`)},
  ${judge(call)}
  facts: ${facts(model, call)},
  aliases: {${aliases(call)}},
  reads: {${reads(model, call)}},
};
`;
  return { path: `traced/${call.stem}.ts`, source: call.file, body };
}

function watched(model: Model, call: CallModel): Code {
  const { name, module } = contractOf(call);
  const contract = namespace(name, module);
  const hasLifetimes = call.rules.some(({ check }) => check.kind === "lifetime");
  const lifetimes = hasLifetimes ? code`${contract}.lifetimes` : code`[]`;
  return code`{
    name: ${string(call.name)},
    lifetimes: ${lifetimes},
    outcomes: ${contract}.outcomes,
    links: [${list(chainFields(model).map(string))}],
    profiles: [${list(call.profiles.map(string))}],
  }`;
}

const judge = (call: CallModel): Code =>
  hasOperation(call) && call.rules.some(isJudged)
    ? code`judge: ${imported(`check${call.name}Operation`, `./${operationModule(call)}`)},`
    : nothing;

function facts(model: Model, call: CallModel): Code {
  const told = (rules: readonly RuleModel[]): Code =>
    list([...new Set(rules.flatMap((r) => needsOf(model, r, call).told))].sort().map(string));
  const before = call.rules.filter(({ seenBy }) => seenBy === "arguments" || seenBy === "state");
  return code`{ before: [${told(before)}], after: [${told(call.rules.filter(isJudged))}] }`;
}

const aliases = (call: CallModel): Code[] =>
  call.rules.flatMap((rule) =>
    rule.aliases === undefined
      ? []
      : [code`\n${key(rule.id)}: [${list(rule.aliases.map(string))}],`],
  );

/** What the rules of the call read, and those of the structs that it reaches. */
function reads(model: Model, call: CallModel): Code[] {
  const structs = new Set<StructModel>();
  const visit = (name: string): void => {
    const type = structOf(model, name) ?? typeOf(model, name);
    if (type.kind === "pointer" && type.form === "array") visit(type.to);
    if (type.kind !== "struct" || structs.has(type)) return;
    structs.add(type);
    for (const field of type.fields) visit(field.type);
  };
  for (const { type } of call.params) visit(type);
  const rules = [...call.rules, ...[...structs].flatMap((struct) => struct.rules)];
  return rules.flatMap((rule) => {
    const paths = [...new Set(readBy(rule.check))];
    return [code`\n${key(rule.id)}: [${list(paths.map(string))}],`];
  });
}

function readBy(check: Check): string[] {
  switch (check.kind) {
    case "require":
      return readIn(check.expression);
    case "bytes-of":
    case "count-of":
      return [check.param, check.of];
    case "required":
    case "null":
      return [check.param, check.by];
    case "chain":
      return [check.field];
    case "type":
    case "must-be":
    case "flags":
    case "undocumented":
    case "null-only-if":
      return [check.param];
    case "lifetime":
    case "returns":
    case "none":
      return [];
    default:
      return never(check);
  }
}

function readIn(typed: Typed): string[] {
  switch (typed.kind) {
    case "member":
      return [typed.path.join(".")];
    case "total":
      return [
        [typed.of, ...typed.field].join("."),
        ...(typed.count === undefined ? [] : [typed.count]),
      ];
    case "length":
    case "allOnes":
    case "not":
      return readIn(typed.of);
    case "wellFormed":
      return [...readIn(typed.bytes), ...readIn(typed.length)];
    case "binary":
      return [...readIn(typed.left), ...readIn(typed.right)];
    default:
      return [];
  }
}
