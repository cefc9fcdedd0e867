"use server";

import { action } from "@/lib/adapters/action";
import { listHistory } from "@/lib/drafts/list-history";
import { deleteView } from "@/lib/views/delete-view";
import { saveView } from "@/lib/views/save-view";

/** One more page of the history. */
export const loadHistory = action(listHistory);

/** Keeps a list with its filters for the signed-in person. */
export const saveViewAction = action(saveView);

/** Deletes a view of the signed-in person. */
export const deleteViewAction = action(deleteView);
