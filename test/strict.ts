/** Compiles generated code as the strictest of its users would. */
import { spawnSync } from "node:child_process";
import { symlinkSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The complaints of the compiler about `<folder>/generated`; empty where there are none. */
export function compileStrictly(folder: string): string {
  const options = {
    target: "ES2022", module: "NodeNext", strict: true, noEmit: true, skipLibCheck: true, types: [],
    lib: ["ES2023", "DOM"], exactOptionalPropertyTypes: true, verbatimModuleSyntax: true,
    isolatedModules: true, erasableSyntaxOnly: true, noUnusedLocals: true, noUnusedParameters: true,
    noUncheckedIndexedAccess: true, noPropertyAccessFromIndexSignature: true, declaration: true,
    isolatedDeclarations: true, noImplicitReturns: true,
    paths: {
      "wskit/support": [join(root, "support/index.ts")],
      "wskit/support/codec": [join(root, "support/codec/index.ts")],
      "wskit/support/testing": [join(root, "support/testing/index.ts")],
      "wskit/support/zod": [join(root, "support/zod.ts")],
    },
  }; // prettier-ignore
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  const config = { compilerOptions: options, include: ["generated"] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  return spawnSync(process.execPath, [tsc, "-p", folder], { encoding: "utf8" }).stdout;
}

/** A folder of the project, as a generated file in `out` would import it. */
export function relativeTo(out: string, room: string): string {
  const path = relative(out, join(root, room));
  return path.startsWith(".") ? path : `./${path}`;
}
