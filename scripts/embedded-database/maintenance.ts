import type { Gateway } from "./gateway";

/** WAL after which a checkpoint is due: bounds the disk it takes and the time a recovery takes. */
const CHECKPOINT_WAL_BYTES = 64 * 1024 * 1024;

const WAL_SINCE_CHECKPOINT =
  "select pg_wal_lsn_diff(pg_current_wal_lsn(), redo_lsn)::bigint from pg_control_checkpoint()";

/** The thresholds of PostgreSQL's own autovacuum, with their default values. */
const TABLES_DUE = `
  select format('%s %I.%I', command, schemaname, relname)
  from (select *, case
      when n_dead_tup > 50 + 0.2 * n_live_tup or n_ins_since_vacuum > 1000 + 0.2 * n_live_tup
        then 'vacuum (analyze)'
      when n_mod_since_analyze > 50 + 0.1 * n_live_tup then 'analyze' end as command
    from pg_stat_all_tables where schemaname <> 'pg_toast') as due
  where command is not null order by n_dead_tup limit 20`;

/**
 * Does what PostgreSQL's checkpointer and autovacuum would do: PGlite has neither, so its WAL would
 * grow until the next clean stop, and its tables for ever. Each command takes a turn of its own.
 * Returns what stops it.
 */
export function startMaintenance(gateway: Gateway, everyMs: number): () => void {
  let stopped = false;
  let timer = setTimeout(tick, everyMs);

  async function tick(): Promise<void> {
    try {
      const [walBytes] = await run(WAL_SINCE_CHECKPOINT);
      if (Number(walBytes) > CHECKPOINT_WAL_BYTES) await run("checkpoint");
      for (const command of await run(TABLES_DUE)) await run(command);
    } catch (error) {
      process.stderr.write(`database maintenance: ${(error as Error).message}\n`);
    }
    if (!stopped) timer = setTimeout(tick, everyMs);
  }
  const run = (sql: string) => gateway.runAlone((backend) => backend.query(sql));

  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
