let address = "/history";

/** Remembers which history was looked at last on this screen. */
export const rememberHistory = (path: string): void => {
  address = path;
};

/** The history that was looked at last, with its filters: where an item that was opened from it leads back to. */
export const lastHistory = (): string => address;
