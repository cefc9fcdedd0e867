/** Every key there is, by where it works: for people to look up. */
export const keyGroups = (command: string): { where: string; keys: [keys: string, what: string][] }[] => [
  {
    where: "Everywhere",
    keys: [
      [`${command}K`, "Search, or go anywhere"],
      ["g i", "Go to the batch queue"],
      ["g n", "Go to the drafts for named approvers"],
      ["g a", "Go to what ran by itself, to look at afterwards"],
      ["g b", "Go to batches of ten"],
      ["g h", "Go to the history"],
      ["g m", "Go to your figures and notifications"],
      ["g d", "Ask for a draft"],
      ["g s", "Go to insights"],
      ["?", "Show these keys"],
      ["Esc", "Close, or go back"],
    ],
  },
  {
    where: "Lists and the history",
    keys: [
      ["j / k", "Next, previous"],
      ["Enter or o", "Open"],
      ["/", "Search"],
      ["f", "Filter"],
      ["b", "Ten at a time, beginning with this one"],
    ],
  },
  {
    where: "A draft",
    keys: [
      ["a", "Approve, or uphold what ran"],
      ["e", "Edit, then approve"],
      ["r", "Reject, with a reason"],
      ["c", "Ask for changes"],
      ["u", "Undo your last decision, while there is time"],
      ["j / k", "Next, previous"],
      ["Esc", "Back to where it was opened from"],
    ],
  },
  {
    where: "A batch of ten",
    keys: [
      ["j / k", "Next, previous"],
      ["x", "Select, or not"],
      ["Shift x", "Select to here"],
      ["*", "Select all, or none"],
      ["Enter or o", "Look at one"],
      ["a", "Approve the selected"],
      ["r", "Reject the selected"],
      ["c", "Ask for changes of the selected"],
      ["u", "Undo the last batch"],
    ],
  },
];
