/** schema.json: the whole contract as data, for other languages and tools. */
import type { Layout } from "../layout/flatten.js";
import type { LayoutModel, Model, RuleModel } from "../model.js";
import type { Code } from "../print/code.js";
import { json, Row } from "../print/encode.js";

/** The layouts by architecture; where arm64 is as x64, it says so. */
function byArch({ x64, x86, arm64 }: LayoutModel["on"]): object {
  const table = ({ members, padding, ...layout }: Layout): object => ({
    ...layout,
    members: members.map((member) => new Row(member)),
    padding: padding.map((hole) => new Row(hole)),
  });
  const isAlike = JSON.stringify(arm64) === JSON.stringify(x64);
  return { x64: table(x64), x86: table(x86), arm64: isAlike ? "x64" : table(arm64) };
}

/** The JSON text of the model. Bigints are `{"$bigint": "…"}`; memory is `{"bytes": n}` or `{"hex": "…"}`. */
export function emitSchemaJson(model: Model): Code {
  const ruleData = ({ constant: _constant, check, ...rule }: RuleModel): object => ({
    ...rule,
    check: check.kind === "require" ? { kind: check.kind, text: check.text } : check,
  });
  const setData = <S extends { file: string }>({ file: _file, ...set }: S): object => set;
  const types = [...model.types.values()].map((type) => {
    if (type.kind !== "struct") return type;
    const { file: _file, rules, ...struct } = type;
    return { ...struct, rules: rules.map(ruleData) };
  });
  const calls = model.calls.map(({ stem: _stem, file: _file, rules, page, ...call }) => ({
    ...call,
    page: page?.name,
    rules: rules.map(ruleData),
  }));
  return json({
    format: "wskit-schema",
    version: 1,
    calls,
    types,
    codes: model.codes.map(setData),
    constants: model.constants.map(setData),
    guids: model.guids.map(setData),
    facts: Object.fromEntries(model.facts),
    pages: model.pages,
    decisions: model.decisions,
    tables: model.tables.map(({ slots, ...table }) => ({
      ...table,
      slots: slots.map(({ name, member, since }) => ({ name, member, since })),
      calls: slots.flatMap(({ call }) => call?.name ?? []),
    })),
    layouts: [...model.layouts.values()].map(({ on, file: _file, ...layout }) => ({
      ...layout,
      ...byArch(on),
    })),
  });
}
