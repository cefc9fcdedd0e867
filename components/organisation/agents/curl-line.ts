/** A command that uses a new key for something its scopes allow, and that changes nothing unless it has to. */
export function curlLine(origin: string, key: string, scopes: readonly string[]): string {
  const authorization = `-H "Authorization: Bearer ${key}"`;
  if (scopes.includes("drafts:read")) return `curl "${origin}/api/v1/drafts?limit=5" ${authorization}`;
  if (scopes.includes("facts:write")) {
    return `curl -X PUT "${origin}/api/v1/facts/customer/CUSTOMER_ID" ${authorization} -H "Content-Type: application/json" -d '{"facts": {"customer_months": 24}}'`;
  }
  if (scopes.includes("drafts:write")) {
    return `curl "${origin}/api/v1/drafts/preview" ${authorization} -H "Content-Type: application/json" -d @draft.json`;
  }
  if (scopes.includes("examples:read")) {
    return `curl "${origin}/api/v1/examples?action_type=refund" ${authorization}`;
  }
  return `curl "${origin}/api/v1/audit/events" ${authorization}`;
}
