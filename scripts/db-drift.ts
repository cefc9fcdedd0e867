import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import * as engineModule from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";

/**
 * The SQL that would bring the database at `databaseUrl` to what schema.prisma says; empty when
 * they agree. Runs Prisma's own schema engine as WebAssembly, since its native download is not always reachable.
 */
async function diffSchema(databaseUrl: string): Promise<string> {
  const require = createRequire(import.meta.url);
  const wasmPath = require
    .resolve("@prisma/schema-engine-wasm/schema_engine_bg")
    .replace(/_bg\.js$/, "_bg.wasm");
  const imports = { "./schema_engine_bg.js": engineModule as unknown as WebAssembly.ModuleImports };
  const { instance } = await WebAssembly.instantiate(readFileSync(wasmPath), imports);
  engineModule.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();

  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: (m: string) => console.error(m) } });

  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  const schema = { content: readFileSync("prisma/schema.prisma", "utf8"), path: "prisma/schema.prisma" };
  const engine = await engineModule.SchemaEngine.new(
    { datamodels: [[schema.path, schema.content]] },
    () => {},
    bindMigrationAwareSqlAdapterFactory(catalogAdapter(pool)),
  );
  try {
    const { stdout } = await engine.diff({
      from: { tag: "schemaDatasource", files: [schema], configDir: process.cwd() },
      to: { tag: "schemaDatamodel", files: [schema] },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    });
    const sql = (stdout ?? "").trim();
    return sql.startsWith("-- This is an empty migration") ? "" : sql;
  } finally {
    engine.free();
    await pool.end();
  }
}

const PG_CHAR = 18;
const PG_TEXT = 25;

/** An adapter that hands the engine the catalogue's `"char"` columns, which the stock one refuses. */
function catalogAdapter(pool: pg.Pool): PrismaPg {
  const charColumns = new Set<number>();
  const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<pg.QueryResult>;
  pool.query = (async (...args: unknown[]) => {
    const result = await query(...args);
    charColumns.clear();
    for (const [index, field] of (result.fields ?? []).entries()) {
      if (field.dataTypeID !== PG_CHAR) continue;
      field.dataTypeID = PG_TEXT;
      charColumns.add(index);
    }
    return result;
  }) as typeof pool.query;

  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (statement) => {
      const result = await queryRaw(statement);
      for (const index of charColumns) result.columnTypes[index] = ColumnTypeEnum.Character;
      return result;
    };
    return adapter;
  };
  return factory;
}

const usage = `db-drift: does schema.prisma agree with the migrations?
  DATABASE_URL=… npm run db:drift            compares a migrated database with schema.prisma
  DATABASE_URL=… npm run db:drift -- --sql   prints the SQL of the next migration`;
const url = process.env.DATABASE_URL;
if (!url) {
  console.error(usage);
  process.exit(2);
}
const difference = await diffSchema(url);
if (process.argv.includes("--sql")) console.log(difference);
else if (difference) {
  console.error(
    `schema.prisma and prisma/migrations disagree. A migration that reconciles them:\n\n${difference}`,
  );
  process.exit(1);
} else console.log("schema.prisma and the migrations agree.");
process.exit(0);
