/** Whether shortcuts go by the command key here. */
export const isAppleBrowser = (): boolean =>
  typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);
