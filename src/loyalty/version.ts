/** Version of the rules' working, told in every event. Raised when the same input would give other effects. */
export const ENGINE_VERSION = 1;

/** Version of the folded state; a till with another one begins with fresh states. */
export const FOLD_VERSION = 1;
