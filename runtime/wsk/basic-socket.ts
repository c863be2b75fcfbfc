/** Basic sockets of WSK, which know control requests and nothing else. */
import { observedTable } from "../live/observer.js";
import type { WSK_PROVIDER_BASIC_DISPATCH } from "../../generated/index.js";
import type { Filled } from "./prototypes.js";
import type { WskSocketOptions } from "./socket.js";
import { WskSocketBase } from "./socket.js";

/** The table of a basic socket. */
export type BasicDispatch = Filled<WSK_PROVIDER_BASIC_DISPATCH>;

/** A basic socket. WskSocket makes one. */
export class BasicSocket extends WskSocketBase {
  readonly Dispatch: BasicDispatch;

  constructor(options: WskSocketOptions) {
    super(options, "basic");
    this.Dispatch = observedTable({ WskControlSocket: this.control, WskCloseSocket: this.close });
  }

  override get isBound(): boolean {
    return false;
  }

  protected override release(done: () => void): void {
    done();
  }
}
