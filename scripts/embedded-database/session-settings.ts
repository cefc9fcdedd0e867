import type { Backend } from "./backend";
import type { ClientSession } from "./client-session";

/** `SET ROLE` is not in pg_settings; custom names (`app.user`) are neither, and are lost at a change of hands. */
const READ_SETTINGS = `
  select json_build_array(name, setting) from pg_settings where source = 'session'
  union all
  select json_build_array('role', current_setting('role')) where current_setting('role') <> 'none'`;

/**
 * Lets each client keep its own session settings on the one backend: when the backend changes hands,
 * what the last client had set is noted and reset, and what the next one had set is set again.
 * Costs nothing while nobody sets anything.
 */
export class SessionSettings {
  private inForce: ClientSession | null = null;

  constructor(private readonly backend: Backend) {}

  /** To be called before a batch of `client` runs outside a transaction. True when it ran any SQL. */
  async handTo(client: ClientSession): Promise<boolean> {
    const previous = this.inForce;
    if (previous === client) return false;
    if (previous) {
      if (previous.settingsTouched) await this.note(previous);
      await this.backend.query("reset session authorization; reset role; reset all");
      this.inForce = null;
    }
    if (client.settings.length === 0) return previous !== null;
    this.inForce = client;
    const calls = client.settings.map(
      ([name, value]) => `set_config(${quote(name)}, ${quote(value)}, false)`,
    );
    await this.backend.query(`select ${calls.join(", ")}`);
    return true;
  }

  /** To be called when `client` has run something that may have set a setting. */
  noteTouch(client: ClientSession): void {
    client.settingsTouched = true;
    this.inForce = client;
  }

  private async note(client: ClientSession): Promise<void> {
    client.settingsTouched = false;
    const rows = client.ended ? [] : await this.backend.query(READ_SETTINGS);
    client.settings = rows.map((row) => JSON.parse(row) as [string, string]);
  }
}

function quote(text: string): string {
  return ` E'${text.replace(/\\/g, "\\\\").replace(/'/g, "''")}'`;
}
