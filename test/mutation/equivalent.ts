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
    because: "the mark is looked for at each step: circles are found as surely, and sooner",
    like: ["* if ({(steps* & 15) === 15 => true})"],
  },
  {
    because: "a bit operation makes a number, which nothing else equals; a bigint throws: refused",
    like: [
      '* weigh*{typeof * !== "number" => false} || *',
      '* is*Args: *{typeof * !== "number" => false} || *',
    ],
  },
  {
    because: "NULL has no fields to be read: that throws, which is a refusal as well",
    like: [
      '* is*Args: if (*typeof * !== "object" || {* === null => false} || isArray(*)*)',
      '* is*Args: if (*typeof * !== "object" || * === {null => undefined} || isArray(*)*)',
    ],
  },
  {
    because: "no flag has the highest bit, and no memory has so many bytes: both are refused later",
    like: [
      '* if (typeof Flags !== "number" || Flags {>>> => >>} 0 !== Flags)',
      '* if (typeof dwFlags !== "number" || dwFlags {>>> => >>} 0 !== dwFlags)',
      "* if (typeof ControlInfoLength *|| ControlInfoLength {>>> => >>} 0 !== ControlInfoLength)",
    ],
  },
  {
    because: "a local gets another value before it is read, or nobody reads it",
    like: [
      "*: let Mdl$ByteCount: ULONG = {0 => *};",
      "*: let lp*$length: number = {0 => *};",
      "*: let lpTo$sa_family: ADDRESS_FAMILY = {0 => *};",
      "*: let lpOverlapped$Internal: ULONG_PTR = {0 => *};",
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
      "*: if (lpOutboundDisconnectData !== null) if (!(length {<= => <} MAX_ITEMS))",
      "*: if (lpOutboundDisconnectData !== null) if (!(length <= {MAX_ITEMS => (MAX_ITEMS - 1)}))",
    ],
  },
  {
    because: "the compiler asks: that another rule has refused NULL with a length, it does not see",
    like: [
      "* if ( {ControlInfo !== null => true} && ControlInfoLength !== 0 && !isControlInfo(*) )",
      "* if ( ControlInfo !== {null => undefined} && ControlInfoLength !== 0 && !isControlInfo(*) )",
    ],
  },
  {
    because: "rules are judged by themselves: in the other profiles one refuses the same, and more",
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
