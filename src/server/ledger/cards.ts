import type { CredentialKind } from '../../loyalty/basics.ts';
import type { Effect } from '../../loyalty/effects.ts';
import type { Credential } from '../../protocol/documents.ts';
import { type Batch, type BatchMember, changeDocument, ensureMember, findMember } from './batch/batch.ts';
import { serverHash } from './serverHash.ts';

/** Ways to identify by a card, whose id is the credential's id; the others are a phone number or nothing at all. */
export function isCard(kind: CredentialKind): boolean {
  return kind === 'rotating' || kind === 'static' || kind === 'printed' || kind === 'typed';
}

/** The card id in `card:<card id>`, which a till writes for a genuine card that it has never seen; else `null`. */
export function cardOf(member: string | null): string | null {
  return member?.startsWith('card:') ? member.slice('card:'.length) : null;
}

/** The member that a card belongs to; a card that nobody knows gets a member of its own. */
export function memberOfCard(batch: Batch, card: string, kind: CredentialKind): BatchMember {
  const known = batch.credentials.get(card);
  if (known) return ensureMember(batch, known.member);
  const made = ensureMember(batch, batch.holderOf(card));
  batch.unknownCards.add(card);
  putCredential(batch, { id: card, member: made.member, kind: kind === 'printed' ? kind : 'static', revoked: false });
  return made;
}

/**
 * Who a card belongs to until it says otherwise: the same at every server. One that goes on from an old file and books the same
 * events again books them under the same name, and tills that saw it before need not know.
 */
export function firstHolder(business: string, card: string): string {
  const hex = serverHash(`regulars-card-member-1\n${business}\n${card}`);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/**
 * The member that an event of a till concerns. A member who was enrolled, at a till that was offline, with a card that
 * another till has used meanwhile, is the same person: the enrolled id becomes an alias of the one the card has.
 */
export function memberOfEvent(
  batch: Batch,
  id: string,
  card: { readonly kind: CredentialKind; readonly id: string } | null,
): { readonly member: BatchMember; readonly alias: string | null } {
  const unseen = cardOf(id);
  if (unseen) return { member: memberOfCard(batch, unseen, card?.kind ?? 'static'), alias: null };
  const found = findMember(batch, id);
  // A profile patch travels ahead of the events, so a member may be there with nothing booked yet.
  if (found && found.gseq > 0) return { member: found, alias: null };
  const holder = card && isCard(card.kind) ? batch.credentials.get(card.id) : undefined;
  if (holder && holder.member !== id) return { member: ensureMember(batch, holder.member), alias: id };
  return { member: ensureMember(batch, id), alias: null };
}

/** Keeps the documents of cards in step with what was booked about them. */
export function bookCredentials(
  batch: Batch,
  member: string,
  effects: readonly Effect[],
  partedFrom: string | null,
): void {
  for (const effect of effects) {
    const parted = effect.kind === 'forgetCredential' ? batch.credentials.get(effect.credential) : undefined;
    // Two members part again: the card goes back to the one that brought it.
    if (parted && partedFrom !== null) putCredential(batch, { ...parted, member: partedFrom });
    if (effect.kind !== 'credential' || !isCard(effect.credentialKind)) continue;
    const { credential: id, revoked } = effect;
    const kind = effect.credentialKind === 'printed' ? 'printed' : 'static';
    const known = batch.credentials.get(id);
    if (known?.member === member && known.kind === kind && known.revoked === revoked) continue;
    putCredential(batch, { id, member, kind, revoked });
  }
}

function putCredential(batch: Batch, credential: Credential): void {
  batch.credentials.set(credential.id, credential);
  changeDocument(batch, { kind: 'credential', id: credential.id, data: credential });
}
