/** The examples of the schema as real values: what any language would make of schema.json. */
import { readFileSync } from "node:fs";
import type { Happened } from "../support/index.js";

/** A rule of schema.json. */
export interface RuleData {
  readonly id: string;
  readonly says: string;
  readonly strength: string | Readonly<Record<string, string>>;
  readonly catalog: readonly string[];
  readonly from: readonly { readonly decision?: string }[];
  readonly answers?: string;
  readonly seenBy: string;
  readonly class: string;
  readonly unchecked?: string;
  readonly check: { readonly kind: string };
  readonly accepts: readonly ExampleData[];
  readonly rejects: readonly ExampleData[];
}

/** An example of schema.json. */
export interface ExampleData {
  readonly set?: Readonly<Record<string, unknown>>;
  readonly facts?: Readonly<Record<string, number | boolean>>;
  readonly events?: readonly Happened[];
  readonly profile?: string;
}

interface ParamData {
  readonly name: string;
  readonly type: string;
  readonly spelled?: string;
  readonly sal: string;
  readonly optional: boolean;
  readonly mustBe?: number;
  readonly flags?: string;
  readonly example?: unknown;
}

interface TypeData {
  readonly kind: string;
  readonly name: string;
  readonly form?: string;
  readonly to?: string;
  readonly example?: Readonly<Record<string, unknown>>;
  readonly rules?: readonly RuleData[];
}

/** A call of schema.json. */
export interface CallData {
  readonly name: string;
  readonly typedef: string;
  readonly returns: string;
  readonly header: string;
  readonly params: readonly ParamData[];
  readonly profiles: readonly string[];
  readonly decided: readonly string[];
  readonly outcomes: readonly { readonly name: string }[];
  readonly rules: readonly RuleData[];
}

/** The schema as other tools read it. */
export const schema = JSON.parse(
  readFileSync(new URL("../generated/schema.json", import.meta.url), "utf8"),
) as { readonly calls: readonly CallData[]; readonly types: readonly TypeData[] };

/** A call by name. */
export function callNamed(name: string): CallData {
  const call = schema.calls.find((candidate) => candidate.name === name);
  if (call === undefined) throw new Error(`schema.json has no call ${name}`);
  return call;
}

/** A fresh value from its data: memory, bigints and routines become real. */
export function materialize(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(materialize);
  if (typeof data !== "object" || data === null) return data;
  if ("$bigint" in data) return BigInt(String(data.$bigint));
  if ("bytes" in data) return new Uint8Array(Number(data.bytes));
  if ("hex" in data) return Uint8Array.from(Buffer.from(String(data.hex), "hex"));
  if ("routine" in data) return () => undefined;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, materialize(value)]));
}

const typeNamed = (name: string): TypeData | undefined => schema.types.find((t) => t.name === name);

/** The example of a type, made anew. */
export function exampleOf(typeName: string): unknown {
  const type = typeNamed(typeName);
  if (type?.kind === "struct") return materialize(type.example);
  if (type?.kind === "integer") return 0;
  if (type?.kind === "boolean") return false;
  if (type?.kind === "routine") return () => undefined;
  if (type?.form === "cell") return { value: 0 };
  if (type?.form === "array") return [exampleOf(type.to ?? "")];
  if (type?.form === "bytes") return null;
  return type?.to === undefined || type.to === "VOID" ? {} : exampleOf(type.to);
}

/** Valid arguments for a call, made from the examples of its types. */
export function baseArgs(call: CallData): Record<string, unknown> {
  const args: Record<string, unknown> = {};
  for (const param of call.params) {
    args[param.name] =
      param.example !== undefined
        ? materialize(param.example)
        : (param.mustBe ?? exampleOf(param.type));
  }
  return args;
}

/** Changes a value at a dotted path. */
export function setAt(
  target: Record<string, unknown>,
  path: string,
  value: unknown,
  made: unknown = materialize(value),
): void {
  const keys = path.split(".");
  const last = keys.pop() ?? "";
  let at = target;
  for (const key of keys) at = at[key] as Record<string, unknown>;
  at[last] = made;
}

/** The arguments and facts of an example. */
export function exampleArgs(
  call: CallData,
  example: ExampleData,
  under = "",
): Record<string, unknown> {
  const args = baseArgs(call);
  for (const [path, value] of Object.entries(example.set ?? {})) {
    const isSame = typeof value === "object" && value !== null && "sameAs" in value;
    const at = isSame ? `${under}${String(value.sameAs)}`.replace(/\.$/, "") : "";
    const known = at.split(".").reduce<unknown>((of, key) => Reflect.get(Object(of), key), args);
    setAt(args, under + path, value, isSame ? known : undefined);
  }
  return args;
}
