/** Methods that Next breaks on: it cannot make a Request of them. */
const UNSUPPORTED = new Set(["TRACE", "TRACK", "CONNECT"]);

/**
 * Answers what Next would answer with a 500: a path whose percent escapes are no UTF-8 text or hold NUL, and a method
 * that no Request can have. Answers whether it did; everything else is left alone.
 */
export function refuseMalformed(request, response) {
  if (UNSUPPORTED.has(request.method))
    return refuse(response, 405, "method_not_allowed", "Method not allowed");
  return isText(request.url.split("?", 1)[0])
    ? false
    : refuse(response, 422, "invalid_request", "The request is not valid");
}

function isText(path) {
  try {
    return !decodeURIComponent(path).includes("\0");
  } catch {
    return false;
  }
}

function refuse(response, status, code, title) {
  const detail = status === 405 ? "This method is not served." : "The path has a malformed percent escape.";
  const headers = { "content-type": "application/problem+json", "cache-control": "no-store" };
  response.writeHead(
    status,
    status === 405 ? { ...headers, allow: "GET, HEAD, OPTIONS, POST, PUT" } : headers,
  );
  response.end(JSON.stringify({ type: `urn:countersign:problem:${code}`, title, status, code, detail }));
  return true;
}
