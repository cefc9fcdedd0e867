import { callForge, ForgeError } from "./call-forge";
import type { Forge } from "./find-forge";
import { changedThere, type Proposal } from "./open-on-github";

/** Opens the merge request at GitLab, or finds the one that an earlier try opened. Answers its address. */
export async function openOnGitlab(
  forge: Forge,
  { branch, subject, body, files }: Proposal,
): Promise<string> {
  const project = `/projects/${encodeURIComponent(forge.repository)}`;
  const source = encodeURIComponent(branch);
  const find = async () =>
    (
      await callForge<{ web_url: string }[]>(
        forge,
        `${project}/merge_requests?source_branch=${source}&state=all`,
      )
    )?.[0]?.web_url;
  const known = await find();
  if (known) return known;

  const target =
    forge.branch ?? (await callForge<{ default_branch: string }>(forge, project))!.default_branch;
  const there = await callForge<object>(forge, `${project}/repository/branches/${source}`, { expect: [404] });
  if (!there) {
    const changed = files.filter(({ before, after }) => before !== after);
    for (const { path, before } of changed) {
      const at = `${project}/repository/files/${encodeURIComponent(path)}?ref=${encodeURIComponent(target)}`;
      const file = await callForge<{ content: string }>(forge, at, { expect: [404] });
      const text = file ? Buffer.from(file.content, "base64").toString("utf8") : null;
      if (text !== before) throw changedThere(path);
    }
    // 400: somebody else's try made the branch meanwhile.
    await callForge(forge, `${project}/repository/commits`, {
      method: "POST",
      body: {
        branch,
        start_branch: target,
        commit_message: `${subject}\n\n${body}`,
        actions: changed.map(({ path, before, after }) => ({
          action: before === null ? "create" : "update",
          file_path: path,
          content: after,
        })),
      },
      expect: [400],
    });
  }
  const opened = await callForge<{ web_url: string }>(forge, `${project}/merge_requests`, {
    method: "POST",
    body: { source_branch: branch, target_branch: target, title: subject, description: body },
    expect: [409],
  });
  const url = opened?.web_url ?? (await find());
  if (!url)
    throw new ForgeError("GitLab refused the merge request, and there is none for its branch.", false);
  return url;
}
