/** The table of diagnostics: what each code says, and what helps. */

/** How a diagnostic prints. */
export interface Entry {
  readonly severity: "error" | "warning";
  readonly message: (words: Words) => string;
  readonly hint: string;
}

/** What goes into its message. */
export interface Words {
  readonly name?: string;
  readonly other?: string;
  readonly wanted?: string;
  readonly received?: string;
}

/** All codes. Their set, the set seen in tests and the set documented are the same. */
export const DIAGNOSTICS = {
  "schema-unreadable": {
    severity: "error",
    message: ({ received }) => `the file cannot be loaded: ${received}`,
    hint: "A schema file is an ES module of plain data; it must load without errors.",
  },
  "value-endless": {
    severity: "error",
    message: ({ name }) => `${name} holds itself, or is nested too deep`,
    hint: "Definitions are plain data of a few levels.",
  },
  "built-in-replaced": {
    severity: "warning",
    message: ({ name }) => `${name} replaces the one of wskit/schema, and differs from it`,
    hint: "What else wskit/schema defines was written for its own; another name keeps both.",
  },
  "schema-empty": {
    severity: "error",
    message: ({ name }) => `nothing is defined in ${name} of which something could be made`,
    hint: "Export a call, struct, layout, table, or set of constants or codes from a file there.",
  },
  "missing-key": {
    severity: "error",
    message: ({ name, wanted }) => `${name} is missing, expected ${wanted}`,
    hint: "docs/guide/notation.md lists what each definition holds.",
  },
  "wrong-shape": {
    severity: "error",
    message: ({ name, wanted, received }) => `${name}: expected ${wanted}, received ${received}`,
    hint: "docs/guide/notation.md lists what each definition holds.",
  },
  "unknown-key": {
    severity: "error",
    message: ({ name, other }) => `unknown key "${name}"${other}`,
    hint: "A misspelt key would otherwise be a rule that nobody checks.",
  },
  "name-invalid": {
    severity: "error",
    message: ({ name }) => `"${name}" is not a C identifier`,
    hint: "Names are letters, digits and _, and do not begin with a digit. They are never escaped.",
  },
  "name-reserved": {
    severity: "error",
    message: ({ name, other }) => `"${name}" is reserved ${other}`,
    hint: "The name would mean something else in the generated code; there is no escape for it.",
  },
  "name-taken": {
    severity: "error",
    message: ({ name, other }) => `${name} is already ${other}`,
    hint: "Every generated export has one name and one meaning.",
  },
  "unknown-type": {
    severity: "error",
    message: ({ name, other }) => `the type ${name} is not declared${other}`,
    hint: "Declare it in the schema folder, or use one of wskit/schema.",
  },
  "unknown-parameter": {
    severity: "error",
    message: ({ name, other }) => `there is no parameter or field ${name}${other}`,
    hint: "Relations name a parameter of the same call, or a field of the same struct.",
  },
  "unknown-status": {
    severity: "error",
    message: ({ name, other }) => `the code ${name} is not declared${other}`,
    hint: "Declare it with defineCodes, so that its value and meaning are known.",
  },
  "unknown-constant": {
    severity: "error",
    message: ({ name, other }) => `there is no constant or set ${name}${other}`,
    hint: "Declare it with defineConstants.",
  },
  "unknown-fact": {
    severity: "error",
    message: ({ name, other }) => `there is no fact ${name}${other}`,
    hint: "Declare it with defineFacts, so that callers know what they may tell.",
  },
  "unknown-page": {
    severity: "error",
    message: ({ name, other }) => `there is no page ${name}${other}`,
    hint: "Declare it with definePage: every fact has a source that can be found.",
  },
  "unknown-decision": {
    severity: "error",
    message: ({ name, other }) => `there is no decision ${name}${other}`,
    hint: "Declare it with defineDecision: the sides that the sources take, and the answer.",
  },
  "page-missing": {
    severity: "error",
    message: ({ name }) => `${name} has neither a page nor a word on what it is described from`,
    hint: "Name its page, or say in describedFrom where the description comes from.",
  },
  "value-out-of-range": {
    severity: "error",
    message: ({ received, wanted }) => `${received} is not ${wanted}`,
    hint: "The value could never be passed, or would be another one in C.",
  },
  "relation-mismatch": {
    severity: "error",
    message: ({ name, wanted }) => `${name} must be ${wanted} for this relation`,
    hint: "What is said of it has no meaning, in C or in what is generated, for any other type.",
  },
  "type-endless": {
    severity: "error",
    message: ({ name }) => `${name} contains itself, or nests too deep`,
    hint: "A struct reaches itself through a pointer; a pointer leads to something in the end.",
  },
  "outcomes-missing": {
    severity: "error",
    message: ({ name }) => `nothing is said of what ${name} returns`,
    hint: "List its codes in outcomes, or say in otherwise what every code means.",
  },
  "listed-twice": {
    severity: "error",
    message: ({ name }) => `${name} is listed twice`,
    hint: "Once says it.",
  },
  "returned-and-excluded": {
    severity: "error",
    message: ({ name }) => `${name} is both an outcome and a code that is never returned`,
    hint: "Decide which: a provider is judged by it.",
  },
  "rule-missing": {
    severity: "error",
    message: ({ name }) => `the rule "${name}" has no entry under rules`,
    hint: "A relation is a rule: it needs a sentence, a strength, a source and examples.",
  },
  "rule-unchecked": {
    severity: "error",
    message: ({ name }) => `the rule "${name}" has nothing that checks it`,
    hint:
      "Give it a require or a lifetime, name it after a relation of a parameter (Param.must-be), " +
      'or say in unchecked why only a reader can keep it, and seenBy: "reader".',
  },
  "lifetime-invalid": {
    severity: "error",
    message: ({ received, wanted }) => `${received} is not ${wanted}`,
    hint: "A lifetime is judged by events: what happens to which object, in order.",
  },
  "rule-without-example": {
    severity: "error",
    message: ({ name, wanted }) => `the rule "${name}" has no ${wanted} example`,
    hint: "A rule without one that keeps it and one that breaks it is not proven.",
  },
  "duplicate-value": {
    severity: "error",
    message: ({ name, other }) => `${name} has the same value as ${other}`,
    hint: "Of two names for one value, one is a mistake, belongs to another set, or is an aliasOf.",
  },
  "alias-unknown": {
    severity: "error",
    message: ({ name, other }) => `no value of this set is called ${name}${other}`,
    hint: "An alias names a value of the same set that is not an alias itself.",
  },
  "expression-invalid": {
    severity: "error",
    message: ({ received }) => `${received}`,
    hint: "Expressions are C-like; docs/guide/notation.md has their grammar.",
  },
  "strength-missing": {
    severity: "error",
    message: ({ name }) => `the rule "${name}" holds in no profile`,
    hint: "Give one strength for all profiles, or one for each in which the rule holds.",
  },
  "chain-not-binding": {
    severity: "error",
    message: ({ name }) => `the rule "${name}" does not bind always`,
    hint: "Make it a must: nobody who walks along a chain without an end comes back to judge it.",
  },
  "witness-mistaken": {
    severity: "error",
    message: ({ name }) => `the rule "${name}" is seen in the arguments, not in a state`,
    hint: 'Say seenBy: "arguments": a rule about a state asks for a fact.',
  },
  "profile-unknown": {
    severity: "error",
    message: ({ name }) => `this call is not judged by the profile "${name}"`,
    hint: "List it in the profiles of the call, or leave the rule out of it.",
  },
  "unknown-table": {
    severity: "error",
    message: ({ name, other }) => `there is no table ${name}${other}`,
    hint: "Declare it with defineTable: the place of a call in its table is part of its contract.",
  },
  "slot-missing": {
    severity: "error",
    message: ({ name, other }) => `${other} has no slot ${name}`,
    hint: "A call through a table that lacks it would reach whatever lies behind its end.",
  },
  "layout-endless": {
    severity: "error",
    message: ({ name }) => `${name} contains itself`,
    hint: "A type that holds itself by value has no size; let it hold a pointer.",
  },
  "layout-unknown": {
    severity: "error",
    message: ({ name }) => `${name} has no layout`,
    hint: "Only a part of it is declared: give it layout.members, or leave subset out.",
  },
  "layout-flexible": {
    severity: "error",
    message: ({ name }) => `${name} is of any length, and not the last member`,
    hint: "What follows an array of any length would lie nowhere.",
  },
  "layout-lacks-field": {
    severity: "error",
    message: ({ name, other }) => `the layout has no member for the field ${name}${other}`,
    hint: "Each field lies in a member of its name; members of anonymous ones count as well.",
  },
  "layout-differs": {
    severity: "error",
    message: ({ name, wanted, received }) => `${name} is ${wanted}, but in C ${received}`,
    hint: "Field and member are one thing, seen twice. A field with count is an array of bytes.",
  },
  "example-misplaced": {
    severity: "error",
    message: ({ name }) => `the example has no value at ${name}`,
    hint: "Paths begin with a parameter or field, and lead through what the example there has.",
  },
  "example-misfit": {
    severity: "error",
    message: ({ name, wanted, received }) => `${name} is ${received}, expected ${wanted}`,
    hint: "A value of the wrong type is judged by no rule but that of its type.",
  },
  "example-base": {
    severity: "error",
    message: ({ name }) => `the example that all others begin with breaks ${name}`,
    hint: "Give the struct, or the parameter, an example that keeps every rule.",
  },
  "example-breaks": {
    severity: "error",
    message: ({ name }) => `this accepted example breaks the rule "${name}"`,
    hint: "Correct the example, or the rule: what it says and what it checks are not the same.",
  },
  "example-keeps": {
    severity: "error",
    message: ({ name }) => `this rejected example keeps the rule "${name}"`,
    hint: "Correct the example, or the rule: what it says and what it checks are not the same.",
  },
  "example-unjudged": {
    severity: "error",
    message: ({ name, other }) => `this example is not judged by the rule "${name}": ${other}`,
    hint: "Give the facts that the rule asks for: an example that nobody judges proves nothing.",
  },
} as const satisfies Record<string, Entry>;

/** The slug of a diagnostic. */
export type DiagnosticCode = keyof typeof DIAGNOSTICS;
