import type { IncomingMessage, ServerResponse } from "node:http";

export function refuseMalformed(request: IncomingMessage, response: ServerResponse): boolean;
