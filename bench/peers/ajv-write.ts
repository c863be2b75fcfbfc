/** Writes the stand-alone validators of ajv, which the bench then loads like any module. */
import { mkdirSync, writeFileSync } from "node:fs";
import standalone from "ajv/dist/standalone/index.js";
import { CALLS } from "../scenarios.js";
import { makeAjv } from "./ajv-schemas.js";

const folder = new URL("../built/", import.meta.url);
const names = Object.fromEntries(CALLS.map((name) => [name, name]));
mkdirSync(folder, { recursive: true });
writeFileSync(new URL("ajv.cjs", folder), standalone.default(makeAjv(true), names));
