/**
 * The bench. `npm run bench` at the top builds wskit, installs the peers and comes here: `--
 * validators`, which is meant where nothing is said, `-- runtime`, `-- trace` or `-- explore`. `--rounds
 * 20` is quicker and rougher; `--json` prints the rows of the runtime instead of tables; `--calls` is for
 * the memory of a long trace.
 */
import { parseArgs } from "node:util";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "60" },
    json: { type: "boolean", default: false },
    calls: { type: "string", default: "1000000" },
  },
});
const [what = "validators"] = positionals;
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 3) throw new RangeError("--rounds wants 3 or more");

// Only what is measured is loaded: whatever else ran before would show in the figures.
if (what === "runtime") {
  const { benchRuntime } = await import("./runtime/main.js");
  benchRuntime({ rounds, json: values.json });
} else if (what === "validators") {
  const { benchValidators } = await import("./validators.js");
  benchValidators(rounds);
} else if (what === "trace") {
  const { benchTrace } = await import("./trace/main.js");
  await benchTrace({ rounds, calls: Number(values.calls) });
} else if (what === "explore") {
  const { benchExplore } = await import("./explore.js");
  benchExplore();
} else {
  throw new RangeError(`expected validators, runtime, trace or explore, received ${what}`);
}
