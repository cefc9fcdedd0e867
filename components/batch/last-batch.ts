let address: string | null = null;

/** Remembers which batch was looked at last on this screen. */
export const rememberBatch = (path: string): void => {
  address = path;
};

/** The batch that was looked at last: where a draft that was opened from it leads back to; that of its like otherwise. */
export const lastBatch = (draftId: string): string =>
  address ?? `/inbox/batch?${new URLSearchParams({ of: draftId })}`;
