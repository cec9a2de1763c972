/** The golden files of the wire, which Python and C# read as well, against the generated types: the compiler judges. */

import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readMessage } from "../src/client/socket";

const GOLDEN = join(import.meta.dirname, "../../tests/golden");
const SCRATCH = join(import.meta.dirname, ".golden");
const files = readdirSync(GOLDEN).filter((name) => name.endsWith(".json"));
const golden = files.map((name) => ({ name, text: readFileSync(join(GOLDEN, name), "utf8") }));

afterAll(() => rmSync(SCRATCH, { recursive: true, force: true }));

/** What the compiler says of these values as messages; empty when it has nothing to say. */
function compile(name: string, values: readonly string[]): string {
  mkdirSync(SCRATCH, { recursive: true });
  const lines = values.map((value, index) => `export const m${index}: FromClient | ToClient = ${value};`);
  const source = `import type { FromClient, ToClient } from "../../src/messages";\n${lines.join("\n")}\n`;
  const file = join(SCRATCH, `${name}.ts`);
  writeFileSync(file, source);
  const compiler = join(import.meta.dirname, "../node_modules/.bin/tsc");
  const options = ["--noEmit", "--strict", "--ignoreConfig", "--module", "esnext", "--moduleResolution", "bundler"];
  try {
    execFileSync(compiler, [...options, "--target", "es2022", file], { encoding: "utf8", stdio: "pipe" });
    return "";
  } catch (fault) {
    return String((fault as { stdout?: string }).stdout ?? fault);
  }
}

describe("golden files", () => {
  it("are there for every message", () => {
    expect(files.length).toBeGreaterThanOrEqual(30);
  });

  it.each(golden)("$name survives reading and writing", ({ name, text }) => {
    const value = JSON.parse(text);
    expect(value.type).toBe(name.replace(".json", ""));
    expect(JSON.parse(JSON.stringify(readMessage(text)))).toEqual(value);
  });

  it("have the generated types", { timeout: 60_000 }, () => {
    expect(compile("all", golden.map((one) => one.text))).toBe("");
  });

  it("would be refused with a field missing or of another kind", { timeout: 60_000 }, () => {
    const route = JSON.parse(golden.find((one) => one.name === "route.json")?.text ?? "{}");
    const { revision: _, ...without } = route;
    const said = compile("broken", [JSON.stringify(without), JSON.stringify({ ...route, bay: "three" })]);
    expect(said).toMatch(/revision/);
    expect(said).toMatch(/bay|string/);
  });
});
