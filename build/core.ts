/**
 * A core: an entry as one file with all that it needs, from which the other entries take what they
 * share with it. What the entry itself does not export stands there with a $ before its name.
 */
import { dirname, join, relative } from "node:path";
import type { BuildOptions, OutputFile, Plugin } from "esbuild";
import { build } from "esbuild";
import { exportsOf, takenBy } from "./modules.js";
import { shaken } from "./shaken.js";

/** The part of a module that an earlier core has left. */
const REST = "?rest";

/** How esbuild is called, whatever is built. */
export type Options = BuildOptions & { readonly outdir: string; readonly write: false };

/** What a core exports of a module: names of its own, unique in the core, by the module's. */
type Names = ReadonlyMap<string, string>;

/** What a core is made of. */
interface Plan {
  /** The entry that becomes the core, below dist. */
  readonly file: string;
  /** Cores that hold some of it already. */
  readonly earlier: readonly Core[];
}

/** Holds modules as wholes, save those of which it needs some names only. */
export class Core {
  readonly #options: Options;
  readonly #plan: Plan;
  readonly #modules: ReadonlyMap<string, Names>;

  private constructor(options: Options, plan: Plan, modules: ReadonlyMap<string, Names>) {
    this.#options = options;
    this.#plan = plan;
    this.#modules = modules;
  }

  /** The core of what an entry needs, and no earlier core has. */
  static async of(options: Options, plan: Plan): Promise<Core> {
    const { outdir } = options;
    const plugins = [...plan.earlier.map((core) => core.plugin()), shaken];
    const entry = join(outdir, plan.file);
    const entryPoints = [entry];
    const { metafile } = await build({ ...options, entryPoints, plugins, metafile: true });
    const [output] = Object.values(metafile.outputs);
    const needed = Object.entries(output?.inputs ?? {})
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([path]) => join(outdir, path))
      .filter((path) => path !== entry);
    const open = new Set(output?.exports);
    return new Core(options, plan, named(needed, open, plan.earlier));
  }

  /** The file itself, once it is known which files take what from it. */
  async bundle(users: readonly OutputFile[]): Promise<OutputFile[]> {
    const { file, earlier } = this.#plan;
    const { outdir } = this.#options;
    const used = new Set(users.flatMap(({ text }) => takenFrom(text, this.#name)));
    const lines = [...this.#modules].flatMap(([path, names]) => {
      const list = [...names].filter(([, own]) => used.has(own) && own.startsWith("$"));
      const shared = list.map(([name, own]) => `${name} as ${own}`);
      return list.length === 0 ? [] : [`export { ${shared.join(", ")} } from "${path}";`];
    });
    const contents = [`export * from "${join(outdir, file)}";`, ...lines].join("\n");
    const made = await build({
      ...this.#options,
      stdin: { contents, resolveDir: outdir },
      // Constants stand where they are used; lines and names stay as they are.
      minifySyntax: true,
      entryNames: file.replace(/\.js$/, ""),
      plugins: [...earlier.map((core) => core.plugin()), shaken],
    });
    return made.outputFiles ?? [];
  }

  /** Has what is built import this core where a module is in it. */
  plugin(): Plugin {
    const name = this.#name;
    return {
      name,
      setup: ({ onLoad, onResolve }) => {
        onResolve({ filter: /^wskit:/ }, ({ path }) =>
          path === name ? { path, external: true, sideEffects: false } : undefined,
        );
        onResolve({ filter: /\?rest$/ }, ({ path }) => {
          const suffix = path.slice(path.indexOf(REST));
          return { path: path.slice(0, -suffix.length), suffix, sideEffects: false };
        });
        onLoad({ filter: /\.js$/ }, ({ path, suffix }) => {
          const names = this.#modules.get(path + suffix);
          if (names === undefined) return undefined;
          const left = exportsOf(path).filter((n) => !names.has(n) && !this.#isEarlier(path, n));
          const rest = { from: `${path}${suffix}${REST}`, names: left };
          return { contents: standIn(name, names, rest) };
        });
      },
    };
  }

  /** A file that has been built, with the way from its place to this core. */
  linked(file: OutputFile): OutputFile {
    const way = relative(dirname(file.path), join(this.#options.outdir, this.#plan.file));
    const from = way.startsWith(".") ? way : `./${way}`;
    const list = takenFrom(file.text, this.#name, true);
    if (list.length === 0) return file;
    const rest = file.text.replace(importsFrom(this.#name), "");
    return withText(file, `import { ${list.join(", ")} } from "${from}";\n${rest}`);
  }

  get #name(): string {
    return `wskit:${this.#plan.file}`;
  }

  /** True for a name that this core or an earlier one has of a module. */
  has(path: string, name: string): boolean {
    return this.#modules.get(path)?.has(name) === true || this.#isEarlier(path, name);
  }

  #isEarlier(path: string, name: string): boolean {
    return this.#plan.earlier.some((core) => core.has(path, name));
  }
}

/** The imports from a core, of which a file has one a module. */
const importsFrom = (core: string): RegExp =>
  new RegExp(`^import \\{([^}]*)\\} from "${core}";\\n`, "gm");

/** What a file takes from a core, or with `renamed` its lists as they stand. */
function takenFrom(text: string, core: string, renamed = false): string[] {
  const lists = [...text.matchAll(importsFrom(core))].map(([, list = ""]) => list);
  const all = lists.flatMap((list) => list.split(",")).map((part) => part.trim());
  const parts = all.filter((part) => part !== "");
  return renamed ? parts : parts.map((part) => part.replace(/ as .*$/, ""));
}

const withText = ({ path, contents, hash }: OutputFile, text: string): OutputFile => ({
  path,
  contents,
  hash,
  text,
});

/** A module that hands on what a core has of another, and the rest from there. */
function standIn(
  core: string,
  names: Names,
  rest: { readonly from: string; readonly names: readonly string[] },
): string {
  // A statement each: what nobody uses of one statement would stay with the rest of it.
  const list = [...names].map(([name, own]) => `export { ${own} as ${name} } from "${core}";\n`);
  const own = list.join("");
  return rest.names.length === 0
    ? own
    : `${own}export { ${rest.names.join(", ")} } from "${rest.from}";\n`;
}

/** What a core exports of each module, by names that are unique. */
function named(
  paths: readonly string[],
  open: ReadonlySet<string>,
  earlier: readonly Core[],
): Map<string, Names> {
  const some = new Map<string, Set<string>>();
  for (const path of earlier.length === 0 ? paths : []) {
    for (const [from, names] of takenBy(path)) {
      some.set(from, new Set([...(some.get(from) ?? []), ...names]));
    }
  }
  const used = new Set<string>();
  const times = new Map<string, number>();
  for (const name of paths.flatMap((id) => exportsOf(id.replaceAll(REST, "")))) {
    times.set(name, (times.get(name) ?? 0) + 1);
  }
  const modules = new Map<string, Names>();
  for (const id of paths) {
    const path = id.replaceAll(REST, "");
    const left = exportsOf(path).filter((name) => !earlier.some((core) => core.has(path, name)));
    const wanted = left.filter((name) => some.get(path)?.has(name) ?? true);
    const names = wanted.map((name) => {
      let own = open.has(name) && times.get(name) === 1 ? name : `$${name}`;
      for (let i = 2; used.has(own); i++) own = `$${name}$${i}`;
      used.add(own);
      return [name, own] as const;
    });
    if (names.length > 0) modules.set(id, new Map(names));
  }
  return modules;
}
