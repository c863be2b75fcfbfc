/** Everything that has a C layout, in one form: structs, layouts and tables. */
import type { Field, Source, StructType } from "../../schema/define.js";
import type { TableType } from "../../schema/define-layout.js";
import type { ByArch, Member, Members, MemberType } from "../../schema/members.js";
import type { Item, Registry } from "../registry.js";

/** A definition with a C layout. */
export interface Definition {
  readonly name: string;
  readonly kind: "struct" | "union";
  readonly doc: string;
  readonly from: Source;
  readonly aliases: readonly string[];
  readonly members: Members;
  readonly pack: ByArch;
  readonly align: ByArch;
  /** The JavaScript view, where there is one. */
  readonly fields: Readonly<Record<string, Field>> | undefined;
  readonly item: Item<unknown>;
  /** Where the members stand in the item. */
  readonly at: readonly string[];
}

/** All of them by name, aliases included. A struct of which only a part is declared has none. */
export function definitionsOf(registry: Registry): ReadonlyMap<string, Definition> {
  const all = [
    ...registry.structs.flatMap((item) => structDefinition(item) ?? []),
    ...registry.layouts.map((item): Definition => {
      const { name, doc, from, aliases = [], pack = 0, align = 0 } = item.value;
      const kind = item.value.struct === undefined ? "union" : "struct";
      const members = item.value.struct ?? item.value.union ?? {};
      const rest = { fields: undefined, item, at: [kind] };
      return { name, kind, doc, from, aliases, members, pack, align, ...rest };
    }),
    ...registry.tables.map((item): Definition => {
      const { name, doc, from } = item.value;
      const rest = { aliases: [], pack: 0, align: 0, fields: undefined, item, at: ["lead"] };
      return { name, kind: "struct", doc, from, members: tableMembers(item.value), ...rest };
    }),
  ];
  const byName = new Map<string, Definition>();
  for (const one of all) {
    for (const name of [one.name, ...one.aliases]) byName.set(name, one);
  }
  while (all.some((one) => dropIfPartial(one, byName, registry)));
  return byName;
}

/** A struct whose layout would follow from its fields has none where one of them has none. */
function dropIfPartial(
  { name, aliases, at, fields }: Definition,
  byName: Map<string, Definition>,
  registry: Registry,
): boolean {
  if (at[0] !== "fields" || !byName.has(name)) return false;
  const types = Object.values(fields ?? {}).map((field) => field.type);
  const isWhole = types.every((type) => registry.struct(type) === undefined || byName.has(type));
  if (!isWhole) for (const key of [name, ...aliases]) byName.delete(key);
  return !isWhole;
}

function structDefinition(item: Item<StructType>): Definition | undefined {
  const { name, doc, from, aliases = [], fields, layout, subset } = item.value;
  if (layout === undefined && subset !== undefined) return undefined;
  const rest = { kind: "struct", doc, from, aliases, fields, item } as const;
  if (layout !== undefined) {
    const { members, pack = 0, align = 0 } = layout;
    return { name, members, pack, align, at: ["layout", "members"], ...rest };
  }
  return { name, members: allFields(fields), pack: 0, align: 0, at: ["fields"], ...rest };
}

const allFields = (fields: StructType["fields"]): Members =>
  Object.fromEntries(Object.keys(fields).map((name) => [name, "field" as const]));

function tableMembers(table: TableType): Members {
  const slots = table.slots.map((slot): [string, Member] => {
    const name = typeof slot === "string" ? slot : slot.name;
    return [memberOfSlot(table, name), { pointer: "VOID" }];
  });
  return { ...table.lead, ...Object.fromEntries(slots) };
}

/** The C name of the member that holds a function. */
export const memberOfSlot = (table: TableType, slot: string): string =>
  `${table.prefix ?? ""}${slot}`;

/** A member in its long form; a field is of the type that the field says. */
export type LongMember = Exclude<Member, string>;

/** The long form of a member; nothing where it names a field that is not there. */
export function longForm(
  member: Member,
  name: string,
  fields: Definition["fields"],
): LongMember | undefined {
  if (typeof member !== "string") return member;
  if (member !== "field") return { type: member };
  const field = fields !== undefined && Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (field === undefined) return undefined;
  const type: MemberType = field.type;
  return field.count === undefined ? { type } : { type, count: field.count };
}
