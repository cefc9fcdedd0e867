import { createServer, type Server } from "node:http";
import { createServer as createSocketServer } from "node:net";
import { PlainError } from "./step.mjs";

/**
 * Takes a port before the slow work begins, and answers 503 on it until `release`. An address the machine lacks
 * (IPv6 loopback, mostly) is left out of the resulting `addresses`.
 * @throws PlainError saying what to do when the port is taken or may not be used.
 */
export async function claimPort(
  port: number,
  wanted: readonly string[],
): Promise<{ addresses: string[]; release: () => Promise<void> }> {
  const servers = new Map<string, Server>();
  const release = async () => {
    for (const server of servers.values()) server.closeAllConnections();
    await Promise.all([...servers.values()].map((server) => new Promise((done) => server.close(done))));
  };
  for (const address of wanted) {
    try {
      servers.set(address, await listen(port, address));
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      const isMissing = code === "EADDRNOTAVAIL" || code === "EAFNOSUPPORT";
      if (isMissing && address !== wanted[0]) continue;
      await release();
      if (code === "EADDRINUSE") {
        throw new PlainError(
          `Port ${port} is taken by another program. Stop that one, or choose another port: PORT=${port + 1} npm start`,
        );
      }
      throw new PlainError(`Cannot listen on port ${port} of ${address}: ${message}`);
    }
  }
  return { addresses: [...servers.keys()], release };
}

function listen(port: number, host: string): Promise<Server> {
  const server = createServer((_request, response) => {
    response.writeHead(503, { "content-type": "text/plain", "retry-after": "2", connection: "close" });
    response.end("Countersign is starting.\n");
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host: host === "*" ? undefined : host }, () => resolve(server));
  });
}

/** A port of loopback that nothing uses at this moment. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createSocketServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
