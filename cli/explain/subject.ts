/** What can be asked about. */
import type {
  ArchName, Call, Decision, Layout, Member, NamedSet, NamedValue, Page, Param, Rule, Table, Type,
} from "./contract.js"; // prettier-ignore

/** What a name stands for. */
export type Subject =
  | { readonly kind: "call"; readonly call: Call; readonly rules: readonly Rule[] }
  | {
      readonly kind: "parameter";
      readonly call: Call;
      readonly param: Param;
      readonly rules: readonly Rule[];
    }
  | { readonly kind: "rule"; readonly rule: Rule }
  | { readonly kind: "type"; readonly type: Type; readonly layout: Layout | undefined }
  | { readonly kind: "layout"; readonly layout: Layout }
  | { readonly kind: "table"; readonly table: Table; readonly layout: Layout | undefined }
  | {
      readonly kind: "field";
      readonly type: Type;
      readonly field: string;
      readonly places: Places;
    }
  | { readonly kind: "member"; readonly name: string; readonly places: Places }
  | ValueSubject
  | { readonly kind: "set"; readonly set: NamedSet }
  | { readonly kind: "fact"; readonly name: string; readonly type: string; readonly doc: string }
  | { readonly kind: "page"; readonly page: Page }
  | { readonly kind: "decision"; readonly decision: Decision }
  | NumberSubject
  | CatalogueSubject;

/** A code or a constant. */
export interface ValueSubject {
  readonly kind: "value";
  readonly name: string;
  readonly of: NamedValue;
  readonly set: NamedSet;
}

/** All that has a value, and the entry of the catalogue that has it for its name. */
export interface NumberSubject {
  readonly kind: "number";
  readonly text: string;
  readonly values: readonly ValueSubject[];
  readonly entry: CatalogueSubject | undefined;
}

/** An entry of the catalogue from which the rules were taken, by the rules that name it. */
export interface CatalogueSubject {
  readonly kind: "catalogue";
  /** What else it is, where it is no entry of the catalogue. */
  readonly of?: string;
  readonly id: string;
  readonly rules: readonly Rule[];
  readonly decisions: readonly Decision[];
}

/** Where a member lies, by architecture; some have it on some of them only. */
export type Places = Partial<Readonly<Record<ArchName, Member>>>;
