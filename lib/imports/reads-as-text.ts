import { open } from "node:fs/promises";
import { UnreadableFile } from "./unreadable-file";

/**
 * Looks at how a file begins.
 * @throws UnreadableFile when it is UTF-16 or compressed, as spreadsheets and archives are.
 */
export async function readsAsText(file: string): Promise<void> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    const start = buffer.subarray(0, bytesRead).toString("hex");
    if (/^(fffe|feff)/.test(start)) {
      throw new UnreadableFile("The file is UTF-16. Save it as UTF-8 (in Excel: CSV UTF-8).");
    }
    if (/^(504b0304|1f8b)/.test(start)) {
      throw new UnreadableFile("The file is compressed, or a spreadsheet. Unpack it, or save it as CSV.");
    }
  } finally {
    await handle.close();
  }
}
