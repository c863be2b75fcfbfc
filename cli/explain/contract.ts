/** The contract as schema.json has it: what `explain` reads of it. */
import { readFileSync } from "node:fs";

/** A rule. */
export interface Rule {
  readonly id: string;
  readonly says: string;
  readonly expects: string;
  readonly advice: string;
  readonly class: string;
  readonly strength: string | Readonly<Record<string, string>>;
  readonly sources: readonly string[];
  readonly catalog: readonly string[];
  readonly aliases?: readonly string[];
  readonly on: readonly string[];
  readonly seenBy: string;
  readonly check: Readonly<Record<string, unknown>> & { readonly kind: string };
  readonly answers?: string;
  readonly unchecked?: string;
  /** The rule of the contracts behind one of the runtime's. */
  readonly standsFor?: string;
  readonly accepts: readonly Example[];
  readonly rejects: readonly Example[];
}

/** A case of a rule. */
export interface Example {
  readonly set?: Readonly<Record<string, unknown>>;
  readonly facts?: Readonly<Record<string, number | boolean>>;
  readonly events?: readonly {
    readonly happening: string;
    readonly object?: string;
    readonly code?: number;
  }[];
  readonly profile?: string;
}

/** A parameter. */
export interface Param {
  readonly name: string;
  readonly type: string;
  readonly spelled?: string;
  readonly dir: string;
  readonly printed: string;
  readonly sal: string;
  readonly doc: string;
  readonly optional: boolean;
}

/** A call. */
export interface Call {
  readonly name: string;
  readonly typedef: string;
  readonly header: string;
  readonly page?: string;
  readonly describedFrom?: string;
  readonly tables: readonly string[];
  readonly irql?: string;
  readonly since: string;
  readonly returns: string;
  readonly errorIn?: string;
  readonly profiles: readonly string[];
  readonly summary: string;
  readonly decided: readonly string[];
  readonly params: readonly Param[];
  readonly outcomes: readonly Outcome[];
  readonly otherwise?: Omit<Outcome, "name" | "value">;
  readonly neverReturns: readonly { readonly name: string }[];
  readonly rules: readonly Rule[];
}

/** What a return code means. */
export interface Outcome {
  readonly name: string;
  readonly value: number;
  readonly completes: string;
  readonly result: string;
  readonly doc: string;
}

/** A type; structs have fields. */
export interface Type {
  readonly kind: string;
  readonly name: string;
  readonly doc: string;
  readonly subset?: string;
  readonly to?: string;
  readonly fields?: readonly {
    readonly name: string;
    readonly type: string;
    readonly doc: string;
  }[];
  readonly rules?: readonly Rule[];
}

/** A set of codes or constants. */
export interface NamedSet {
  readonly name: string;
  readonly doc: string;
  readonly from: Readonly<Record<string, unknown>>;
  readonly codes?: Readonly<Record<string, NamedValue>>;
  readonly values?: Readonly<Record<string, NamedValue>>;
}

/** A named number, or one for each architecture, or a GUID. */
export interface NamedValue {
  readonly value: unknown;
  readonly aliasOf?: string;
  readonly doc: string;
}

/** What was decided where sources are silent or disagree. */
export interface Decision {
  readonly name: string;
  readonly asks: string;
  readonly sides: readonly { readonly says: string; readonly from: object }[];
  readonly decides: string;
  readonly catalog: readonly string[];
}

/** A page that rules cite. */
export interface Page {
  readonly name: string;
  readonly title: string;
  readonly language: string;
  readonly url?: string;
  readonly doc: string;
}

/** How a C type lies in memory; an architecture may name another one that it equals. */
export interface Layout {
  readonly name: string;
  readonly kind: string;
  readonly aliases: readonly string[];
  readonly doc: string;
  readonly source: string;
  readonly x64: Placement | ArchName;
  readonly arm64: Placement | ArchName;
  readonly x86: Placement | ArchName;
}

/** Size, alignment and members on one architecture, in bytes. */
export interface Placement {
  readonly size: number;
  readonly align: number;
  readonly members: readonly Member[];
  readonly padding: readonly { readonly offset: number; readonly size: number }[];
}

/** The architectures, those that are alike beside each other. */
export const ARCHITECTURES = ["x64", "arm64", "x86"] as const;

/** The name of one of them. */
export type ArchName = (typeof ARCHITECTURES)[number];

/** How the type lies on an architecture. */
export function placementOn(layout: Layout, arch: ArchName): Placement {
  const placement = layout[arch];
  return typeof placement === "string" ? placementOn(layout, placement) : placement;
}

/** A member by its dotted path. */
export interface Member {
  readonly path: string;
  readonly offset: number;
  readonly size: number;
  readonly type: string;
  readonly as: string;
  readonly dims?: readonly number[];
  readonly bits?: { readonly at: number; readonly width: number };
}

/** A dispatch table. */
export interface Table {
  readonly name: string;
  readonly doc?: string;
  readonly since?: string;
  readonly slots: readonly { readonly name: string; readonly since?: string }[];
}

/** All of it. */
export interface Contract {
  readonly calls: readonly Call[];
  readonly types: readonly Type[];
  readonly codes: readonly NamedSet[];
  readonly constants: readonly NamedSet[];
  readonly guids: readonly NamedSet[];
  readonly facts: Readonly<Record<string, { readonly type: string; readonly doc: string }>>;
  readonly pages: readonly Page[];
  readonly decisions: readonly Decision[];
  readonly layouts: readonly Layout[];
  readonly tables: readonly Table[];
}

/** The contract of wskit itself; schema.json lies beside the generated code, built or not. */
export function ownContract(): Contract {
  const built = import.meta.url.includes("/dist/cli/");
  const path = built ? "../../../generated/schema.json" : "../../generated/schema.json";
  return JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8")) as Contract;
}
