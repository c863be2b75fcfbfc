/** What the demo and its peer process say to each other. */

/** A request to the peer; `id` comes back with the reply. */
export type PeerRequest =
  | {
      readonly id: number;
      readonly kind: "listen";
      readonly protocol: "tcp" | "udp4" | "udp6";
      readonly paused: boolean;
    }
  | { readonly id: number; readonly kind: "resume" | "reset"; readonly peer: number }
  | {
      readonly id: number;
      readonly kind: "received";
      readonly peer: number;
      readonly bytes: number;
    };

/** The reply to a request. */
export type PeerReply =
  | {
      readonly id: number;
      readonly kind: "listening";
      readonly peer: number;
      readonly port: number;
    }
  | {
      readonly id: number;
      readonly kind: "received";
      readonly bytes: number;
      readonly sha256: string;
    }
  | { readonly id: number; readonly kind: "failed"; readonly message: string }
  | { readonly id: number; readonly kind: "done" };
