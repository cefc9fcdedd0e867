import { z } from "zod";
import { clockSchema, timeZoneSchema } from "@/lib/routing/wall-clock-schema";

/** From one time of day until another, on the wall clock of a zone; over midnight when it ends before it begins. */
export const quietHoursSchema = z
  .strictObject({ from: clockSchema, until: clockSchema, zone: timeZoneSchema })
  .refine(({ from, until }) => from !== until, { path: ["until"], message: "another time than the first" });

export type QuietHours = z.infer<typeof quietHoursSchema>;
