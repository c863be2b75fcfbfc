/** The output folder is the old one or the new one, whatever happens. */
import { spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import type * as FsPromises from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { locked } from "../../generator/lock.js";
import { compare, recover, write } from "../../generator/write.js";
import { temporaryFolder } from "../temp.js";

/** Which renames fail, for a while. */
const failing = vi.hoisted(() => ({ rename: (_from: string): boolean => false }));

vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof FsPromises>();
  const rename = async (from: string, to: string): Promise<void> => {
    if (failing.rename(from)) throw new Error("no rename today");
    return real.rename(from, to);
  };
  return { ...real, rename };
});

let parent = "";
let out = "";
beforeEach(() => {
  parent = temporaryFolder();
  out = join(parent, "generated");
});

const files = (...texts: string[]): Map<string, string> =>
  new Map(texts.map((text, i) => [i === 0 ? "index.ts" : `deep/${i}.ts`, text]));

/** Everything in the output folder, by path; what is beside it must be nothing. */
function tree(): Record<string, string> {
  const found: Record<string, string> = {};
  for (const path of readdirSync(out, { recursive: true, encoding: "utf8" }).sort()) {
    if (statSync(join(out, path)).isFile()) found[path] = readFileSync(join(out, path), "utf8");
  }
  return found;
}

describe("write", () => {
  test("fills a new folder, and says what it did", async () => {
    const changes = await write(out, files("a", "b"));
    expect(changes.map(({ path, kind }) => `${kind} ${path}`)).toEqual([
      "missing .wskit", "missing deep/1.ts", "missing index.ts",
    ]); // prettier-ignore
    expect(tree()["deep/1.ts"]).toBe("b");
    expect(readdirSync(parent)).toEqual(["generated"]);
  });

  test("gives the folder the rights that any new folder gets", async () => {
    const umask = process.umask();
    await write(out, files("a", "b"));
    expect(statSync(out).mode & 0o777).toBe(0o777 & ~umask);
    expect(statSync(join(out, "deep")).mode & 0o777).toBe(0o777 & ~umask);
  });

  test("touches nothing where nothing has changed", async () => {
    await write(out, files("a", "b"));
    const before = statSync(out).ino;
    expect(await write(out, files("a", "b"))).toEqual([]);
    expect(statSync(out).ino).toBe(before);
  });

  test("removes files of its own that are no longer made", async () => {
    await write(out, files("a", "b", "c"));
    await write(out, files("a"));
    expect(Object.keys(tree())).toEqual([".wskit", "index.ts"]);
  });

  test("repairs a file that was edited by hand", async () => {
    await write(out, files("a"));
    writeFileSync(join(out, "index.ts"), "edited");
    expect((await compare(out, files("a"))).map((d) => d.kind)).toEqual(["changed"]);
    await write(out, files("a"));
    expect(tree()["index.ts"]).toBe("a");
  });

  test("leaves a folder alone that holds somebody's files", async () => {
    mkdirSync(out);
    writeFileSync(join(out, "notes.txt"), "mine");
    await expect(write(out, files("a"))).rejects.toThrow(/has not written \(notes\.txt\)/);
    expect(tree()).toEqual({ "notes.txt": "mine" });
    expect(readdirSync(parent)).toEqual(["generated"]);
  });

  test("leaves a folder alone in which somebody's file stands beside its own", async () => {
    await write(out, files("a"));
    writeFileSync(join(out, "mine.ts"), "mine");
    const before = tree();
    await expect(write(out, files("b"))).rejects.toThrow("mine.ts");
    expect(tree()).toEqual(before);
  });

  test("replaces no file of somebody's that stands where one of its own would", async () => {
    await write(out, files("a"));
    mkdirSync(join(out, "deep"));
    writeFileSync(join(out, "deep/1.ts"), "mine");
    await expect(write(out, files("a", "b"))).rejects.toThrow("has not written (deep/1.ts)");
    expect(tree()["deep/1.ts"]).toBe("mine");
    writeFileSync(join(out, "deep/1.ts"), "b");
    await expect(write(out, files("a", "b"))).resolves.toHaveLength(1);
  });

  test("puts the old folder back where the new one cannot take its place", async () => {
    await write(out, files("a"));
    const before = tree();
    failing.rename = (from) => from.includes("-stage-");
    await expect(write(out, files("b"))).rejects.toThrow("no rename today");
    failing.rename = () => false;
    expect(tree()).toEqual(before);
    expect(readdirSync(parent)).toEqual(["generated"]);
  });

  test("follows no link, and replaces no folder that holds more", async () => {
    const victim = join(parent, "victim");
    mkdirSync(victim);
    symlinkSync(victim, out);
    await expect(write(out, files("a"))).rejects.toThrow("is not a folder");
    expect(readdirSync(victim)).toEqual([]);
    for (const unsafe of ["/", process.cwd(), join(process.cwd(), "..")]) {
      await expect(write(unsafe, files("a"))).rejects.toThrow("holds more than generated files");
    }
    await expect(write(join(parent, "linked"), files("a"))).resolves.toHaveLength(2);
    symlinkSync(victim, join(parent, "linked", "link"));
    await expect(write(join(parent, "linked"), files("b"))).rejects.toThrow("is a link");
  });

  test("a parent that cannot be written leaves everything as it was", async () => {
    await write(out, files("a"));
    const before = tree();
    const isRoot = process.getuid?.() === 0;
    if (!isRoot) chmodSync(parent, 0o500);
    const blocked = isRoot ? "/proc/wskit" : out;
    await expect(write(blocked, files("b"))).rejects.toThrow(/ENOENT|EACCES|EPERM|EROFS/);
    if (!isRoot) chmodSync(parent, 0o700);
    expect(tree()).toEqual(before);
  });
});

describe("several runs", () => {
  test("of one process wait for each other, and each is whole", async () => {
    const runs = ["a", "b", "c", "d", "e"].map((text) => write(out, files(text, text, text)));
    expect((await Promise.all(runs)).map((differences) => differences.length > 0)).toContain(true);
    const { ".wskit": _list, ...written } = tree();
    expect(new Set(Object.values(written)).size).toBe(1);
    expect(readdirSync(parent)).toEqual(["generated"]);
  });

  test("of one process are never inside together, whoever is quick", async () => {
    const lock = join(parent, ".generated.wskit-lock");
    let inside = 0;
    const run = async (): Promise<number> => {
      inside += 1;
      await new Promise((soon) => setImmediate(soon));
      return inside--;
    };
    const rounds = Array.from({ length: 400 }, () => locked(lock, run));
    expect(new Set(await Promise.all(rounds))).toEqual(new Set([1]));
    expect(readdirSync(parent)).toEqual([]);
  });

  test("of several processes too", { timeout: 120_000 }, async () => {
    const script = fileURLToPath(new URL("../fixtures/write-forever.ts", import.meta.url));
    const children = [1, 2, 3].map(() =>
      spawn(process.execPath, ["--import", "tsx", script, out, "20"], { stdio: "pipe" }),
    );
    const ends = children.map(
      async (child) => new Promise((gone) => child.once("exit", (code) => gone(code))),
    );
    expect(await Promise.all(ends)).toEqual([0, 0, 0]);
    expect(
      new Set(
        Object.entries(tree())
          .filter(([path]) => path !== ".wskit")
          .map(([, t]) => t),
      ).size,
    ).toBe(1);
    expect(readdirSync(parent)).toEqual(["generated"]);
  });

  test("one that holds on for too long is named; one that has gone is not waited for", async () => {
    const lock = join(parent, ".generated.wskit-lock");
    writeFileSync(lock, String(process.ppid));
    await expect(locked(lock, async () => 1, 50)).rejects.toThrow(
      `another run of wskit (process ${process.ppid}) holds ${lock}`,
    );
    for (const owner of [String(2 ** 22 + 1), String(process.pid)]) {
      writeFileSync(lock, owner);
      expect(await locked(lock, async () => 1, 50)).toBe(1);
    }
    writeFileSync(lock, "");
    utimesSync(lock, 0, 0);
    await write(out, files("a"));
    expect(readdirSync(parent)).toEqual(["generated"]);
  });
});

describe("a run that was killed", () => {
  test("between the two renames: the next run puts the old folder back first", async () => {
    await write(out, files("a"));
    const deadPid = 2 ** 22 + 1;
    const { renameSync } = await import("node:fs");
    renameSync(out, join(parent, `.generated.wskit-old-${deadPid}`));
    mkdirSync(join(parent, `.generated.wskit-stage-${deadPid}-x`));
    await recover(out);
    expect(tree()["index.ts"]).toBe("a");
    expect(readdirSync(parent)).toEqual(["generated"]);
  });

  test("at any moment: the folder is old or new, never between", { timeout: 120_000 }, async () => {
    const script = fileURLToPath(new URL("../fixtures/write-forever.ts", import.meta.url));
    const [seen, rounds] = [new Set<string>(), 12];
    for (let i = 0; i < rounds; i++) {
      const child = spawn(process.execPath, ["--import", "tsx", script, out], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      await new Promise((ready) => child.stdout.once("data", ready));
      await new Promise((later) => setTimeout(later, 3 + i * 7));
      child.kill("SIGKILL");
      await new Promise((gone) => child.once("exit", gone));
      await recover(out);
      const texts = new Set(
        Object.entries(tree())
          .filter(([path]) => path !== ".wskit")
          .map(([, text]) => text.slice(0, 6)),
      );
      expect(texts.size, `round ${i}`).toBe(1);
      expect(Object.keys(tree())).toHaveLength(41);
      texts.forEach((text) => seen.add(text));
      expect(readdirSync(parent)).toEqual(["generated"]);
    }
    expect(seen.size).toBeGreaterThan(0);
    rmSync(out, { recursive: true });
    expect(existsSync(out)).toBe(false);
  });
});
