import type { Database } from "./database";
import type { Statement } from "./sql";

interface PlanNode {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  Plans?: PlanNode[];
}

/** How the server reads these tables in each statement that `work` runs outside transactions, as "Node Type index". */
export async function readsOf(
  db: Database,
  tables: readonly string[],
  work: (db: Database) => Promise<unknown>,
): Promise<string[]> {
  const reads: string[] = [];
  const explain = async (statement: Statement) => {
    const { rows } = await db.pool.query({
      text: `EXPLAIN (FORMAT JSON) ${statement.text}`,
      values: statement.values,
    });
    visit(rows[0]["QUERY PLAN"][0].Plan);
  };
  const visit = (node: PlanNode) => {
    const { "Node Type": type, "Relation Name": table, "Index Name": index } = node;
    const isRead = tables.some((name) => table === name || index?.startsWith(`${name}_`));
    if (isRead) reads.push(`${type} ${index ?? (type === "Bitmap Heap Scan" ? "" : table)}`.trim());
    for (const child of node.Plans ?? []) visit(child);
  };
  const explaining: Partial<Database> = {
    rows: async (statement) => {
      await explain(statement);
      return db.rows(statement);
    },
    row: async (statement) => {
      await explain(statement);
      return db.row(statement);
    },
  };
  await work(Object.assign(Object.create(db), explaining));
  return reads;
}
