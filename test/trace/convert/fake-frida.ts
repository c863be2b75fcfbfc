/** As much of Frida's API as the script uses, over memory of our own. */
import vm from "node:vm";
import type { Arch } from "../../../support/index.js";
import type { SparseMemory } from "../../../support/codec/index.js";

const WIDTH = { x64: 8, x86: 4, arm64: 8 } as const;

/** A pointer as Frida has them; numbers are pointers, too. */
class FakePointer {
  readonly #process: FakeProcess;
  readonly #value: bigint;

  constructor(process: FakeProcess, value: bigint) {
    this.#process = process;
    this.#value = BigInt.asUintN(WIDTH[process.arch] * 8, value);
  }

  isNull = (): boolean => this.#value === 0n;
  toString = (): string => `0x${this.#value.toString(16)}`;
  toInt32 = (): number => Number(BigInt.asIntN(32, this.#value));
  toUInt32 = (): number => Number(BigInt.asUintN(32, this.#value));
  add = (offset: number): FakePointer =>
    new FakePointer(this.#process, this.#value + BigInt(offset));
  readPointer = (): FakePointer =>
    new FakePointer(this.#process, this.#unsigned(WIDTH[this.#process.arch]));
  readU16 = (): number => Number(this.#unsigned(2));
  readU32 = (): number => Number(this.#unsigned(4));
  readU64 = (): bigint => this.#unsigned(8);
  readByteArray = (size: number): ArrayBuffer => {
    return new Uint8Array(this.#bytes(size)).buffer;
  };

  #bytes(size: number): Uint8Array {
    const bytes = this.#process.memory.read(this.#value, size);
    if (bytes.length < size) throw new Error("access violation");
    return bytes;
  }

  #unsigned(size: number): bigint {
    return [...this.#bytes(size)].reduceRight((all, byte) => (all << 8n) | BigInt(byte), 0n);
  }
}

interface Callbacks {
  readonly onEnter: (this: object, args: readonly FakePointer[]) => void;
  readonly onLeave: (this: object, result: FakePointer) => void;
}

/** A process with a script in it, whose functions the test calls. */
export class FakeProcess {
  readonly lines: string[] = [];
  readonly arch: Arch;
  readonly memory: SparseMemory;
  readonly #hooks = new Map<string, Callbacks>();

  constructor(script: string, arch: Arch, memory: SparseMemory) {
    this.arch = arch;
    this.memory = memory;
    const module = { getExportByName: (name: string) => name };
    vm.runInNewContext(script, {
      console: { log: (line: string) => this.lines.push(line) },
      Interceptor: {
        attach: (name: string, callbacks: Callbacks) => this.#hooks.set(name, callbacks),
      },
      Module: { load: () => module },
      NULL: new FakePointer(this, 0n),
      Process: {
        arch: arch === "x86" ? "ia32" : arch,
        id: 77,
        getCurrentThreadId: () => 78,
        findModuleByName: () => null,
      },
    });
  }

  /** The functions that are hooked. */
  get hooked(): readonly string[] {
    return [...this.#hooks.keys()];
  }

  /** A call: what it is given, what it does, what it returns, and the last error then. */
  call(
    name: string,
    args: readonly (bigint | number)[],
    does: { readonly returns: number; readonly error?: number; readonly between?: () => void },
  ): void {
    const hook = this.#hooks.get(name);
    if (hook === undefined) return;
    const context = { lastError: 0 };
    hook.onEnter.call(
      context,
      args.map((value) => new FakePointer(this, BigInt(value))),
    );
    does.between?.();
    context.lastError = does.error ?? 0;
    hook.onLeave.call(context, new FakePointer(this, BigInt(does.returns)));
  }
}
