/** A program under Wine that connects to the oracle, takes commands by lines and answers each. */
import { once } from "node:events";
import type { Server, Socket } from "node:net";
import { createServer } from "node:net";
import type { Answer, Command, Executor } from "./vocabulary.js";
import { formatStep, parseAnswer } from "./vocabulary.js";

/** The oracle's end of the connection. */
export class NativeProgram implements Executor {
  readonly #server: Server = createServer();
  readonly #answers: ((line: string) => void)[] = [];
  #connection: Socket | null = null;
  #text = "";

  /** Starts listening, and returns the port that the program must be told. */
  async listen(): Promise<number> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    const address = this.#server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  }

  /** Waits until the program has connected; rejects after so many ms. */
  async connected(patience: number): Promise<void> {
    const [connection] = (await once(this.#server, "connection", {
      signal: AbortSignal.timeout(patience),
    })) as [Socket];
    this.#connection = connection;
    connection.setNoDelay(true);
    connection.on("error", () => undefined);
    connection.on("data", (data) => this.#read(String(data)));
  }

  /** Sends a command; resolves with the answer, which may take as long as a call blocks. */
  async run(command: Command): Promise<Answer> {
    const answered = new Promise<string>((resolve) => this.#answers.push(resolve));
    this.#connection?.write(`${formatStep(command)}\n`);
    return parseAnswer(await answered);
  }

  /** Ends the connection, upon which the program ends. */
  stop(): void {
    this.#connection?.destroy();
    this.#server.close();
  }

  #read(data: string): void {
    const lines = (this.#text + data).split("\n");
    this.#text = lines.pop() ?? "";
    for (const line of lines) this.#answers.shift()?.(line);
  }
}
