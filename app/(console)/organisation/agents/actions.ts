"use server";

import { action } from "@/lib/adapters/action";
import { changeAgent } from "@/lib/agents/change-agent";
import { createAgent } from "@/lib/agents/create-agent";
import { setAgentDisabled } from "@/lib/agents/set-agent-disabled";
import { issueKey } from "@/lib/keys/issue-key";
import { revokeKey } from "@/lib/keys/revoke-key";
import { rotateKey } from "@/lib/keys/rotate-key";

export const createAgentAction = action(createAgent);
export const changeAgentAction = action(changeAgent);
export const setAgentDisabledAction = action(setAgentDisabled);
export const issueKeyAction = action(issueKey);
export const rotateKeyAction = action(rotateKey);
export const revokeKeyAction = action(revokeKey);
