interface TrustedTypes {
  readonly createPolicy: (name: string, rules: { readonly createHTML: (text: string) => string | null }) => unknown;
}

/**
 * The policy of this page forbids to make markup of text. The components' announcer for screen readers empties itself by an
 * empty text: that much, and nothing else, is allowed. Browsers without trusted types need no permission.
 */
export function trustNothing(): void {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  trustedTypes?.createPolicy('default', { createHTML: (text) => (text === '' ? text : null) });
}
