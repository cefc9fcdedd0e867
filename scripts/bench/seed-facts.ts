import type { Database } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";

/**
 * The facts of customers and orders `from` up to and including `to`, as trusted systems would have pushed them:
 * one in a hundred customers has an open chargeback, and every order is pending.
 */
export async function seedFacts(db: Database, apiKeyId: string, from: number, to: number): Promise<void> {
  await db.run(sql`
    INSERT INTO fact (subject_type, subject_id, name, value, api_key_id, source, observed_at)
    SELECT about.type, about.id, about.name, about.value, ${apiKeyId}, 'bench', now()
    FROM generate_series(${from}::int, ${to}::int) AS n
    CROSS JOIN LATERAL (VALUES
      ('customer', 'bench_customer_' || n, 'customer_months', to_jsonb(n % 40)),
      ('customer', 'bench_customer_' || n, 'orders_count', to_jsonb(n % 9)),
      ('customer', 'bench_customer_' || n, 'chargeback_open', to_jsonb(n % 100 = 0)),
      ('customer', 'bench_customer_' || n, 'account_flagged_fraud', to_jsonb(false)),
      ('order', '#W' || lpad((n % 10000000)::text, 7, '0'), 'status', '"pending"'),
      ('order', '#W' || lpad((n % 10000000)::text, 7, '0'), 'total', to_jsonb((n::bigint * 7919 % 60000) / 100.0 + 10))
    ) AS about(type, id, name, value)`);
  await db.run(sql`ANALYZE fact`);
}
