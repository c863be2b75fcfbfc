/** From a definition to what the engine takes, one architecture at a time. */
import type { ByArch, Member, Members, Placing } from "../../schema/members.js";
import type { Arch } from "../../schema/vocabulary.js";
import { Fault, never } from "../fault.js";
import type { RawType, Registry } from "../registry.js";
import type { Definition } from "./definitions.js";
import { definitionsOf, longForm } from "./definitions.js";
import type { Layout } from "./flatten.js";
import { flatten } from "./flatten.js";
import { layOut } from "./record.js";
import type { Leaf, MemberSpec, PointerSize, RecordSpec, ScalarSpec } from "./spec.js";

/** The width of a pointer. */
export const pointerSize = (arch: Arch): PointerSize => (arch === "x86" ? 4 : 8);

/** What a number by architecture is on one of them; 0 where it says nothing. */
export const onArch = (value: ByArch, arch: Arch): number =>
  typeof value === "number" ? value : (value[arch] ?? 0);

/** What a type without members is; nothing where it has some. */
export function scalarOf(type: RawType, arch: Arch): ScalarSpec | undefined {
  const scalar = (size: number, as: Leaf): ScalarSpec => ({
    kind: "scalar",
    name: type.name,
    size,
    as,
  });
  switch (type.kind) {
    case "integer": {
      const size = type.bits === "pointer" ? pointerSize(arch) : type.bits / 8;
      return scalar(size, type.signed ? "signed" : "unsigned");
    }
    case "boolean":
      return scalar(1, "boolean");
    case "pointer":
    case "routine":
      return scalar(pointerSize(arch), "pointer");
    case "struct":
      return undefined;
    default:
      return never(type);
  }
}

/** Computes the layouts of a schema that has no mistakes. */
export class Layouts {
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly #registry: Registry;
  readonly #specs = new Map<string, RecordSpec>();

  constructor(registry: Registry) {
    this.#registry = registry;
    this.definitions = definitionsOf(registry);
  }

  /** The layout of a struct, layout or table. */
  layout(name: string, arch: Arch): Layout {
    return flatten(layOut(this.spec(name, arch), pointerSize(arch)));
  }

  /** A definition as the engine takes it. */
  spec(name: string, arch: Arch): RecordSpec {
    const definition = this.definitions.get(name);
    if (definition === undefined) throw new Fault(`${name} has no layout`);
    const key = `${arch} ${definition.name}`;
    const known = this.#specs.get(key);
    if (known !== undefined) return known;
    const spec: RecordSpec = {
      kind: definition.kind,
      name: definition.name,
      members: this.#members(definition, definition.members, { arch, pack: definition.pack }),
      pack: onArch(definition.pack, arch),
      align: onArch(definition.align, arch),
    };
    this.#specs.set(key, spec);
    return spec;
  }

  /** `pack` is that of the lines around, as `#pragma pack` is. */
  #members(
    owner: Definition,
    members: Members,
    on: { readonly arch: Arch; readonly pack: ByArch },
  ): MemberSpec[] {
    return Object.entries(members).flatMap(([name, member]) => {
      const spec = this.#member(owner, { name, member }, on);
      return spec === undefined ? [] : [spec];
    });
  }

  #member(
    owner: Definition,
    { name, member }: { readonly name: string; readonly member: Member },
    on: { readonly arch: Arch; readonly pack: ByArch },
  ): MemberSpec | undefined {
    const long = longForm(member, name, owner.fields);
    if (long === undefined) throw new Fault(`${owner.name} has no field ${name}`);
    if (long.only !== undefined && !long.only.includes(on.arch)) return undefined;
    const align = onArch(long.align ?? 0, on.arch);
    const rest = { name, dims: dimsOf(long), bits: undefined, align };
    if ("pointer" in long) {
      const size = pointerSize(on.arch);
      const type = { kind: "scalar", name: `${long.pointer}*`, size, as: "pointer" } as const;
      return { ...rest, type };
    }
    if ("type" in long) {
      const isUnnamed = long.bits === 0 || long.anonymous === true;
      const type = this.#type(long.type, on.arch);
      return { ...rest, type, bits: long.bits, name: isUnnamed ? "" : name };
    }
    const pack = long.pack ?? on.pack;
    const kind = "struct" in long ? "struct" : "union";
    const inner = "struct" in long ? long.struct : long.union;
    const type: RecordSpec = {
      kind,
      name: "",
      members: this.#members(owner, inner, { arch: on.arch, pack }),
      pack: onArch(pack, on.arch),
      align: 0,
    };
    return { ...rest, type, name: long.anonymous === true ? "" : name };
  }

  #type(name: string, arch: Arch): ScalarSpec | RecordSpec {
    if (this.definitions.has(name)) return this.spec(name, arch);
    const type = this.#registry.types.get(name)?.value;
    const scalar = type && scalarOf(type, arch);
    if (scalar === undefined) throw new Fault(`${name} passed its checks without a layout`);
    return scalar;
  }
}

/** The dimensions of an array; a flexible one has none of its elements in the record. */
export function dimsOf({ count }: Placing): number[] {
  if (count === undefined) return [];
  const dims = typeof count === "object" ? count : [count];
  return dims.map((n) => (n === "any" ? 0 : n));
}
