/** Mutants that no call can tell from what is generated, with the reason. */

/** Mutants that are no fault, for one reason. */
export interface Excuse {
  readonly because: string;
  /** What they are as `Mutant.what` has it; `*` stands for any text. */
  readonly like: readonly string[];
}

/** All of them. One that is noticed, or that does not occur, is an error: the table stays true. */
export const EQUIVALENT: readonly Excuse[] = [
  {
    because: "the mark moves at other steps, as rarely as before: circles are found as surely",
    like: ["*if ((steps & (steps {- => +} 1)) === 0)", "*if ((steps & (steps - {1 => 2})) === 0)"],
  },
  {
    because: "a local gets another value before it is read, or nobody reads it",
    like: [
      "*: let Mdl$ByteCount: ULONG = {0 => *};",
      "*: let lp*$length: number = {0 => *};",
      "*: let lpTo$sa_family: ADDRESS_FAMILY = {0 => *};",
      "*: let lpOverlapped$Internal: ULONG_PTR = {0 => *};",
      "*: let lpOverlapped$hEvent: HANDLE = {0 => *};",
    ],
  },
  {
    because: "the lowest bit comes into a mask that has it already",
    like: [
      "* if ((Flags & ~(WSK_FLAG_OOB | {WSK_FLAG_NODELAY => (WSK_FLAG_NODELAY + 1)})) !== 0)",
      "*(dwFlags & ~(MSG_OOB | {MSG_DONTROUTE => (MSG_DONTROUTE + 1)} | MSG_PARTIAL)) !== 0*",
      "*(dwFlags & ~(MSG_OOB | MSG_DONTROUTE | {MSG_PARTIAL => (MSG_PARTIAL + 1)})) !== 0*",
    ],
  },
  {
    because: "the call takes one buffer only: the bound is there to bound the work",
    like: [
      "* weighWSPSendDisconnect: * if (!(lpOutboundDisconnectData$length {<= => <} MAX_ITEMS))",
      "* weighWSPSendDisconnect: * if (!(*$length <= {MAX_ITEMS => (MAX_ITEMS - 1)}))",
    ],
  },
  {
    because: "too much: each link of a chain is tested when its turn comes",
    like: ["guards.ts fits*: if ({Next !== null && !isRecord(Next) => false})"],
  },
  {
    because: "too much: the loop over a chain takes no turn where the chain is NULL",
    like: [
      "* fitsWSK_BUF: if ({Mdl !== null => true})",
      "* fitsWSK_BUF: if (Mdl !== {null => undefined})",
    ],
  },
  {
    because: "too much: a flag that must be 0 in all profiles is a number then",
    like: [
      "* weighWskSendTo: if ({!fitsULONG(Flags) => false})",
      "* weighWskSendMessages: if ({!fitsULONG(Flags) => false})",
    ],
  },
  {
    because: "too much: another rule has refused NULL with a length",
    like: [
      "* if ( {ControlInfo !== null => true} && ControlInfoLength !== 0 && !isControlInfo(*) )",
      "* if ( ControlInfo !== {null => undefined} && ControlInfoLength !== 0 && !isControlInfo(*) )",
    ],
  },
  {
    because: "too much: where the pointer is NULL, the local has a value that the rule allows",
    like: [
      "* if (*{lpOverlapped !== null => true} && isSame(*))",
      "* if (lpOverlapped !== {null => undefined} && isSame(*))",
      "* if ( {lpOverlapped !== null => true} && lpCompletionRoutine === null && *)",
      "* if ( lpOverlapped !== {null => undefined} && lpCompletionRoutine === null && *)",
    ],
  },
  {
    because: "too much: in the other profiles another rule refuses the same, and more",
    like: [
      '* if ( {(terms.profile === "header" || terms.profile === "spi") => true} && (dwFlags & *',
      '*: if ( {terms.profile !== "documented" => true} && terms.profile !== "san" && lpComp*',
      '*: if ( terms.profile !== "documented" && {terms.profile !== "san" => true} && lpComp*',
      '*: if ( terms.profile !== {"documented" => "strict"} && terms.profile !== "san" && lpComp*',
      '*: if ( terms.profile !== {"documented" => "san"} && terms.profile !== "san" && lpComp*',
      '*: if ( terms.profile !== "documented" && terms.profile !== {"san" => "documented"} && lpComp*',
      '*: if ( terms.profile !== "documented" && terms.profile !== {"san" => "strict"} && lpComp*',
    ],
  },
];
