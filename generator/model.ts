/** The frozen model: a schema that has passed every check, with all references resolved. */
import type {
  BooleanType, CodeSet, ConstantSet, Example, Fact, Field, IntegerType, Page, PointerType,
  RoutineType, Value,
} from "../schema/define.js"; // prettier-ignore
import type { Otherwise, Outcome, Param } from "../schema/define-call.js";
import type { Architecture, Profile, Strength, Witness } from "../schema/vocabulary.js";
import type { Typed } from "./expression/resolve.js";
import type { Layout } from "./layout/flatten.js";

/** A field of a struct, with its type resolved by name. */
export interface FieldModel extends Field {
  readonly name: string;
}

/** A struct with the rules that hold wherever it is passed. */
export interface StructModel {
  readonly kind: "struct";
  readonly name: string;
  readonly doc: string;
  readonly subset: string | undefined;
  readonly fields: readonly FieldModel[];
  readonly rules: readonly RuleModel[];
  readonly example: Readonly<Record<string, Value>>;
  /** The field that continues a chain of this struct, if there is one. */
  readonly next: string | undefined;
  /** Which struct the memory really holds, by the value of a field. */
  readonly variants: VariantsModel | undefined;
  readonly file: string;
}

/** The structs that a struct is cast to, by the value of one of its fields. */
export interface VariantsModel {
  readonly by: string;
  readonly cases: readonly {
    readonly constant: string;
    readonly value: number;
    readonly type: string;
  }[];
}

/** A type as it lies in memory. */
export interface LayoutModel {
  readonly name: string;
  readonly kind: "struct" | "union";
  readonly aliases: readonly string[];
  readonly doc: string;
  readonly source: string;
  readonly file: string;
  readonly on: Readonly<Record<Architecture, Layout>>;
}

/** Any type. */
export type TypeModel = IntegerType | BooleanType | PointerType | RoutineType | StructModel;

/** How a rule is checked. */
export type Check =
  | { readonly kind: "type"; readonly param: string }
  | { readonly kind: "must-be"; readonly param: string; readonly value: number }
  | { readonly kind: "flags"; readonly param: string; readonly flags: readonly string[] }
  | { readonly kind: "undocumented"; readonly param: string; readonly flags: readonly string[] }
  | { readonly kind: "bytes-of" | "count-of"; readonly param: string; readonly of: string }
  | NullCheck
  | { readonly kind: "null-only-if"; readonly param: string; readonly facts: readonly string[] }
  | { readonly kind: "require"; readonly text: string; readonly expression: Typed }
  | { readonly kind: "none" }; // prettier-ignore

/** NULL is wanted, or not wanted, where another parameter has a value. */
export interface NullCheck {
  readonly kind: "required" | "null";
  readonly param: string;
  readonly by: string;
  readonly is: number;
}

/** A rule, ready to be emitted. */
export interface RuleModel {
  /** `WskSendTo/Flags.must-be` */
  readonly id: string;
  /** The name under which generated code knows it: `flagsMustBe`. */
  readonly constant: string;
  readonly says: string;
  readonly expects: string;
  readonly advice: string;
  readonly strength: Strength | { readonly [P in Profile]?: Strength };
  readonly sources: readonly string[];
  readonly catalog: readonly string[];
  readonly on: readonly string[];
  readonly seenBy: Witness;
  readonly check: Check;
  readonly accepts: readonly Example[];
  readonly rejects: readonly Example[];
}

/** A parameter. */
export interface ParamModel extends Param {
  readonly name: string;
  /** NULL is a value of the type, by whatever word. */
  readonly optional: boolean;
}

/** An outcome with its name and value. */
export interface OutcomeModel extends Outcome {
  readonly name: string;
  readonly value: number;
}

/** A call. */
export interface CallModel {
  readonly name: string;
  readonly typedef: string;
  readonly header: string;
  readonly page: Page;
  readonly tables: readonly string[];
  readonly irql: string | undefined;
  readonly since: string;
  readonly returns: "NTSTATUS" | "INT";
  readonly errorIn: string | undefined;
  readonly profiles: readonly Profile[];
  readonly summary: string;
  readonly params: readonly ParamModel[];
  readonly outcomes: readonly OutcomeModel[];
  readonly otherwise: Otherwise | undefined;
  readonly neverReturns: readonly { readonly name: string; readonly value: number }[];
  /** Type rules first, in the order of the parameters; then the others as declared. */
  readonly rules: readonly RuleModel[];
  /** `wsk-send-to` */
  readonly stem: string;
  readonly file: string;
}

/** A function of a table. */
export interface SlotModel {
  readonly name: string;
  /** The C name of the member. */
  readonly member: string;
  readonly since: string | undefined;
  readonly call: CallModel | undefined;
}

/** A dispatch table: all its slots, or, where nobody has declared it, the calls that name it. */
export interface TableModel {
  readonly name: string;
  readonly doc: string | undefined;
  readonly since: string | undefined;
  readonly isDeclared: boolean;
  readonly slots: readonly SlotModel[];
}

/** Everything that the emitters may know. Sorted by name: the order of files changes nothing. */
export interface Model {
  readonly calls: readonly CallModel[];
  readonly types: ReadonlyMap<string, TypeModel>;
  readonly codes: readonly CodeSet[];
  readonly constants: readonly ConstantSet[];
  readonly facts: ReadonlyMap<string, Fact>;
  readonly pages: readonly Page[];
  readonly tables: readonly TableModel[];
  /** The layouts of all types that have one. */
  readonly layouts: ReadonlyMap<string, LayoutModel>;
}
