"use server";

import { action } from "@/lib/adapters/action";
import { createFeed } from "@/lib/directory/feeds/create-feed";
import { revokeFeed } from "@/lib/directory/feeds/revoke-feed";
import { addOverride } from "@/lib/directory/schedules/add-override";
import { archiveSchedule } from "@/lib/directory/schedules/archive-schedule";
import { cancelOverride } from "@/lib/directory/schedules/cancel-override";
import { getSchedule } from "@/lib/directory/schedules/get-schedule";
import { previewSchedule } from "@/lib/directory/schedules/preview-schedule";
import { publishSchedule } from "@/lib/directory/schedules/publish-schedule";
import { restoreVersion } from "@/lib/directory/schedules/restore-version";

export const publish = action(publishSchedule);
export const preview = action(previewSchedule);
export const readPublished = action(getSchedule);
export const restore = action(restoreVersion);
export const archive = action(archiveSchedule);
export const override = action(addOverride);
export const endOverride = action(cancelOverride);
export const makeFeed = action(createFeed);
export const endFeed = action(revokeFeed);
