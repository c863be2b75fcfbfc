/** Every mutant of a module: the module with one token of it changed, or one statement left out. */
import { ts } from "ts-morph";

/** A module that differs from what was generated at one place. */
export interface Mutant {
  /** Below generated/. */
  readonly file: string;
  readonly line: number;
  /** The function that is changed. */
  readonly judge: string;
  /** Where and what, as in `guards.ts fitsINT: return (value {| => &} 0) === value;`. */
  readonly what: string;
  readonly source: string;
}

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly by: string;
}

const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  "<": ["<=", ">="], "<=": ["<", ">"], ">": [">=", "<="], ">=": [">", "<"],
  "===": ["!=="], "!==": ["==="], "&&": ["||"], "||": ["&&"],
  "&": ["|"], "|": ["&"], "^": ["&"], "<<": [">>"], ">>": ["<<", ">>>"], ">>>": [">>"],
  "+": ["-"], "-": ["+"], "*": ["+"], "+=": ["-="], "-=": ["+="], "++": ["--"], "--": ["++"],
}; // prettier-ignore

const TYPES = ["number", "bigint", "boolean", "string", "object", "function", "undefined"];
const PROFILES = ["documented", "header", "strict", "san", "spi"];
const ARCHS = ["x64", "x86"];
const VERDICTS = ["REFUSED", "WARNED", "CLEAN"];

/** The module as it is, with a call of `tick` at the start of each turn of a loop. */
export function ticking(source: string): string {
  return apply(source, ticksOf(parse(source)));
}

/** The functions that say whether a value or a call is right; the rest of a module is no boolean. */
const JUDGES = /^(?:fits|weigh)[A-Z]|^is[A-Z]\w*Args$|^(?:look|tellsMore)$/;

/** All mutants of the judges in a module, each with calls of `tick`. */
export function mutantsOf(file: string, source: string): Mutant[] {
  const tree = parse(source);
  const ticks = ticksOf(tree);
  const mutants: Mutant[] = [];
  const visit = (node: ts.Node, judge: string): void => {
    if (ts.isTypeNode(node)) return;
    for (const edit of editsOf(node)) {
      const line = tree.getLineAndCharacterOfPosition(edit.from).line + 1;
      const what = `${file} ${judge}: ${describe(node, edit)}`;
      mutants.push({ file, line, judge, what, source: apply(source, [...ticks, edit]) });
    }
    ts.forEachChild(node, (child) => visit(child, judge));
  };
  for (const one of tree.statements) {
    const name = ts.isFunctionDeclaration(one) ? one.name?.text : undefined;
    if (name !== undefined && JUDGES.test(name)) visit(one, name);
  }
  return mutants;
}

const parse = (source: string): ts.SourceFile =>
  ts.createSourceFile("module.ts", source, ts.ScriptTarget.ES2022, true);

function apply(source: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((a, b) => b.from - a.from)
    .reduce((text, { from, to, by }) => text.slice(0, from) + by + text.slice(to), source);
}

function ticksOf(tree: ts.SourceFile): Edit[] {
  const edits: Edit[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIterationStatement(node, false)) {
      const [from, to] = [node.statement.getStart(), node.statement.end];
      edits.push({ from, to: from, by: "{ tick(); " }, { from: to, to, by: " }" });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return edits;
}

/** What may be changed at a node; its children are asked for themselves. */
const editsOf = (node: ts.Node): Edit[] => [
  ...operatorEdits(node),
  ...statementEdits(node),
  ...literalEdits(node),
];

const by = (at: ts.Node, ...texts: readonly string[]): Edit[] =>
  texts
    .filter((text) => text !== at.getText())
    .map((text) => ({ from: at.getStart(), to: at.end, by: text }));

/** Another operator, or an operand less. */
function operatorEdits(node: ts.Node): Edit[] {
  if (ts.isPrefixUnaryExpression(node)) {
    const [from, to] = [node.getStart(), node.operand.getStart()];
    return [{ from, to, by: OPERATORS[node.getText().slice(0, 2)]?.[0] ?? "" }];
  }
  if (ts.isPostfixUnaryExpression(node)) {
    const [from, to] = [node.operand.end, node.end];
    return (OPERATORS[node.getText().slice(-2)] ?? []).map((text) => ({ from, to, by: text }));
  }
  if (!ts.isBinaryExpression(node)) return [];
  const token = node.operatorToken;
  const swapped = by(token, ...(OPERATORS[token.getText()] ?? []));
  const isAnd = token.kind === ts.SyntaxKind.AmpersandAmpersandToken;
  if (!isAnd && token.kind !== ts.SyntaxKind.BarBarToken) return swapped;
  const operands = [node.left, node.right].filter(
    (one) => !ts.isBinaryExpression(one) || one.operatorToken.kind !== token.kind,
  );
  return [...swapped, ...operands.flatMap((one) => by(one, isAnd ? "true" : "false"))];
}

/** A statement less, or a condition that is always one way. */
function statementEdits(node: ts.Node): Edit[] {
  if (ts.isIfStatement(node) || ts.isWhileStatement(node) || ts.isDoStatement(node))
    return by(node.expression, "true", "false");
  if (ts.isForStatement(node) || ts.isConditionalExpression(node))
    return node.condition === undefined ? [] : by(node.condition, "true", "false");
  if (ts.isReturnStatement(node)) {
    const { expression } = node;
    const isValue = expression === undefined || ts.isIdentifier(expression) || isFlag(expression);
    return isValue ? [] : by(expression, "true", "false");
  }
  if (ts.isExpressionStatement(node)) return by(node, ";");
  if (ts.isBreakStatement(node)) return by(node, ";", "continue;");
  return ts.isContinueStatement(node) ? by(node, ";", "break;") : [];
}

/** Another number, word, constant or verdict. */
function literalEdits(node: ts.Node): Edit[] {
  const isCompared = ts.isBinaryExpression(node.parent);
  if (isFlag(node)) return by(node, "true", "false");
  if (node.kind === ts.SyntaxKind.NullKeyword && isCompared) return by(node, "undefined");
  if (ts.isNumericLiteral(node)) {
    const value = Number(node.text);
    return by(node, `${value + 1}`, value > 0 ? `${value - 1}` : "(-1)");
  }
  if (ts.isBigIntLiteral(node)) {
    const value = BigInt(node.text.slice(0, -1));
    return by(node, `${value + 1n}n`, value > 0n ? `${value - 1n}n` : "(-1n)");
  }
  if (ts.isStringLiteral(node)) {
    const isType = isCompared && node.parent.getText().startsWith("typeof ");
    const kind = [PROFILES, ARCHS].find((one) => one.includes(node.text));
    return by(node, ...(isType ? TYPES : (kind ?? [""])).map((word) => `"${word}"`));
  }
  if (!ts.isIdentifier(node)) return [];
  if (VERDICTS.includes(node.text)) return by(node, ...VERDICTS);
  const isConstant = /^[A-Z][A-Z0-9]*_[A-Z0-9_]+$/.test(node.text) && !node.text.startsWith("NO_");
  return isConstant ? by(node, `(${node.text} + 1)`, `(${node.text} - 1)`) : [];
}

const isFlag = (node: ts.Node): boolean =>
  node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword;

/** The statement of a change, with the condition that leads there. */
function describe(node: ts.Node, { from, to, by }: Edit): string {
  const whole = ts.findAncestor(node, (one) => ts.isStatement(one) && !ts.isBlock(one)) ?? node;
  const { text } = node.getSourceFile();
  const around = ts.isBlock(whole.parent) ? whole.parent.parent : whole.parent;
  const first = ts.isIfStatement(around) ? `${text.slice(around.getStart(), headOf(around))} ` : "";
  const change = `{${text.slice(from, to)} => ${by === ";" ? "nothing" : by}}`;
  const last = text.slice(to, Math.max(to, headOf(whole)));
  const line = `${first}${text.slice(whole.getStart(), from)}${change}${last}`;
  return line.replace(/\s+/g, " ").trim();
}

/** Where what comes below a statement begins. */
function headOf(whole: ts.Node): number {
  if (ts.isIfStatement(whole)) return whole.thenStatement.getFullStart();
  return ts.isIterationStatement(whole, false) ? whole.statement.getFullStart() : whole.end;
}
