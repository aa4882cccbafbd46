/** Tables of the customers' cards: keys, phones, and how a lost phone comes back. Nothing personal is in them. */
export interface CardTables {
  card_secrets: CardSecretRow;
  card_signing_keys: CardSigningKeyRow;
  phone_cards: PhoneCardRow;
  card_sessions: CardSessionRow;
  card_joins: CardJoinRow;
  card_recovery: CardRecoveryRow;
}

interface CardSecretRow {
  business: string;
  /** 32 random bytes in base64: the day keys of rotating codes are derived from it. */
  rotation: string;
}

export interface CardSigningKeyRow {
  business: string;
  /** 0 to 255; the highest one signs, all verify. */
  kid: number;
  /** P-256 in base64url. */
  x: string;
  y: string;
  d: string;
  created_at: number;
}

/** A card that lives on somebody's phone; one that is not here may be claimed. */
export interface PhoneCardRow {
  business: string;
  card: string;
  member: string;
  /** The static token, kept because signing again would give another one. */
  token: string;
  created_at: number;
}

/** A phone that carries a card, one row per shop. The cookie's secret itself is stored nowhere. */
export interface CardSessionRow {
  /** SHA-256 of the cookie's secret. */
  hash: string;
  business: string;
  card: string;
  /** SHA-256 of the key by which the installed card comes back. */
  comeback_hash: string;
  created_at: number;
  seen_at: number;
  /** Of several shops' cards on one phone, the one that was opened last is shown. */
  front_at: number;
}

/** One press of the join button, so that it counts once. */
interface CardJoinRow {
  join_id: string;
  business: string;
  card: string;
  created_at: number;
}

interface CardRecoveryRow {
  business: string;
  card: string;
  /** SHA-256 of the code's symbols. */
  hash: string;
  created_at: number;
}
