/** The calls of the schema: each chooses what becomes of it, as its contract allows. */
import { isRecord } from "../support/index.js";
import type { Told } from "../monitor/index.js";
import type { Alternative } from "./alternatives.js";
import type { Contract, Lists } from "./contract.js";
import { CONTRACTS } from "./contract.js";
import type { Core } from "./core.js";
import type { Endpoint } from "./endpoint.js";
import { Irp } from "./irp.js";
import { Cell } from "./memory.js";
import type { Calls } from "./names.js";
import { hasCalls } from "./names.js";
import { Operation } from "./operation.js";
import type { Plan, PlannedEnd } from "./script.js";
import { Plans } from "./script.js";

/** Makes calls, and finds the sockets that they are made on. */
export class Sends {
  readonly #core: Core;
  readonly plans = new Plans();
  readonly #endpoints = new Map<unknown, Endpoint>();
  #turn = 0;

  constructor(core: Core) {
    this.#core = core;
  }

  /** Begins a run. */
  begin(): void {
    this.#endpoints.clear();
    this.plans.clear();
    this.#turn = 0;
  }

  /** From here on, calls on a socket or descriptor lead to an endpoint. */
  open(socket: object | number, endpoint: Endpoint): void {
    this.#endpoints.set(socket, endpoint);
  }

  /** The endpoint of a socket; undefined where there is none. */
  endpointOf(socket: unknown): Endpoint | undefined {
    return this.#endpoints.get(socket);
  }

  /** All calls, as they are made through a table; null for none in particular. */
  through(table: string | null): Calls {
    const told = table === null ? {} : { table };
    const tolds = { passive: { ...told, irql: 0 }, dispatch: { ...told, irql: 2 } };
    const calls = Object.fromEntries(
      CONTRACTS.map((contract) => {
        const call = (...args: readonly unknown[]) => this.#perform(contract, args, tolds);
        return [contract.name, call];
      }),
    );
    if (hasCalls(calls)) return calls;
    throw new TypeError("a call is missing");
  }

  #perform(contract: Contract, args: readonly unknown[], tolds: Tolds): number {
    const core = this.#core;
    core.enter();
    const operation = this.#begin(contract, args, tolds);
    core.slot();
    const plan = this.plans.take(contract.name);
    const code =
      plan === undefined
        ? this.#answer(contract, args, operation)
        : this.#follow(plan, operation, { contract, args });
    core.enter();
    return code;
  }

  #begin(contract: Contract, args: readonly unknown[], tolds: Tolds): Operation {
    const { journal, depth } = this.#core;
    const { name, traced, names, language } = contract;
    const carrier = args[contract.carrierAt] ?? null;
    if (carrier instanceof Irp) journal.tell(carrier, "IRP", carrier);
    const given = args[contract.socketAt];
    const socket = isRecord(given) || typeof given === "number" ? given : null;
    const level = depth > 0 ? tolds.dispatch : tolds.passive;
    const told = traced.errorIn === null ? level : NOTHING_TOLD;
    const entry = journal.call({ name, traced, args, names, socket, told });
    if (carrier instanceof Irp) carrier.CurrentLocation -= 1;
    this.#turn += 1;
    return new Operation(this.#core, {
      name,
      entry,
      turn: this.#turn,
      language,
      length: contract.lengthOf(args),
      endpoint: this.#endpoints.get(socket) ?? null,
      carrier,
      routine: args[contract.routineAt],
    });
  }

  /** Chooses an outcome, and carries it out. */
  #answer(contract: Contract, args: readonly unknown[], operation: Operation): number {
    const endpoint = this.#endpoints.get(args[contract.socketAt]);
    const lists = this.#core.hasLateFailures ? contract.late : contract;
    const hasCarrier = isRecord(args[contract.carrierAt]);
    const alternatives = alternativesFor(lists, hasCarrier, endpoint);
    const chosen = this.#core.pick(alternatives);
    if (chosen === undefined) return 0;
    this.#core.coverage.outcome(contract.name, alternatives, chosen);
    if (chosen.end === "success" && endpoint?.isDead !== true) operation.succeeds();
    else operation.fails(failureOf(chosen, operation));
    if (chosen.isLast) endpoint?.die();
    if (chosen.when === "later" || chosen.when === "at once") operation.pend();
    else if (chosen.when === "before" && operation.carrier instanceof Irp) operation.happen();
    else operation.isOver = true;
    const code = this.#finish({ contract, args }, operation, chosen.code);
    if (chosen.when === "at once") operation.now();
    return code;
  }

  /** Writes what the call answers to its out-parameters, and returns. */
  #finish({ contract, args }: Made, operation: Operation, code: number): number {
    const { journal } = this.#core;
    const { traced, errorAt, countAt, names } = contract;
    if (traced.errorIn === null) {
      journal.returned(operation.entry, code);
      return code;
    }
    put(args[errorAt], code);
    const out: Record<string, unknown> = {};
    if (code === 0 && isRecord(args[countAt])) {
      put(args[countAt], operation.length);
      out[names[countAt] ?? ""] = operation.length;
    }
    const status = code === 0 ? 0 : -1;
    journal.returned(operation.entry, status, { error: code, out });
    return status;
  }

  /** Does what a script says. */
  #follow(plan: Plan, operation: Operation, made: Made): number {
    const { language, carrier } = operation;
    const endOf = ({ code, information }: PlannedEnd) => {
      const length = code === language.success ? operation.length : 0;
      return { code, information: information ?? length };
    };
    const outcome = made.contract.alternatives.find(({ code }) => code === plan.code);
    const isPending = outcome?.when === "later";
    const isAtOnce = plan.isOpen && !isPending && carrier instanceof Irp;
    const before = isAtOnce ? [{ code: plan.code, information: null }] : plan.before;
    if (before.length > 0) {
      operation.ends = before.map(endOf);
      operation.happen();
    }
    const code = this.#finish(made, operation, plan.code);
    if (plan.isOpen && isPending) operation.succeeds();
    else operation.ends = plan.after.map(endOf);
    if (operation.ends.length > 0) operation.pend();
    return code;
  }
}

/** A call that is being made. */
interface Made {
  readonly contract: Contract;
  readonly args: readonly unknown[];
}

/** What a trace is told of calls, by the level at which they are made. */
interface Tolds {
  readonly passive: Told;
  readonly dispatch: Told;
}

const NOTHING_TOLD: Told = {};

function alternativesFor(
  { alternatives, blocking, dead }: Lists,
  hasCarrier: boolean,
  endpoint: Endpoint | undefined,
): readonly Alternative[] {
  if (endpoint?.isDead === true) return dead;
  return hasCarrier ? alternatives : blocking;
}

/** A failing completion has the code of the return, save where that says nothing of it. */
function failureOf({ code, end }: Alternative, { language }: Operation): number {
  const isOpen = code === language.success || code > 0;
  return end === "failure" && !isOpen ? code : language.failure;
}

/** Writes a number where an out-parameter points to. */
function put(target: unknown, value: number): void {
  if (target instanceof Cell) target.put(value);
  else if (isRecord(target)) Reflect.set(target, "value", value);
}
