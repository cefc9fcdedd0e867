/** What the lists are called and what they are about, for the page and for the frame that stands there before it. */
export const PEOPLE = {
  title: "People",
  description: "Who can sign in, what each may do, and who is away or on call now.",
};
export const GROUPS = {
  title: "Groups",
  description: "People whom approver rules ask together, whatever department they are in.",
};
export const DEPARTMENTS = {
  title: "Departments",
  description: "Where people belong. A rule may ask the head of the department that a draft is about.",
};
export const AGENTS = {
  title: "Agents and keys",
  description: "Who drafts, with which keys, and the trusted systems that push facts or read the trail.",
};
