import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const RUNTIME = "test/runtime/**/*.test.ts";

export default defineConfig({
  resolve: {
    alias: [
      { find: "wskit/is", replacement: at("is.ts") },
      { find: "wskit/checks", replacement: at("checks.ts") },
      { find: "wskit/layouts", replacement: at("generated/layouts/index.ts") },
      { find: "wskit/codecs", replacement: at("generated/codecs/index.ts") },
      { find: "wskit/support/codec", replacement: at("support/codec/index.ts") },
      { find: "wskit/standard", replacement: at("generated/standard/index.ts") },
      { find: "wskit/testing", replacement: at("testing.ts") },
      { find: "wskit/monitor", replacement: at("monitor/index.ts") },
      { find: "wskit/explore", replacement: at("explore/index.ts") },
      { find: "wskit/support/testing", replacement: at("support/testing/index.ts") },
      { find: "wskit/zod", replacement: at("generated/zod/index.ts") },
      { find: "wskit/runtime", replacement: at("runtime/index.ts") },
      { find: "wskit/schema", replacement: at("schema/index.ts") },
      { find: "wskit/generator", replacement: at("generator/index.ts") },
      { find: "wskit/support/zod", replacement: at("support/zod.ts") },
      { find: "wskit/support", replacement: at("support/index.ts") },
      { find: "wskit", replacement: at("index.ts") },
    ],
  },
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Where sockets and clocks are real, one file runs at a time, and nothing beside it.
    projects: [
      {
        extends: true,
        test: {
          name: "all",
          include: ["test/**/*.test.ts"],
          exclude: [RUNTIME],
          maxWorkers: "100%",
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "runtime",
          include: [RUNTIME],
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
