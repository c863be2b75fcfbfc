/** The frozen model: a schema that has passed every check, with all references resolved. */
import type {
  ArchValue, BooleanType, CodeSet, ConstantSet, Decision, Fact, Field, GuidSet, IntegerType, Page,
  PointerType, RoutineType, Source, Value,
} from "../schema/define.js"; // prettier-ignore
import type { Otherwise, Outcome, Param } from "../schema/define-call.js";
import type {
  Arch, Happening, Profile, RuleClass, Strength, Witness,
} from "../schema/vocabulary.js"; // prettier-ignore
import type { Typed } from "./expression/typed.js";
import type { Happened } from "./happenings.js";
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
    readonly set: string;
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
  readonly on: Readonly<Record<Arch, Layout>>;
}

/** Any type. */
export type TypeModel = IntegerType | BooleanType | PointerType | RoutineType | StructModel;

/** How a rule is checked. */
export type Check =
  | { readonly kind: "type"; readonly param: string }
  | { readonly kind: "must-be"; readonly param: string; readonly value: number }
  | FlagsCheck
  | { readonly kind: "undocumented"; readonly param: string; readonly flags: readonly string[] }
  | { readonly kind: "bytes-of" | "count-of"; readonly param: string; readonly of: string }
  | NullCheck
  | { readonly kind: "null-only-if"; readonly param: string; readonly facts: readonly string[] }
  | { readonly kind: "require"; readonly text: string; readonly expression: Typed }
  | LifetimeCheck
  | { readonly kind: "chain"; readonly field: string }
  | { readonly kind: "returns"; readonly which: "listed" | "never"; readonly fact: string }
  | { readonly kind: "none" }; // prettier-ignore

/** Flags are of a set, but for those that another rule refuses. */
export interface FlagsCheck {
  readonly kind: "flags";
  readonly param: string;
  readonly flags: readonly string[];
  readonly except?: readonly string[];
}

/** What is forbidden or owed in a stretch of the operation. */
export interface LifetimeCheck {
  readonly kind: "lifetime";
  /** All of these, in this order. */
  readonly after: readonly MomentModel[];
  /** Any of these. */
  readonly until: readonly MomentModel[];
  readonly of: readonly string[];
  readonly forbids: readonly Happening[];
  readonly owes: readonly Happening[];
  /** The fact that lifts it. */
  readonly unless?: string;
}

/** A happening, the name of a code that is returned, or any failure. */
export type MomentModel = Happening | { readonly code: string; readonly set: string } | "failure";

/** An example whose facts are numbers and whose events are understood. */
export interface ExampleModel {
  readonly set?: Readonly<Record<string, Value>>;
  readonly facts?: Readonly<Record<string, number | boolean>>;
  readonly events?: readonly Happened[];
  readonly profile?: Profile;
}

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
  readonly class: RuleClass;
  readonly strength: Strength | { readonly [P in Profile]?: Strength };
  /** Where it stands written, as data and in words. */
  readonly from: readonly Source[];
  readonly sources: readonly string[];
  readonly catalog: readonly string[];
  /** Under which names of Driver Verifier or SDV people know a breach. */
  readonly aliases: readonly string[] | undefined;
  readonly on: readonly string[];
  readonly seenBy: Witness;
  readonly check: Check;
  /** The code with which the function answers a breach. */
  readonly answers: string | undefined;
  /** Why nothing can check it. */
  readonly unchecked: string | undefined;
  readonly accepts: readonly ExampleModel[];
  readonly rejects: readonly ExampleModel[];
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
  /** The set of codes that it belongs to. */
  readonly set: string;
}

/** A named value of a set, its alias followed. */
export interface NamedModel<V> {
  readonly value: V;
  readonly aliasOf?: string;
  readonly doc: string;
}

/** A set of status or error codes. */
export interface CodeSetModel extends Omit<CodeSet, "codes"> {
  readonly codes: Readonly<Record<string, NamedModel<number>>>;
  readonly file: string;
}

/** A set of named numbers. */
export interface ConstantSetModel extends Omit<ConstantSet, "values"> {
  readonly values: Readonly<Record<string, NamedModel<number | ArchValue>>>;
  readonly file: string;
}

/** A set of GUIDs. */
export interface GuidSetModel extends GuidSet {
  readonly file: string;
}

/** A call. */
export interface CallModel {
  readonly name: string;
  readonly typedef: string;
  readonly header: string;
  readonly page: Page | undefined;
  readonly describedFrom: string | undefined;
  readonly tables: readonly string[];
  readonly irql: string | undefined;
  readonly since: string;
  readonly returns: "NTSTATUS" | "INT";
  readonly errorIn: string | undefined;
  readonly profiles: readonly Profile[];
  readonly summary: string;
  /** The decisions that touch the call as a whole. */
  readonly decided: readonly string[];
  readonly params: readonly ParamModel[];
  readonly outcomes: readonly OutcomeModel[];
  readonly otherwise: Otherwise | undefined;
  readonly neverReturns: readonly Pick<OutcomeModel, "name" | "value" | "set">[];
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
  readonly codes: readonly CodeSetModel[];
  readonly constants: readonly ConstantSetModel[];
  readonly guids: readonly GuidSetModel[];
  readonly facts: ReadonlyMap<string, Fact>;
  readonly pages: readonly Page[];
  readonly decisions: readonly Decision[];
  readonly tables: readonly TableModel[];
  /** The layouts of all types that have one. */
  readonly layouts: ReadonlyMap<string, LayoutModel>;
}
