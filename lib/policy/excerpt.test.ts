import { describe, expect, it } from "vitest";
import { findExcerpt } from "./excerpt";

const prose = `# Refunds

Intro about low prices.

## Low risk: small \`goodwill\`

Pay at once.

### Details

Still low.

\`\`\`
## High: not a heading
\`\`\`

## Medium
Ask.

## Following the high road ##
Lead.
`;

describe("the excerpt of policy.md", () => {
  it("is the section whose heading names the tier, with its subsections", () => {
    const text = "Pay at once.\n\n### Details\n\nStill low.\n\n```\n## High: not a heading\n```";
    expect(findExcerpt(prose, { cites: null, tier: "low" })).toEqual({
      heading: "Low risk: small `goodwill`",
      text,
      line: 5,
    });
    expect(findExcerpt(prose, { cites: null, tier: "medium" })).toEqual({
      heading: "Medium",
      text: "Ask.",
      line: 17,
    });
  });

  it("is the cited section where the rule cites one, whatever case and markup", () => {
    expect(findExcerpt(prose, { cites: "low risk: Small goodwill", tier: "high" })?.line).toBe(5);
    expect(findExcerpt(prose, { cites: "Following the high road", tier: "low" })?.text).toBe("Lead.");
  });

  it("takes whole words only, skips code, and is null where there is nothing", () => {
    expect(findExcerpt(prose, { cites: null, tier: "high" })?.line).toBe(20);
    expect(findExcerpt(prose, { cites: "Low", tier: "low" })).toBeNull();
    expect(findExcerpt(prose, { cites: null, tier: "prohibited" })).toBeNull();
    expect(findExcerpt("", { cites: null, tier: "low" })).toBeNull();
  });

  it("reads Windows line ends", () => {
    expect(findExcerpt("# Low\r\none\r\n# High\r\n", { cites: null, tier: "low" })?.text).toBe("one");
  });
});
