/** Digits of the owner's one-time code: longer than any PIN, so that one field takes both, and short enough to be read out. */
export const OWNER_CODE_DIGITS = 8;
