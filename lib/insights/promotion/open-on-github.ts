import { callForge, ForgeError } from "./call-forge";
import type { Forge } from "./find-forge";
import type { FileChange } from "./make-patch";

/** What a pull request is made of. */
export interface Proposal {
  /** The same for each try, so that what is there already is found. */
  branch: string;
  subject: string;
  body: string;
  files: readonly FileChange[];
}

/** Opens the pull request at GitHub, or finds the one that an earlier try opened. Answers its address. */
export async function openOnGithub(
  forge: Forge,
  { branch, subject, body, files }: Proposal,
): Promise<string> {
  const repo = `/repos/${forge.repository}`;
  const [owner] = forge.repository.split("/");
  const head = encodeURIComponent(`${owner}:${branch}`);
  const find = async () =>
    (await callForge<{ html_url: string }[]>(forge, `${repo}/pulls?head=${head}&state=all`))?.[0]?.html_url;
  const known = await find();
  if (known) return known;

  const base = forge.branch ?? (await callForge<{ default_branch: string }>(forge, repo))!.default_branch;
  const there = await callForge<object>(forge, `${repo}/git/ref/heads/${branch}`, { expect: [404] });
  if (!there) {
    const sha = (await callForge<{ object: { sha: string } }>(forge, `${repo}/git/ref/heads/${base}`))!.object
      .sha;
    const changed = files.filter(({ before, after }) => before !== after);
    for (const file of changed) await requireSame(forge, repo, file, sha);
    const from = await callForge<{ tree: { sha: string } }>(forge, `${repo}/git/commits/${sha}`);
    const tree = changed.map(({ path, after }) => ({ path, mode: "100644", type: "blob", content: after }));
    const made = await callForge<{ sha: string }>(forge, `${repo}/git/trees`, {
      method: "POST",
      body: { base_tree: from!.tree.sha, tree },
    });
    const message = `${subject}\n\n${body}`;
    const commit = await callForge<{ sha: string }>(forge, `${repo}/git/commits`, {
      method: "POST",
      body: { message, tree: made!.sha, parents: [sha] },
    });
    // 422: somebody else's try made it meanwhile.
    await callForge(forge, `${repo}/git/refs`, {
      method: "POST",
      body: { ref: `refs/heads/${branch}`, sha: commit!.sha },
      expect: [422],
    });
  }
  const opened = await callForge<{ html_url: string }>(forge, `${repo}/pulls`, {
    method: "POST",
    body: { title: subject, body, head: branch, base },
    expect: [422],
  });
  const url = opened?.html_url ?? (await find());
  if (!url) throw new ForgeError("GitHub refused the pull request, and there is none for its branch.", false);
  return url;
}

async function requireSame(
  forge: Forge,
  repo: string,
  { path, before }: FileChange,
  ref: string,
): Promise<void> {
  const file = await callForge<{ content: string }>(forge, `${repo}/contents/${path}?ref=${ref}`, {
    expect: [404],
  });
  const text = file ? Buffer.from(file.content, "base64").toString("utf8") : null;
  if (text !== before) throw changedThere(path);
}

/** Says that the file at the forge is not the one that was promoted from: it is no passing failure. */
export const changedThere = (path: string): ForgeError =>
  new ForgeError(
    `${path} in the repository is not what is in force here. Bring the two together, or apply the patch by hand.`,
    false,
  );
