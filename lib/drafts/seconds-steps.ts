/** Where the spread of seconds on the screen is divided. */
export const SECONDS_STEPS = [5, 10, 20, 40, 90, 180];
