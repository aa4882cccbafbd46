/** Tables of bounded risk. */
export interface RiskTables {
  reservations: ReservationRow;
}

/** A reward that is kept for a voucher on a member's phone. It lapses by itself: nothing is done at its end. */
export interface ReservationRow {
  business: string;
  /** Lower-case hex of 16 random bytes. */
  id: string;
  member: string;
  card: string;
  reward: string;
  /** The member's voucher that it will use up; null: the reward's cost. */
  voucher: string | null;
  /** The firing that makes that voucher, where a date has made it due. */
  due: string | null;
  made_at: number;
  ends_at: number;
  /** The redemption that used it. */
  used_by: string | null;
}
