/** A file of which nothing can be read: said once, not of every line. */
export class UnreadableFile extends Error {}
