#!/usr/bin/env node
/** The wskit command. Data goes to stdout, talk to stderr; the exit code says what happened. */
import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { EXIT, fail } from "./exit.js";

const { version } = JSON.parse(readFileSync(packageFile(), "utf8")) as { version: string };

/** package.json lies one folder up in the sources, two in the built package. */
function packageFile(): URL {
  const built = import.meta.url.includes("/dist/cli/");
  return new URL(built ? "../../package.json" : "../package.json", import.meta.url);
}

// Whoever reads our output may stop reading; that is no mistake.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") return;
  process.stderr.write(`wskit: stdout: ${error.message}\n`);
  process.exit(EXIT.environment);
});

const program = new Command("wskit")
  .description("Typed, checked, executable contracts of Windows' socket send calls")
  .version(version)
  .showHelpAfterError("(wskit --help shows the commands)")
  .exitOverride();

program
  .command("generate")
  .description("generate bindings from a schema folder")
  .option("-s, --schema <folder>", "the folder with the schema files", "schema")
  .option("-o, --out <folder>", "the folder to fill; it is replaced as a whole", "generated")
  .option(
    "--support <path>",
    "import the support code from this folder: absolute, or seen from --out",
    "wskit/support",
  )
  .option("--check", "write nothing; exit 1 and show the difference where the folder is stale")
  .action(async (options) => (await import("./generate.js")).generateCommand(options));

program
  .command("explain")
  .description("say what the contract has on a call, parameter, rule, type, code, flag or fact")
  .argument(
    "<name>",
    "WskSendTo, WskSendTo.ControlInfo, WskSendTo/irql, IRP.Tail, STATUS_PENDING, 10055",
  )
  .option("-s, --schema <folder>", "explain the schema of this folder instead of our own")
  .option("--json", "one JSON document instead of text")
  .action(async (name, options) =>
    (await import("./explain/index.js")).explainCommand(name, options),
  );

program
  .command("check")
  .description("judge a recorded trace: arguments, lifetimes, completions")
  .argument("<trace>", "the trace, a line an event, packed by gzip or not; - is stdin")
  .option("-f, --format <format>", "text, json, ndjson, sarif, junit, github or perfetto", "text")
  .option("--html <file>", "write a page with the timeline as well")
  .option("-o, --out <file>", "write there instead of stdout")
  .option("--profile <profile>", "documented, header, strict, san or spi; left out, the trace's")
  .option("--rules <ids>", "judge by these rules alone: ids, or what stands behind their slash")
  .option("--ignore <ids>", "judge by all but these")
  .option("--notes", "tell of notes as well, which bind nobody")
  .action(async (file, options) => (await import("./check/index.js")).checkCommand(file, options));

program
  .command("convert")
  .description("make a trace of a recording by strace, ETW (tracerpt's XML or CSV) or Wine")
  .argument("<file>", "the recording, packed by gzip or not; - is stdin")
  .option("--from <kind>", "strace, afd-xml, afd-csv or wine; left out, the text tells")
  .option("-o, --out <file>", "write there instead of stdout")
  .option("--lenient", "pass lines by that are malformed, and count them")
  .action(async (file, options) =>
    (await import("./convert/index.js")).convertCommand(file, options),
  );

program
  .command("frida")
  .description("print a script for Frida that records the sends of a process as a trace")
  .option("--functions <names>", "hook these only, for instance WSASend,closesocket")
  .action(async (options) => (await import("./frida.js")).fridaCommand(options));

program
  .command("demo")
  .description("send real bytes through every call to a peer process, and compare them")
  .action(async () => (await import("./demo/index.js")).demoCommand());

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError)
    process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
  else process.exitCode = await fail(error);
}
