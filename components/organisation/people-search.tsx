"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { ActionResult } from "@/lib/adapters/action";
import type { Role } from "@/lib/context";
import type { PersonChoice } from "@/lib/directory/find-people";

type Search = (input: { query: string; role?: Role }) => Promise<ActionResult<PersonChoice[]>>;

const SearchContext = createContext<Search | null>(null);

/** Hands the server action that finds people down to the pickers. */
export function PeopleSearchProvider({ search, children }: { search: Search; children: ReactNode }) {
  return <SearchContext.Provider value={search}>{children}</SearchContext.Provider>;
}

export function usePeopleSearch(): Search {
  const search = useContext(SearchContext);
  if (!search) throw new Error("A person picker needs a PeopleSearchProvider around it.");
  return search;
}
