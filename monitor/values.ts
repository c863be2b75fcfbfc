/** Arguments of a trace as the values that checks take: what it leaves out is as in the example. */
import { isRecord } from "../support/index.js";
import type { FieldShape, Shape, StructShape, TracedCall } from "../support/index.js";
import { BadTrace, badNumber } from "./bad-trace.js";
import { numberOf } from "./numbers.js";
import type { Given, Thing, Use } from "./operation.js";
import { bytesOf, noRoutine, sampleOf, zeros } from "./samples.js";
import type { Things } from "./things.js";

/** Arguments, and the objects among them. */
export interface ReadArgs {
  readonly args: Record<string, unknown>;
  readonly uses: readonly Use[];
}

/** Reads the values of a trace. */
export class Values {
  readonly #things: Things;
  /** Structs whose fields are still to be read: a chain of a million is no recursion. */
  readonly #open: (() => void)[] = [];
  #isReading = false;
  #line = 0;
  /** How deep structs lie in structs, written one in the other. */
  #depth = 0;
  #uses: Use[] = [];

  constructor(things: Things) {
    this.#things = things;
  }

  /** The arguments of a call. */
  read(call: TracedCall, given: Given, line: number): ReadArgs {
    this.#line = line;
    this.#depth = 0;
    this.#uses = [];
    const args: Record<string, unknown> = {};
    for (const param of call.params) {
      const value = given[param.name];
      args[param.name] =
        value === undefined ? sampleOf(param) : this.#value(param.shape, value, param.name);
    }
    this.#finish();
    return { args, uses: this.#uses };
  }

  /** The value that a trace gives for a shape; `path` is the way to it, null below an object. */
  #value(shape: Shape, given: unknown, path: string | null): unknown {
    // NULL is a handle in C: it is 0.
    if (given === null) return shape.kind === "handle" ? 0 : null;
    switch (shape.kind) {
      case "whole":
      case "wide":
        return this.#number(given, path);
      case "handle":
        return this.#handle(given, path);
      case "boolean":
        return given;
      case "routine":
        return given === false ? null : noRoutine;
      case "opaque":
        return isRef(given) ? this.#opaque(given, path) : given;
      case "bytes":
        return this.#bytes(given, path);
      case "cell":
        return this.#cell(shape, given, path);
      case "array":
        return this.#array(shape.of(), given, path);
      case "struct":
        return this.#struct(shape.of(), given, path);
    }
  }

  /** A number; text that is none is a mistake of the trace, and not of who is recorded. */
  #number(given: unknown, path: string | null): unknown {
    const value = numberOf(given);
    if (typeof value === "number" || typeof value === "bigint") return value;
    const bad = badNumber(this.#line, path === null ? "state" : `args.${path}`, given);
    if (bad !== null) throw bad;
    return value;
  }

  /** A descriptor or handle, by its number or by the name of what it stands for. */
  #handle(given: unknown, path: string | null): unknown {
    if (!isRef(given)) return given;
    if (path !== null && !path.includes(".")) this.#use(this.#things.at(given, this.#line), path);
    const value = numberOf(given);
    return typeof value === "string" ? SOME_DESCRIPTOR : value;
  }

  #opaque(ref: string | number, path: string | null): object {
    this.#use(this.#things.at(ref, this.#line), path);
    return {};
  }

  #bytes(given: unknown, path: string | null): unknown {
    if (isRecord(given)) return bytesOf(given) ?? given;
    if (!isRef(given)) return given;
    const thing = this.#things.at(given, this.#line);
    this.#use(thing, path);
    return bytesOf(Object.fromEntries(thing.state)) ?? null;
  }

  #cell(shape: Extract<Shape, { kind: "cell" }>, given: unknown, path: string | null): unknown {
    if (isRecord(given)) return { value: this.#value(shape.of, given["value"] ?? 0, null) };
    if (!isRef(given)) return given;
    const thing = this.#things.at(given, this.#line);
    this.#use(thing, path);
    return { value: numberOf(thing.state.get("value") ?? 0) };
  }

  #array(element: StructShape, given: unknown, path: string | null): unknown {
    if (isRef(given)) {
      const thing = this.#things.at(given, this.#line);
      this.#use(thing, path);
      const items = thing.state.get("items");
      return Array.isArray(items) ? this.#array(element, items, path) : SOME_ARRAY;
    }
    if (!Array.isArray(given)) return given;
    return given.map((item: unknown) => this.#struct(element, item, path));
  }

  #struct(shape: StructShape, given: unknown, path: string | null): unknown {
    if (isRef(given)) {
      const thing = this.#things.at(given, this.#line);
      this.#use(thing, path);
      return this.#thingValue(shape, thing);
    }
    if (!isRecord(given)) return given;
    const value: Record<string, unknown> = {};
    this.#depth += 1;
    if (this.#depth > MOST_DEEP) throw tooDeep(this.#line, path);
    this.#fill(value, { shape, path, of: (name) => given[name] });
    this.#depth -= 1;
    return value;
  }

  /** What stands for an object: the same each time, until the trace tells something new of it. */
  #thingValue(shape: StructShape, thing: Thing): object {
    if (thing.value !== null) return thing.value;
    const value: Record<string, unknown> = {};
    thing.value = value;
    if (thing.type === "") thing.type = shape.name;
    this.#open.push(() => {
      const below: (readonly [string, Thing])[] = [];
      this.#fill(value, { shape, path: null, of: (name) => thing.state.get(name), below });
      thing.fields = below;
    });
    return value;
  }

  #fill(value: Record<string, unknown>, from: Source): void {
    const { shape, path, of } = from;
    for (const field of shape.fields) {
      const given = toldOf(field, of(field.name));
      const isLink = field.name === shape.next;
      const way = path === null ? null : isLink ? path : `${path}.${field.name}`;
      if (from.below !== undefined) {
        this.#gather(field.shape, given, { way: isLink ? "" : field.name, below: from.below });
      }
      value[field.name] =
        given === undefined ? sampleOf(field) : this.#value(field.shape, given, way);
    }
    for (const field of shape.fields) measure(value, field, toldOf(field, of(field.name)));
  }

  /** Finds the objects that a field of an object leads to, be it through structs of its own. */
  #gather(shape: Shape, given: unknown, to: Below): void {
    if (isRef(given) && isPointer(shape))
      to.below.push([to.way, this.#things.at(given, this.#line)]);
    if (!isRecord(given) || shape.kind !== "struct") return;
    const { fields, next } = shape.of();
    for (const field of fields) {
      const way = field.name === next ? to.way : `${to.way}.${field.name}`;
      this.#gather(field.shape, given[field.name], { way, below: to.below });
    }
  }

  /** Takes note of an object, and of those that its fields point to. */
  #use(thing: Thing, path: string | null): void {
    if (path !== null) this.#uses.push({ thing, path });
  }

  /** Reads what is still open, then follows the fields of the objects that are used. */
  #finish(): void {
    if (this.#isReading) return;
    this.#isReading = true;
    for (let next = this.#open.pop(); next !== undefined; next = this.#open.pop()) next();
    this.#isReading = false;
    if (this.#uses.some(({ thing }) => thing.fields.length > 0)) this.#follow();
  }

  #follow(): void {
    const met = new Set(this.#uses.map(({ thing }) => thing));
    for (let i = 0; i < this.#uses.length; i++) {
      const use = this.#uses[i];
      for (const [field, thing] of use?.thing.fields ?? []) {
        if (met.has(thing) || use === undefined) continue;
        met.add(thing);
        this.#uses.push({ thing, path: field === "" ? use.path : `${use.path}.${field}` });
      }
    }
  }
}

/** Where the fields of a struct come from. */
interface Source {
  readonly shape: StructShape;
  readonly path: string | null;
  readonly of: (field: string) => unknown;
  /** Gathers the objects that fields point to. */
  readonly below?: (readonly [string, Thing])[];
}

/** Objects below another one, by the way to them. */
interface Below {
  readonly way: string;
  readonly below: (readonly [string, Thing])[];
}

/** What is told of a field. Memory that is not mapped is there all the same: nothing is told. */
const toldOf = ({ shape, nullable }: FieldShape, given: unknown): unknown =>
  given === null && shape.kind === "bytes" && nullable !== true ? undefined : given;

const isRef = (given: unknown): given is string | number =>
  typeof given === "string" || typeof given === "number";

const isPointer = ({ kind }: Shape): boolean =>
  kind === "struct" || kind === "bytes" || kind === "cell" || kind === "opaque";

const MOST_DEEP = 200;

const tooDeep = (line: number, path: string | null): BadTrace =>
  new BadTrace(line, {
    field: path === null ? "state" : `args.${path}`,
    expected: `structs in structs at most ${MOST_DEEP} deep; longer chains have refs`,
    given: "more",
  });

/** What stands for a descriptor that has a name instead of a number. */
const SOME_DESCRIPTOR = 0x100;

const SOME_ARRAY: readonly unknown[] = [];

/** Memory has the length that its field says, where the trace does not say it. */
function measure(value: Record<string, unknown>, field: FieldShape, given: unknown): void {
  const { name, bytesFrom } = field;
  if (field.shape.kind !== "bytes" || given === null) return;
  const isTold = isRecord(given) && bytesOf(given) !== undefined;
  if (isTold || (value[name] !== null && typeof given === "string")) return;
  const length = bytesFrom === undefined ? undefined : value[bytesFrom];
  if (typeof length === "number" && Number.isInteger(length) && length >= 0) {
    value[name] = zeros(length);
  } else if (value[name] === null) value[name] = zeros(0);
}
