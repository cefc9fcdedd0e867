// The web server as the launcher runs it: the production build, with an answer to its parent when it listens.
import { createServer } from "node:http";
import next from "next";
import { refuseMalformed } from "./refuse-malformed.mjs";

const port = Number(process.env.PORT);
const addresses = process.env.LISTEN_ADDRESSES.split(",");
const app = next({ dev: false, dir: process.cwd(), hostname: "localhost", port });
const handle = app.getRequestHandler();
await app.prepare();

const servers = await Promise.all(addresses.map(listen));
process.send?.({ ready: true });

function listen(host) {
  const server = createServer((request, response) => {
    if (refuseMalformed(request, response)) return;
    handle(request, response).catch((error) => {
      console.error(error);
      if (!response.headersSent) response.statusCode = 500;
      response.end();
    });
  });
  // Longer than the idle time-out of the usual proxies, so that it is never us who closes under a request.
  server.keepAliveTimeout = 65_000;
  server.headersTimeout = 66_000;
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host: host === "*" ? undefined : host }, () => resolve(server));
  });
}

let stopping = false;
process.on("SIGTERM", () => {
  if (stopping) return;
  stopping = true;
  // Requests in flight get three seconds; live screens and long polls end then and reconnect.
  setTimeout(() => process.exit(0), 3000).unref();
  Promise.all(
    servers.map((server) => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      return closed;
    }),
  ).then(() => process.exit(0));
});
