/** All products. Each emitter is a pure function from the model to files. */
import type { Model } from "../model.js";
import type { OutputFile } from "../print/file.js";
import { emitCall } from "./call.js";
import { emitCodecs } from "./codecs.js";
import { emitCodes } from "./codes.js";
import { emitContracts } from "./contract.js";
import { emitConstants } from "./constants.js";
import { emitFacts } from "./facts.js";
import { emitCallJudges } from "./judge.js";
import { emitGuards } from "./guards.js";
import { emitJudges } from "./judges.js";
import { emitDispatch } from "./dispatch.js";
import { emitLayouts } from "./layouts.js";
import { emitChecksIndex, emitIndex, emitIs } from "./modules.js";
import { emitOperations } from "./operation.js";
import { emitStandard } from "./standard.js";
import { emitTesting } from "./testing.js";
import { emitTraced } from "./traced.js";
import { emitTypes } from "./types.js";
import { emitVerdicts } from "./look.js";
import { emitZod } from "./zod.js";

/** Emits every file of TypeScript. */
export function emit(model: Model): OutputFile[] {
  return [
    emitTypes(model),
    ...emitCodes(model),
    ...emitConstants(model),
    emitFacts(model),
    emitGuards(model),
    emitJudges(model),
    ...model.calls.map((call) => emitCall(model, call)),
    ...emitVerdicts(model),
    ...emitCallJudges(model),
    ...emitOperations(model),
    ...emitContracts(model),
    emitDispatch(model),
    ...emitLayouts(model),
    ...emitCodecs(model),
    ...emitStandard(model),
    ...emitTesting(model),
    ...emitTraced(model),
    ...emitZod(model),
    emitIndex(model),
    emitIs(model),
    emitChecksIndex(model),
  ];
}
