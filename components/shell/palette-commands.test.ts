import { describe, expect, it } from "vitest";
import { matchingCommands, paletteCommands } from "./palette-commands";

const went: string[] = [];
const go = {
  toQueue: (queue: string) => went.push(queue),
  toDraft: () => {},
  toPage: (href: string) => went.push(href),
} as Parameters<typeof paletteCommands>[0]["go"];

const around = (of: Partial<Parameters<typeof paletteCommands>[0]> = {}) =>
  paletteCommands({
    rights: { inbox: true, insights: true, organisation: true, requests: true },
    go,
    bound: [],
    views: [],
    theme: "light",
    setTheme: () => {},
    singleKeys: true,
    showKeys: () => {},
    ...of,
  });
const labels = (typed: string, of = {}) =>
  matchingCommands(around(of), typed).flatMap(({ commands }) => commands.map(({ label }) => label));

describe("the command palette", () => {
  it("offers first what can be done here, by the name the page gives it", () => {
    const bound = [{ key: "a", label: "Approve", run: () => went.push("approved") }];
    expect(around({ bound })[0]).toMatchObject({
      heading: "Here",
      commands: [{ label: "Approve", keys: "a" }],
    });
  });

  it("finds a command by the beginnings of its words, in any order, whatever their case", () => {
    expect(labels("quEUE nam")).toEqual(["Named approver queue"]);
    expect(labels("dark")).toEqual(["Theme: as the system", "Theme: dark"]);
    expect(labels("atch")).toEqual([]);
    expect(labels("")).toHaveLength(labels(" ").length);
  });

  it("finds saved views by their name, and leads to them", () => {
    const views = [{ id: "viw_1", name: "Urgent & mine", path: "/inbox?due=2" }];
    const [found] = matchingCommands(around({ views }), "urgent mine");
    found!.commands[0]!.run();
    expect(went.at(-1)).toBe("/inbox?due=2");
  });

  it("offers nobody a page that they may not see", () => {
    expect(
      around({ rights: { inbox: false, insights: false, organisation: false, requests: false } }).map(
        ({ heading }) => heading,
      ),
    ).toEqual(["This browser"]);
    expect(
      labels("people", { rights: { inbox: true, insights: false, organisation: false, requests: false } }),
    ).toEqual([]);
  });

  it("has no two commands of one id", () => {
    const ids = around().flatMap(({ commands }) => commands.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });
});
