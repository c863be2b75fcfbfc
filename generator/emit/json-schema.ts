/**
 * json-schema/<call>.json: the arguments of a call as JSON Schema, with the rules that it says and
 * those that it does not. It is made of the model: a schema made of a validator loses the rules.
 */
import type { CallModel, Model, RuleModel, StructModel } from "../model.js";
import { json } from "../print/encode.js";
import type { Said } from "../json-schema/expression.js";
import { COMPARES } from "../json-schema/expression.js";
import type { JsonObject } from "../json-schema/json.js";
import { orNull, ref } from "../json-schema/json.js";
import type { Place } from "../json-schema/rules.js";
import { sayRule } from "../json-schema/rules.js";
import { allOf, definitionOf, reachedTypes, record } from "../json-schema/types.js";
import type { Page } from "./page.js";

/** Emits a schema for each call. */
export function emitJsonSchemas(model: Model): Page[] {
  return model.calls.map((call) => ({
    path: `json-schema/${call.stem}.json`,
    body: json(schemaOf(model, call)),
  }));
}

function schemaOf(model: Model, call: CallModel): JsonObject {
  const profile = call.profiles[0] ?? "documented";
  const types = reachedTypes(
    model,
    call.params.map(({ type }) => type),
  );
  const structs = types.filter((type) => type.kind === "struct");
  const own = saidOf(model, call.rules, { call, profile });
  const theirs = new Map(
    structs.map((struct) => [
      struct.name,
      saidOf(model, struct.rules, { call: undefined, profile }),
    ]),
  );
  const all = [own, ...theirs.values()].flat();
  const definitions = types.map((type) => [
    type.name,
    definitionOf(model, type, schemasOf(theirs.get(type.name) ?? [])),
  ]);
  const params = call.params.map(({ name, type, doc, optional }) => [
    name,
    { description: doc, ...orNull(ref(type), optional) },
  ]);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: `urn:wskit:${call.name}Args`,
    title: `${call.name}Args`,
    description: `The arguments of ${call.name}. ${ENCODING}`,
    ...record(Object.fromEntries(params)),
    ...allOf(schemasOf(own)),
    $defs: Object.fromEntries(definitions),
    "x-wskit-profile": profile,
    "x-wskit-rules": all.flatMap(({ rule, said }) => ("why" in said ? [] : [told(rule)])),
    "x-wskit-unsaid": [
      ...all.flatMap(({ rule, said }) => ("why" in said ? [{ ...told(rule), ...said }] : [])),
      ...structs.flatMap(measured),
    ],
  };
}

const ENCODING =
  "Memory is hexadecimal, two digits a byte. A whole number above 2^53 is text, decimal digits. " +
  "A callback is an object with its name. Rules about facts, and about what comes after the " +
  "call, are not here.";

interface SaidRule {
  readonly rule: RuleModel;
  readonly said: Said;
}

function saidOf(model: Model, rules: readonly RuleModel[], place: Place): SaidRule[] {
  return rules
    .filter(({ seenBy }) => seenBy === "arguments")
    .map((rule) => ({ rule, said: sayRule(model, rule, place) }));
}

const schemasOf = (rules: readonly SaidRule[]): JsonObject[] =>
  rules.flatMap(({ rule, said }) =>
    "why" in said || rule.check.kind === "type" ? [] : [{ $comment: rule.id, ...said.schema }],
  );

const told = ({ id, says }: RuleModel): { rule: string; says: string } => ({ rule: id, says });

/** Memory whose length a field beside it tells: part of its type, and nothing that JSON says. */
function measured({ name, fields }: StructModel): JsonObject[] {
  return fields.flatMap((field) =>
    field.bytesFrom === undefined
      ? []
      : [
          {
            rule: `${name}.${field.name}`,
            says: `${field.name} has at least as many bytes as ${field.bytesFrom} says.`,
            why: COMPARES,
          },
        ],
  );
}
