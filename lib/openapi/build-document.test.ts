import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { ERROR_STATUS } from "@/lib/errors";
import { buildDocument } from "./build-document";

// biome-ignore lint/suspicious/noExplicitAny: the document is looked into at every depth
type Json = Record<string, any>;
const document = JSON.parse(JSON.stringify(buildDocument())) as Json;
const calls = Object.entries(document.paths as Json).flatMap(([path, item]) =>
  Object.entries(item as Json).map(([method, operation]) => ({ path, method, operation: operation as Json })),
);

describe("the OpenAPI document", () => {
  it("lists every route of the API with its methods, and none that is not there", async () => {
    const root = "app/api/v1";
    const served: string[] = [];
    for (const file of readdirSync(root, { recursive: true, encoding: "utf8" })) {
      if (!file.endsWith("route.ts") || file.includes("[...")) continue;
      const route = await import(join(process.cwd(), root, file));
      const path = `/${dirname(file).replaceAll("[", "{").replaceAll("]", "}")}`;
      const allow: string = route.OPTIONS().headers.get("allow");
      const methods = allow.split(", ").filter((method) => !["HEAD", "OPTIONS"].includes(method));
      served.push(...methods.map((method) => `${method} ${path}`));
    }
    const documented = calls.map(({ path, method }) => `${method.toUpperCase()} ${path}`);
    expect(documented.sort()).toEqual(served.sort());
  });

  it("has the parts that OpenAPI 3.1 requires, each call with an id of its own", () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(document.info).toMatchObject({ title: expect.any(String), version: expect.any(String) });
    const ids = calls.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, method, operation } of calls) {
      expect(path).toMatch(/^\/[\w./{}-]+$/);
      expect(["get", "put", "post"]).toContain(method);
      expect(operation.summary).toEqual(expect.any(String));
      const parameters = (operation.parameters ?? []) as Json[];
      const inPath = parameters.filter((parameter) => parameter.in === "path");
      expect(inPath.map(({ name }) => `{${name}}`)).toEqual(path.match(/\{\w+\}/g) ?? []);
      for (const parameter of parameters) {
        expect(["path", "query", "header"]).toContain(parameter.in);
        expect(parameter.schema).toEqual(expect.any(Object));
        if (parameter.in === "path") expect(parameter).toMatchObject({ required: true });
      }
      expect(Object.keys(operation.responses).length).toBeGreaterThan(0);
      for (const [status, response] of Object.entries(operation.responses as Json)) {
        expect(status).toMatch(/^[1-5]\d\d$/);
        expect(response.description).toEqual(expect.any(String));
      }
    }
  });

  it("needs a key for everything but itself", () => {
    expect(document.security).toEqual([{ key: [] }]);
    expect(document.components.securitySchemes.key).toMatchObject({ type: "http", scheme: "bearer" });
    const open = calls.filter(({ operation }) => operation.security?.length === 0);
    expect(open.map(({ path }) => path)).toEqual(["/openapi.json"]);
  });

  it("holds only references that lead somewhere and schemas that are JSON Schema 2020-12", () => {
    const text = JSON.stringify(document);
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1]!);
    expect(references.length).toBeGreaterThan(10);
    for (const reference of references) {
      const [hash, ...steps] = reference.split("/");
      expect(hash).toBe("#");
      expect(steps.reduce<Json | undefined>((part, step) => part?.[step], document)).toEqual(
        expect.any(Object),
      );
    }
    const ajv = new Ajv2020({ strict: false });
    addFormats.default(ajv);
    for (const schema of Object.values(document.components.schemas as Json)) ajv.compile(schema);
  });

  it("names every code a refusal may carry, each under its status", () => {
    expect(document.components.schemas.Problem.properties.code.enum).toEqual(Object.keys(ERROR_STATUS));
    for (const { operation } of calls) {
      for (const [status, response] of Object.entries(operation.responses as Json)) {
        const codes: string[] =
          response.content?.["application/problem+json"]?.schema.allOf[1].properties.code.enum ?? [];
        for (const code of codes) expect(`${ERROR_STATUS[code as keyof typeof ERROR_STATUS]}`).toBe(status);
      }
    }
  });
});
