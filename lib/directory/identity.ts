import { z } from "zod";
import type { Transaction } from "@/lib/db/database";
import { sql } from "@/lib/db/sql";
import { CountersignError } from "@/lib/errors";
import { textField } from "./fields";

const isIssuer = (text: string) => text === "demo" || (/^https?:/.test(text) && URL.canParse(text));

/** Who a sign-in says somebody is: the issuer's URL (or `demo`) and the subject it vouches for, letter by letter. */
export const identitySchema = z.strictObject({
  issuer: textField(500).refine(isIssuer, "the issuer's URL, as its tokens have it: https://…"),
  subject: textField(500),
});
export type Identity = z.output<typeof identitySchema>;

/**
 * Ties an identity to a person, under the directory's lock.
 * @throws CountersignError `conflict` that names the person who has it already.
 */
export async function insertIdentity(tx: Transaction, personId: string, identity: Identity): Promise<void> {
  const { issuer, subject } = identity;
  const holder = await tx.row<{ id: string; name: string }>(sql`
    SELECT person.id, person.name FROM person_identity JOIN person ON person.id = person_identity.person_id
    WHERE issuer = ${issuer} AND subject = ${subject}`);
  if (holder) {
    const message =
      holder.id === personId
        ? `${holder.name} has this identity already.`
        : `This identity is ${holder.name}'s. One identity stands for one person.`;
    throw new CountersignError("conflict", message, { fields: [{ path: "/identity/subject", message }] });
  }
  await tx.run(sql`
    INSERT INTO person_identity (issuer, subject, person_id) VALUES (${issuer}, ${subject}, ${personId})`);
}
