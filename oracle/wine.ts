/** Wine: what it takes, a prefix of its own, and the two programs running in it. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { NativeProgram } from "./native.js";

const run = promisify(execFile);
const native = fileURLToPath(new URL("native", import.meta.url));

/** The compiler, and what it and Wine come in. */
const COMPILER = "x86_64-w64-mingw32-gcc";
const DDK = "/usr/x86_64-w64-mingw32/include/ddk";
const TOOLS: Readonly<Record<string, string>> = {
  wine: "wine wine64",
  wineboot: "wine wine64",
  wineserver: "wine wine64",
  [COMPILER]: "gcc-mingw-w64-x86-64-win32",
};

/** How to get what is missing; the oracle installs nothing. */
export const APT_LINE =
  "apt-get install --no-install-recommends wine wine64 gcc-mingw-w64-x86-64-win32";

/** What Wine or a compiler could not do. */
export class EnvironmentError extends Error {}

/** The tools that are not there, by name. */
export function missingTools(path: string = process.env["PATH"] ?? ""): readonly string[] {
  const isThere = (tool: string): boolean =>
    path.split(delimiter).some((folder) => {
      try {
        accessSync(join(folder, tool), constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
  return Object.keys(TOOLS).filter((tool) => !isThere(tool));
}

/** A prefix in a temporary folder, in which both programs run. */
export class Wine {
  readonly winsock = new NativeProgram();
  readonly wsk = new NativeProgram();
  readonly #folder = mkdtempSync(join(tmpdir(), "wskit-oracle-"));
  readonly #env = {
    ...process.env,
    WINEPREFIX: join(this.#folder, "prefix"),
    WINEDEBUG: "-all",
    // Nothing asks to install a runtime for .NET or for HTML.
    WINEDLLOVERRIDES: "mscoree,mshtml=",
  };

  /** Compiles, makes the prefix, starts both programs. Throws EnvironmentError. */
  async start(): Promise<void> {
    const prefix = this.#makePrefix();
    const compiled = this.#compile();
    await Promise.all([prefix, compiled]);
    const [program, driver] = [join(this.#folder, "winsock.exe"), join(this.#folder, "driver.sys")];
    const ports = await compiled;
    await this.#startDriver(driver);
    await this.#startProgram(program, ports.winsock);
  }

  /** Ends everything that runs in the prefix, and removes it. */
  async stop(): Promise<void> {
    this.winsock.stop();
    this.wsk.stop();
    await run("wineserver", ["-k"], { env: this.#env, timeout: 20_000 }).catch(() => undefined);
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 20 });
  }

  /** What made the prefix must end before services can be started in it: they run once. */
  async #makePrefix(): Promise<void> {
    await this.#wine("wineboot", ["-i"], 120_000);
    await this.#wine("wineserver", ["-w"], 60_000);
  }

  async #compile(): Promise<{ readonly winsock: number }> {
    const [winsock, wsk] = await Promise.all([this.winsock.listen(), this.wsk.listen()]);
    const [program, driver] = [join(this.#folder, "winsock.exe"), join(this.#folder, "driver.sys")];
    const strict = ["-O1", "-Wall", "-Wextra", "-Werror"];
    await this.#compiler([...strict, "-o", program, join(native, "winsock.c"), "-lws2_32"]);
    const asDriver = [
      `-DORACLE_PORT=${wsk}`, `-I${DDK}`, "-nostdlib", "-shared", "-Wl,--subsystem,native",
      "-Wl,--entry,DriverEntry",
    ]; // prettier-ignore
    const source = [join(native, "driver.c"), "-lntoskrnl", "-lnetio"];
    await this.#compiler([...strict, ...asDriver, "-o", driver, ...source]);
    return { winsock };
  }

  async #startProgram(program: string, port: number): Promise<void> {
    const child = spawn("wine", [program, String(port)], { env: this.#env, stdio: "ignore" });
    child.on("error", () => undefined);
    await this.winsock.connected(60_000).catch(() => {
      throw new EnvironmentError("the program of WSASend did not start under Wine");
    });
  }

  async #startDriver(driver: string): Promise<void> {
    const path = `Z:${driver.replaceAll("/", "\\")}`;
    const service = ["sc", "create", "wskitoracle", "type=", "kernel", "start=", "demand"];
    await this.#wine("wine", [...service, "binPath=", path], 60_000);
    // sc itself may stay for a minute after the driver runs; it ends with the prefix.
    const child = spawn("wine", ["sc", "start", "wskitoracle"], {
      env: this.#env,
      stdio: "ignore",
    });
    child.on("error", () => undefined);
    await this.wsk.connected(60_000).catch(() => {
      throw new EnvironmentError("the driver of WskSend did not start under Wine");
    });
  }

  /** Runs a part of Wine. Its servers inherit whatever it writes to, so it may write nowhere. */
  async #wine(tool: string, args: readonly string[], timeout: number): Promise<void> {
    const child = spawn(tool, args, { env: this.#env, stdio: "ignore", timeout });
    const [code] = (await once(child, "exit")) as [number | null];
    if (code !== 0) throw new EnvironmentError(`${tool} ${args.join(" ")} failed: ${String(code)}`);
  }

  async #compiler(args: readonly string[]): Promise<void> {
    try {
      await run(COMPILER, args, { timeout: 60_000 });
    } catch (error) {
      const { stderr = "" } = error as { readonly stderr?: string };
      throw new EnvironmentError(`${COMPILER} failed\n${stderr}`.trim());
    }
  }
}
