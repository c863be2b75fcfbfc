/** What the explorer needs to know of a call, taken from its generated contract. */
import type { Facts } from "../generated/index.js";
import { TRACED } from "../generated/traced/index.js";
import { isRecord } from "../support/index.js";
import type { Shape, TracedCall } from "../support/index.js";
import type { Alternative, Language } from "./alternatives.js";
import { alternativesOf, ERRORS, STATUSES } from "./alternatives.js";

/** What may become of a call. */
export interface Lists {
  /** All of it. */
  readonly alternatives: readonly Alternative[];
  /** The same where nothing can be pending: an overlapped structure was not given. */
  readonly blocking: readonly Alternative[];
  /** What it answers on a socket that no longer works. */
  readonly dead: readonly Alternative[];
}

/** A call of the schema. */
export interface Contract extends Lists {
  readonly name: string;
  readonly traced: TracedCall<Facts>;
  readonly names: readonly string[];
  readonly language: Language;
  /** The same lists with failures that complete after the return. */
  readonly late: Lists;
  /** Where its arguments are; -1 for what it has not. */
  readonly socketAt: number;
  readonly carrierAt: number;
  readonly errorAt: number;
  readonly countAt: number;
  readonly routineAt: number;
  /** How many bytes the arguments say are to be sent. */
  lengthOf(args: readonly unknown[]): number;
}

/** The calls of the schema: with failures that complete before the return, and at any time. */
export const CONTRACTS: readonly Contract[] = TRACED.map(contractOf);

function contractOf(traced: TracedCall<Facts>): Contract {
  const { params, errorIn, watched } = traced;
  const at = (...types: readonly string[]) => params.findIndex(({ type }) => types.includes(type));
  const language = errorIn === null ? STATUSES : ERRORS;
  const carrierAt = at("PIRP", "LPWSAOVERLAPPED");
  const of = { traced, language, carrierAt };
  return {
    ...listsOf(of, false),
    late: listsOf(of, true),
    name: watched.name,
    traced,
    names: params.map(({ name }) => name),
    language,
    socketAt: at("PWSK_SOCKET", "SOCKET"),
    carrierAt,
    errorAt: params.findIndex(({ name }) => name === errorIn),
    countAt: params.findIndex(({ name, shape }) => shape.kind === "cell" && name !== errorIn),
    routineAt: params.findIndex(({ shape }) => shape.kind === "routine"),
    lengthOf: (args) => params.reduce((sum, { shape }, i) => sum + bytesIn(shape, args[i]), 0),
  };
}

function listsOf(
  { traced, language, carrierAt }: Pick<Contract, "traced" | "language" | "carrierAt">,
  isLate: boolean,
): Lists {
  const all = alternativesOf(traced.watched.outcomes, isLate);
  const isMaybe = ({ when }: Alternative): boolean => when === "before" || when === "never";
  const blocking = traced.errorIn === null ? all : all.filter(isMaybe);
  const alternatives = carrierAt < 0 ? blocking : all;
  return { alternatives, blocking, dead: deadOf(all, language) };
}

/** Codes after which the socket is only closed; where none is, the failure of a lost connection. */
function deadOf(all: readonly Alternative[], { failure }: Language): readonly Alternative[] {
  const last = all.filter(({ isLast }) => isLast);
  if (last.length > 0) return last;
  const lost = all.filter(({ code }) => code === failure);
  return lost.length > 0 ? lost : all.filter(({ isRare }) => isRare);
}

/** The bytes that a buffer, a list or an array of buffers describes. */
function bytesIn(shape: Shape, value: unknown): number {
  if (shape.kind === "array") {
    return Array.isArray(value) ? value.reduce<number>((sum, of) => sum + number(of, "len"), 0) : 0;
  }
  if (shape.kind !== "struct" || !isRecord(value)) return 0;
  const { name } = shape.of();
  if (name === "WSK_BUF") return number(value, "Length");
  if (name !== "WSK_BUF_LIST") return 0;
  let sum = 0;
  const met = new Set<unknown>();
  for (let link: unknown = value; isRecord(link) && !met.has(link); link = link["Next"]) {
    met.add(link);
    sum += number(link["Buffer"], "Length");
  }
  return sum;
}

const number = (of: unknown, field: string): number => (isRecord(of) ? Number(of[field]) : 0);
