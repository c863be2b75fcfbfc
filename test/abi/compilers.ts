/** The compilers that know Windows' rules, and what they make of a file. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Arch } from "../../schema/vocabulary.js";

/** A compiler for one architecture. */
export interface Compiler {
  readonly name: string;
  readonly arch: Arch;
  readonly command: readonly string[];
  /** It brings the headers of Windows. */
  readonly hasHeaders: boolean;
  /** It follows Microsoft's rules in every corner, not only where headers go. */
  readonly isExact: boolean;
}

const WARNINGS = ["-Wno-everything", "-ferror-limit=0"];

const ALL: readonly Compiler[] = [
  {
    name: "gcc x64 (mingw-w64)",
    arch: "x64",
    command: ["x86_64-w64-mingw32-gcc", "-w", "-fms-extensions"],
    hasHeaders: true,
    isExact: false,
  },
  {
    name: "gcc x86 (mingw-w64)",
    arch: "x86",
    command: ["i686-w64-mingw32-gcc", "-w", "-fms-extensions"],
    hasHeaders: true,
    isExact: false,
  },
  ...(["x64", "x86", "arm64"] as const).map((arch): Compiler => {
    const target = { x64: "x86_64", x86: "i686", arm64: "aarch64" }[arch];
    const command = ["clang", `--target=${target}-pc-windows-msvc`, ...WARNINGS, "-ffreestanding"];
    return { name: `clang ${arch} (msvc)`, arch, command, hasHeaders: false, isExact: true };
  }),
];

/** Those that are installed. */
export const compilers = (): Compiler[] =>
  ALL.filter(({ command: [program = ""] }) => spawnSync(program, ["--version"]).status === 0);

/** What came of a compilation. */
export interface Compiled {
  readonly errors: string;
  /** The object file; empty after an error. */
  readonly object: Uint8Array;
}

/** Compiles a file of C11. */
export function compile(compiler: Compiler, text: string, folder: string): Compiled {
  const [program = "", ...options] = compiler.command;
  const [source, output] = [join(folder, "abi.c"), join(folder, "abi.o")];
  writeFileSync(source, text);
  writeFileSync(output, "");
  const run = spawnSync(program, [...options, "-std=gnu11", "-c", source, "-o", output], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  const errors = run.status === 0 ? "" : run.stderr;
  return { errors, object: existsSync(output) ? readFileSync(output) : new Uint8Array() };
}
