/** Tables of the back office: who may sign in, and how far the first set-up is. */
export interface OfficeTables {
  office_accounts: AccountRow;
  office_sessions: SessionRow;
  office_setups: { business: string; finished_at: number | null };
  setup_links: { hash: string; expires_at: number };
  sign_in_tries: SignInTriesRow;
  settled_patterns: SettledPatternRow;
}

export interface AccountRow {
  business: string;
  account: string;
  name: string;
  /** Lower case; unique over all businesses of the server, since it says who signs in. */
  email: string;
  /** See `password.ts`. */
  password: string;
  created_at: number;
}

interface SessionRow {
  /** SHA-256 of the cookie's token: who reads the database cannot sign in with it. */
  hash: string;
  business: string;
  account: string;
  created_at: number;
  seen_at: number;
  /** What the browser calls itself, shortened; for the list of sessions. */
  browser: string;
}

/** A pattern worth a look that somebody has found fine. */
interface SettledPatternRow {
  business: string;
  /** The pattern's name; see `findPatterns`. */
  id: string;
  account: string;
  at: number;
}

/** Failed sign-ins of one account or one address within a window. */
interface SignInTriesRow {
  key: string;
  failures: number;
  since: number;
  blocked_until: number;
}
