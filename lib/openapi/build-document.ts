import { z } from "zod";
import { PROBLEM_TITLES } from "@/lib/adapters/problem";
import { ERROR_STATUS, type ErrorCode } from "@/lib/errors";
import { problemSchema } from "./answers";
import { OPERATIONS, type Operation } from "./operations";

type Json = Record<string, unknown>;

const OF_EVERY_CALL: ErrorCode[] = [
  "unauthenticated",
  "forbidden",
  "rate_limited",
  "internal",
  "unavailable",
];
const OF_EVERY_BODY: ErrorCode[] = ["invalid_json", "invalid_request", "too_large", "unsupported_media_type"];

const PATH_PARAMETERS: Record<string, string> = {
  "/drafts/{id}": "The draft's id, as the submission was answered with.",
  "/draft-requests/{id}": "The request's id, as it was answered with.",
  "/facts/{type}": "What kind of thing it is: customer, order, …",
  "/facts/{type}/{id}": "Its id there. Escape what a path cannot hold: # is %23, / is %2F.",
};

/** The OpenAPI 3.1 document of the agents' API, made of the very schemas that requests are parsed with. */
export function buildDocument(): Json {
  const schemas: Json = { Problem: toSchema(problemSchema) };
  const paths: Record<string, Json> = {
    "/openapi.json": {
      get: {
        operationId: "getDocument",
        summary: "This document. Needs no key.",
        security: [],
        responses: { 200: { description: "OpenAPI 3.1.", content: json({ type: "object" }) } },
      },
    },
  };
  for (const operation of OPERATIONS) {
    const { path, method, body, answer } = operation;
    if (body) schemas[body.name] = toSchema(body.schema);
    schemas[answer.name] = toSchema(answer.schema);
    paths[path] = { ...paths[path], [method]: operationOf(operation) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Countersign for agents",
      version: "1.0.0",
      description:
        "An approval inbox for AI agents: submit complete drafts of actions, learn what was decided, execute what was " +
        "approved. Bodies are strict I-JSON (RFC 7493): duplicate keys, inexact integers and the like are refused.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/api/v1" }],
    security: [{ key: [] }],
    paths,
    components: {
      schemas,
      securitySchemes: {
        key: { type: "http", scheme: "bearer", description: "An API key: csk_… (`npm run keys` makes one)" },
      },
    },
  };
}

function operationOf({
  id,
  summary,
  scope,
  path,
  query,
  repeatable,
  body,
  answer,
  refusals,
}: Operation): Json {
  const codes = [...OF_EVERY_CALL, ...refusals, ...(body ? OF_EVERY_BODY : [])];
  if (repeatable) codes.push("invalid_request");
  return {
    operationId: id,
    summary,
    description: `Needs a key with the scope \`${scope}\`.`,
    parameters: [
      ...pathParameters(path),
      ...queryParameters(query),
      ...(repeatable ? [IDEMPOTENCY_KEY] : []),
    ],
    ...(body ? { requestBody: { required: true, content: json(reference(body.name)) } } : {}),
    responses: {
      [answer.status]: { description: answer.description, content: json(reference(answer.name)) },
      ...problems(codes),
    },
  };
}

const IDEMPOTENCY_KEY = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description:
    "Makes it safe to send again: the same key and body get the first answer, another body is refused.",
  schema: { type: "string", minLength: 1, maxLength: 255 },
};

const pathParameters = (path: string): Json[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map((match) => ({
    name: match[1],
    in: "path",
    required: true,
    description: PATH_PARAMETERS[path.slice(0, match.index + match[0].length)],
    schema: { type: "string" },
  }));

function queryParameters(query: z.ZodObject | undefined): Json[] {
  const { properties = {} } = query ? (z.toJSONSchema(query) as { properties?: Json }) : {};
  const { required = [] } = query ? z.toJSONSchema(query, { io: "input" }) : {};
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: "query",
    required: required.includes(name),
    schema,
  }));
}

/** One response per status, saying which codes it may carry. */
function problems(codes: ErrorCode[]): Json {
  const distinct = [...new Set(codes)];
  const statuses = [...new Set(distinct.map((code) => ERROR_STATUS[code]))];
  return Object.fromEntries(
    statuses.map((status) => {
      const ofStatus = distinct.filter((code) => ERROR_STATUS[code] === status);
      const schema = { allOf: [reference("Problem"), { properties: { code: { enum: ofStatus } } }] };
      return [
        status,
        {
          description: ofStatus.map((code) => `\`${code}\`: ${PROBLEM_TITLES[code]}.`).join(" "),
          content: { "application/problem+json": { schema } },
        },
      ];
    }),
  );
}

const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: Json) => ({ "application/json": { schema } });

/** As senders may write it. Answers may gain properties, so their schemas do not forbid more. */
function toSchema(schema: z.ZodType): Json {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return rest;
}
