import type { Database } from "./db/database";
import type { LoadedPolicies } from "./policy-files/load-policies";

export const ROLES = ["approver", "manager", "admin", "auditor"] as const;
export type Role = (typeof ROLES)[number];

/** A signed-in person, with the roles they have now. */
export interface PersonActor {
  kind: "person";
  personId: string;
  name: string;
  roles: Role[];
  identity: { issuer: string; subject: string };
  /** How and when they signed in. */
  authentication: { method: "demo" | "oidc"; at: string; sessionId: string };
  channel: "web";
  ip: string | null;
}

/** The holder of an API key: an agent, or (agentId null) a trusted integration. */
export interface KeyActor {
  kind: "key";
  keyId: string;
  agentId: string | null;
  name: string;
  ownerId: string;
  scopes: string[];
  channel: "api";
  ip: string | null;
}

/** Countersign itself: a worker's timer, or someone at the command line of the machine. */
export interface SystemActor {
  kind: "system";
  name: "worker" | "cli";
}

export type Actor = PersonActor | KeyActor | SystemActor;

/** What every verb gets: who asks, where the data is, which policies are in force, what time it is. */
export interface Context<Who extends Actor = Actor> {
  actor: Who;
  db: Database;
  policies: LoadedPolicies;
  now: () => Date;
}
