/** The file that a trace is written to while a program runs. */
import { closeSync, openSync, writeSync } from "node:fs";

/** So much is kept before it is written, in characters. */
const ROOM = 0x1_0000;

/** Writes lines; what is kept is written when the process ends, too. */
export class TraceFile {
  readonly #file: number;
  readonly #atExit = (): void => this.close();
  #lines: string[] = [];
  #size = 0;
  #isOpen = true;

  /** Throws where the file cannot be made. */
  constructor(path: string) {
    this.#file = openSync(path, "w");
    process.once("exit", this.#atExit);
  }

  /** Writes a line. */
  write(line: string): void {
    this.#lines.push(line, "\n");
    this.#size += line.length + 1;
    if (this.#size > ROOM) this.#flush();
  }

  /** Writes what is left, and closes the file. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    process.removeListener("exit", this.#atExit);
    this.#flush();
    closeSync(this.#file);
  }

  #flush(): void {
    writeSync(this.#file, this.#lines.join(""));
    this.#lines = [];
    this.#size = 0;
  }
}
