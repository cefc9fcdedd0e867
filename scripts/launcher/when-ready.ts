const READY_MS = 60_000;

/**
 * Resolves when `/api/ready` answers 200 on the given port.
 * @throws Error with its last answer after a minute.
 */
export async function whenReady(port: number, addresses: readonly string[]): Promise<void> {
  const [address = "*"] = addresses;
  const host = address === "*" ? "127.0.0.1" : address.includes(":") ? `[${address}]` : address;
  const url = `http://${host}:${port}/api/ready`;
  const giveUpAt = Date.now() + READY_MS;
  for (;;) {
    let answer: string;
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(5000), redirect: "manual" });
      if (response.ok) return;
      answer = `${response.status} ${(await response.text()).slice(0, 500)}`;
    } catch (error) {
      answer = (error as Error).message;
    }
    if (Date.now() > giveUpAt)
      throw new Error(`${url} did not become ready within a minute; it says: ${answer}`);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}
