/** The house rules of STYLE.md that a machine can see. */
import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { SourceFile } from "ts-morph";
import { Node, Project, SyntaxKind } from "ts-morph";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const project = new Project({ skipAddingFilesFromTsConfig: true });
project.addSourceFilesAtPaths(
  [
    "schema",
    "support",
    "generator",
    "generated",
    "runtime",
    "trace",
    "monitor",
    "report",
    "explore",
    "cli",
    "ledger",
    "oracle",
    "bench",
    "test",
    "examples",
    "docs",
    "build",
  ]
    .map((room) => join(root, room, "**/*.ts"))
    .concat(
      join(root, "*.ts"),
      ["test/fixtures", "bench/node_modules", "bench/built"].map((f) => `!${join(root, f)}/**`),
    ),
);
const sources = project.getSourceFiles();
const nameOf = (source: SourceFile): string => relative(root, source.getFilePath());
const roomOf = (source: SourceFile): string => {
  const name = nameOf(source);
  // The files at the root are one room.
  return name.includes("/") ? (name.split("/")[0] ?? "") : "index.ts";
};
const written = sources.filter((source) => roomOf(source) !== "generated");
const product = written.filter((source) => !["test", "examples"].includes(roomOf(source)));

/** Who may import whom. A room may always import itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  schema: [],
  support: [],
  generator: ["schema", "support"],
  generated: ["support"],
  runtime: ["generated", "monitor", "support", "trace"],
  "index.ts": ["explore", "generated", "support"],
  trace: ["generated", "support"],
  monitor: ["generated", "support", "trace"],
  report: ["monitor", "support", "trace"],
  explore: ["generated", "monitor", "runtime", "support", "trace"],
  cli: [
    "index.ts",
    "schema",
    "support",
    "generator",
    "generated",
    "runtime",
    "trace",
    "monitor",
    "report",
  ],
  ledger: ["cli", "generator", "schema"],
  oracle: ["index.ts", "runtime"],
  docs: ["generator", "monitor", "schema", "trace"],
  // What is bundled is what tsc has written.
  build: [],
  // What is measured is the built package.
  bench: ["dist"],
  examples: [],
};

/** The packages that a room may use, besides what Node brings. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  schema: [],
  support: ["fast-check", "zod"],
  generator: ["@babel/code-frame", "jiti", "prettier", "ts-morph", "zod"],
  generated: ["zod"],
  runtime: ["koffi", "pure-rand"],
  "index.ts": [],
  trace: ["csv-parse", "saxes"],
  monitor: [],
  report: ["sarif"],
  explore: ["pure-rand"],
  cli: ["cli-table3", "commander", "diff"],
  ledger: ["commander"],
  oracle: ["cli-table3"],
  docs: [],
  build: ["esbuild"],
  bench: [
    "ajv", "arktype", "cli-table3", "esbuild", "koffi", "typebox", "typia", "valibot", "wskit",
    "zod",
  ], // prettier-ignore
  examples: ["wskit", "zod"],
};

/** Rooms that also run in a browser. */
const WITHOUT_NODE = new Set(["support", "generated", "schema", "index.ts"]);

function importsOf(source: SourceFile): string[] {
  const literals = [
    ...source.getImportDeclarations().map((i) => i.getModuleSpecifierValue()),
    ...source.getExportDeclarations().flatMap((e) => e.getModuleSpecifierValue() ?? []),
  ];
  for (const call of source.getDescendantsOfKind(SyntaxKind.CallExpression)) {
    const [argument] = call.getArguments();
    if (call.getExpression().getKind() !== SyntaxKind.ImportKeyword) continue;
    if (Node.isStringLiteral(argument)) literals.push(argument.getLiteralText());
  }
  return literals;
}

const targetOf = (source: SourceFile, specifier: string): string =>
  relative(root, join(dirname(source.getFilePath()), specifier)).replace(/\.js$/, ".ts");

test("rooms import only whom they may", () => {
  const wrong: string[] = [];
  for (const source of sources) {
    const room = roomOf(source);
    if (room === "test" || nameOf(source) === "vitest.config.ts") continue;
    for (const specifier of importsOf(source)) {
      const name = nameOf(source);
      if (specifier.startsWith("node:")) {
        if (WITHOUT_NODE.has(room)) wrong.push(`${name}: ${specifier}`);
      } else if (specifier.startsWith(".")) {
        const target = targetOf(source, specifier).split("/");
        const other = target.length === 1 ? "index.ts" : (target[0] ?? "");
        if (other !== room && !MAY_IMPORT[room]?.includes(other))
          wrong.push(`${name}: ${specifier}`);
      } else {
        const parts = specifier.split("/");
        const packageName = specifier.startsWith("@")
          ? parts.slice(0, 2).join("/")
          : (parts[0] ?? "");
        if (!PACKAGES[room]?.includes(packageName)) wrong.push(`${name}: ${specifier}`);
      }
    }
  }
  expect(wrong).toEqual([]);
});

test("only the zod parts import zod as a value", () => {
  const users = sources.filter((s) => importsOf(s).includes("zod")).map(nameOf);
  const allowed =
    /^(?:support\/zod|generator\/(?:layout\/)?shape|generated\/zod\/.+|bench\/peers\/zod|test\/.+|examples\/.+)\.ts$/;
  expect(users.filter((name) => !allowed.test(name))).toEqual([]);
});

test("only support/testing imports fast-check", () => {
  const users = sources.filter((s) => importsOf(s).includes("fast-check")).map(nameOf);
  expect(users.filter((name) => !/^(?:support\/testing|test)\//.test(name))).toEqual([]);
});

test("imports run in no circle, those of types neither", () => {
  const edges = new Map<string, string[]>();
  for (const source of sources) {
    const targets = importsOf(source).filter((specifier) => specifier.startsWith("."));
    edges.set(
      nameOf(source),
      targets.map((specifier) => targetOf(source, specifier)),
    );
  }
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (name: string, trail: readonly string[]): void => {
    if (trail.includes(name)) circles.push([...trail.slice(trail.indexOf(name)), name].join(" > "));
    else if (!done.has(name)) {
      for (const next of edges.get(name) ?? []) visit(next, [...trail, name]);
      done.add(name);
    }
  };
  for (const name of edges.keys()) visit(name, []);
  expect(circles).toEqual([]);
});

test("files have at most 300 lines, and half of them under 100", () => {
  const lines = product.map((source) => [source.getEndLineNumber(), nameOf(source)] as const);
  expect(lines.filter(([n, name]) => n > 300 && !/^schema\/(?:calls|ledger)\//.test(name))).toEqual(
    [],
  );
  const sorted = lines.map(([n]) => n).sort((a, b) => a - b);
  expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(100);
});

test("lines that prettier leaves alone have at most 100 columns", () => {
  const long: string[] = [];
  for (const source of product) {
    source.getFullText().split("\n").forEach((line, i) => {
      if (line.length > 100 && !line.includes("`") && !line.includes("\\u")) long.push(`${nameOf(source)}:${i + 1}`);
    }); // prettier-ignore
  }
  expect(long).toEqual([]);
});

test("functions have at most 50 lines and three parameters", () => {
  const wrong: string[] = [];
  for (const source of product) {
    for (const node of source.getDescendants()) {
      if (!Node.isFunctionLikeDeclaration(node)) continue;
      const lines = node.getEndLineNumber() - node.getStartLineNumber() + 1;
      const isPrototype = node
        .getParameters()
        .some((p) => /^(?:Socket|s|lpErrno|Irp|irp|Timeout)$/.test(p.getName()));
      const where = `${nameOf(source)}:${node.getStartLineNumber()}`;
      // A function of schema/rules is a list of rules: data, with the place on each page filled in.
      if (nameOf(source).startsWith("schema/rules/")) continue;
      if (lines > 50 && node.getFirstAncestorByKind(SyntaxKind.CallExpression) === undefined)
        wrong.push(`${where} has ${lines} lines`);
      const most = nameOf(source).startsWith("support/") ? 4 : 3;
      if (node.getParameters().length > most && !isPrototype)
        wrong.push(`${where} has ${node.getParameters().length} parameters`);
    }
  }
  expect(wrong).toEqual([]);
});

test("nothing is any", () => {
  const wrong = written.flatMap((source) =>
    source
      .getDescendantsOfKind(SyntaxKind.AnyKeyword)
      .map((node) => `${nameOf(source)}:${node.getStartLineNumber()}`),
  );
  expect(wrong).toEqual([]);
});

test("every export says what it is", () => {
  const silent: string[] = [];
  for (const source of product) {
    if (nameOf(source).startsWith("schema/")) continue;
    for (const statement of source.getStatements()) {
      if (!Node.isExportable(statement) || !statement.isExported() || !Node.isJSDocable(statement))
        continue;
      if (statement.getJsDocs().length === 0)
        silent.push(`${nameOf(source)}:${statement.getStartLineNumber()}`);
    }
  }
  expect(silent).toEqual([]);
});

test("every file begins with what it is for", () => {
  const silent = product.map((source) => [nameOf(source), source.getFullText()] as const)
    .filter(([name, text]) => !/^schema\/(?:calls|ledger)\//.test(name) && !/^(?:#!.*\n)?\/\*\*/.test(text))
    .map(([name]) => name); // prettier-ignore
  expect(silent.filter((name) => name !== "vitest.config.ts")).toEqual([]);
});

test("the project names no machine, no workplace and nothing unfinished", () => {
  const bad = /\/work\/|\/farm\b|farm-|\bTODO\b|\bFIXME\b|\bXXX\b|@ts-ignore|\.only\(|\.skip\(/;
  const found = written
    .filter((source) => nameOf(source) !== "test/tidy.test.ts")
    .flatMap((source) =>
      source.getFullText().split("\n").flatMap((line, i) => (bad.test(line) ? [`${nameOf(source)}:${i + 1}`] : [])),
    ); // prettier-ignore
  expect(found).toEqual([]);
});

test("each dependency is used, and has its reason in CONTRIBUTING.md", () => {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
    readFileSync(join(root, "package.json"), "utf8"),
  ) as {
    dependencies: Record<string, string>;
    devDependencies: Record<string, string>;
    optionalDependencies: Record<string, string>;
  };
  const guide = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");
  const used = new Set(Object.values(PACKAGES).flat());
  const needed = { ...dependencies, ...optionalDependencies };
  for (const name of Object.keys(needed)) expect(used, name).toContain(name);
  for (const [name, version] of Object.entries({ ...needed, ...devDependencies })) {
    expect(guide, name).toContain(`\`${name}\``);
    expect(version, name).toMatch(/^(?:npm:.+@)?\d+\.\d+\.\d+(?:-[\w.]+)?$/);
  }
});
