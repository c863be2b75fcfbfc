/** The one way into the output: text needs an encoder, or it does not compile and does not run. */
import fc from "fast-check";
import { Project } from "ts-morph";
import { describe, expect, test } from "vitest";
import { Code, code } from "../../generator/print/code.js";
import {
  bigint, docComment, hexNumber, identifier, key, lineComment, number, string,
} from "../../generator/print/encode.js"; // prettier-ignore
import { printFile, textOf } from "../../generator/print/file.js";
import { md, mdCellCode, mdCode } from "../../generator/print/markdown.js";
import { Fault } from "../../generator/fault.js";

describe("a hole takes code only", () => {
  test("text does not compile, and throws where it is forced", () => {
    // @ts-expect-error schema text is no code
    expect(() => code`const x = ${"1; PWNED()"};`).toThrow(Fault);
    // @ts-expect-error nor is it inside a list
    expect(() => code`${["PWNED()"]}`).toThrow(Fault);
    // @ts-expect-error numbers have an encoder too
    expect(() => code`${1}`).toThrow(Fault);
  });

  test("code cannot be made past the template and the encoders", () => {
    const forged = Symbol("trusted");
    // @ts-expect-error only encode.ts and markdown.ts have the key
    expect(() => new Code(forged, ["PWNED()"])).toThrow(Fault);
  });
});

test.each(["", "a b", "a-b", "1a", "a;b", "\u0430", "a\n"])(
  "%j is no identifier, and none is made of it",
  (name) => {
    expect(() => identifier(name)).toThrow(Fault);
  },
);

describe("encoders are exact for any text", () => {
  const project = new Project({ useInMemoryFileSystem: true });
  const anyText = fc.string({ unit: "binary", maxLength: 40 });

  test("a string literal reads back as it was", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const literal = textOf(string(text));
        expect(literal).not.toMatch(/[\n\r\u2028\u2029]/);
        // oxlint-disable-next-line no-eval
        expect((0, eval)(literal)).toBe(text);
      }),
    );
  });

  test("a comment stays one comment", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const comment of [
          docComment([text]),
          docComment([text, "", text]),
          lineComment(text),
        ]) {
          const source = project.createSourceFile("c.ts", `${textOf(comment)}const x = 1;`, {
            overwrite: true,
          });
          expect(source.getStatements()).toHaveLength(1);
          expect(source.getStatements()[0]?.getText()).toBe("const x = 1;");
        }
      }),
    );
  });

  test("a comment holds no directive for tools that read source maps", () => {
    const text = "a //# sourceMappingURL=data:x //@ sourceURL=y @ts-nocheck */";
    for (const comment of [docComment([text]), lineComment(text)]) {
      expect(textOf(comment)).not.toMatch(/\/\/[#@]| @ts|\*\/ *\S/);
    }
  });

  test("Markdown text begins nothing", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const shown = textOf(md(text)).replaceAll(/\\./g, "");
        expect(shown).not.toMatch(/[`*_[\]|<>\n]/);
      }),
    );
  });

  test("Markdown code closes with the fence it began with", () => {
    expect(textOf(mdCode("a`b``c"))).toBe("```a`b``c```");
    expect(textOf(mdCode("`a"))).toBe("`` `a ``");
    expect(textOf(mdCode("A == NULL || B"))).toBe("`A == NULL || B`");
    expect(textOf(mdCellCode("a|b"))).toBe("`a\\|b`");
  });

  test("numbers are whole, exact, and themselves", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (n) => Number(textOf(number(n))) === (n === 0 ? 0 : n)),
    );
    fc.assert(fc.property(fc.bigInt(), (n) => textOf(bigint(n)) === `${n}n`));
    expect(textOf(hexNumber(0x8000_0002))).toBe("0x80000002");
    expect(textOf(number(-0))).toBe("0");
    for (const wrong of [1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      expect(() => number(wrong)).toThrow(Fault);
    }
  });

  test("a key is quoted where it must be, and is never __proto__", () => {
    expect(textOf(key("plain"))).toBe("plain");
    expect(textOf(key("socket.address-family"))).toBe('"socket.address-family"');
    expect(() => key("__proto__")).toThrow(Fault);
  });
});

test("a file imports what it mentions, once, values before types, and nothing else", async () => {
  const { imported, importedType, namespace } = await import("../../generator/print/encode.js");
  const body = code`${imported("b", "./x")}; ${imported("a", "./x")}; ${importedType("T", "./x")};
${importedType("a", "./x")}; ${namespace("n", "./deep/y")}; ${imported("lib", "wskit/support")};`;
  const printed = (support?: string): string =>
    printFile(
      { path: "sub/file.ts", source: "s.ts", body },
      support === undefined ? {} : { support },
    );
  expect(printed()).toContain(
    'import { lib } from "wskit/support";\nimport * as n from "../deep/y.js";\nimport { a, b } from "../x.js";\nimport type { T } from "../x.js";\n',
  );
  expect(printed("../support")).toContain('import { lib } from "../../support/index.js";');
});
