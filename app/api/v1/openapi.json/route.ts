import { otherMethods } from "@/lib/adapters/other-methods";
import { buildDocument } from "@/lib/openapi/build-document";

let text: string | undefined;

/** The OpenAPI document of this API, for anyone. */
export const GET = () => {
  text ??= JSON.stringify(buildDocument());
  return new Response(text, {
    headers: { "content-type": "application/json", "cache-control": "public, max-age=3600" },
  });
};

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
