import { useEffect, useState } from 'react';
import type { OfficeMember } from '../../protocol/office/officeApi.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useOffice } from '../app/context.ts';
import { DoneLine, Face, Loaded } from '../app/Faces.tsx';
import { Page, Section } from '../app/Page.tsx';
import { useLoad } from '../app/useLoad.ts';
import { EraseSheet } from './EraseSheet.tsx';
import { balancesText } from './balancesText.ts';
import styles from './Members.module.css';

/** As few letters as a search needs. */
const SHORTEST = 2;
const PAUSE_MS = 250;

/** Finds a member, shows how they stand, and forgets them where they ask for it. */
export function MembersPage() {
  const { text } = useOffice();
  const say = text.members;
  const [typed, setTyped] = useState('');
  const [query, setQuery] = useState('');
  const [said, setSaid] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setQuery(typed.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <Page title={say.title} lead={say.lead}>
      <Section>
        <TextField label={say.search} hint={say.searchHint} value={typed} onChange={setTyped} maxLength={100} />
        {said && <DoneLine>{said}</DoneLine>}
        {query.length >= SHORTEST && <Found query={query} onErased={() => setSaid(say.erased)} />}
      </Section>
    </Page>
  );
}

function Found({ query, onErased }: { readonly query: string; readonly onErased: () => void }) {
  const { text, format, language } = useOffice();
  const say = text.members;
  const found = useLoad<readonly OfficeMember[]>(`members?query=${encodeURIComponent(query)}`);
  const [erasing, setErasing] = useState<OfficeMember | null>(null);
  return (
    <Loaded load={found}>
      {(members) =>
        members.length === 0 ? (
          <Face icon="search" title={say.none} body={say.noneHelp} />
        ) : (
          <>
            <ul className={styles.list}>
              {members.map((member) => (
                <li key={member.id} className={styles.member}>
                  <span className={styles.who}>
                    <strong>{member.name ?? say.nameless}</strong>
                    <span>{[member.phone, member.email].filter(Boolean).join(' · ') || say.noContact}</span>
                    <span>{[...balancesText(member, language, text, format), lastVisit(member)].join(' · ')}</span>
                  </span>
                  <Button icon="trash" onPress={() => setErasing(member)} data-test="erase">
                    {say.erase}
                    <span className="spoken">: {member.name ?? say.nameless}</span>
                  </Button>
                </li>
              ))}
            </ul>
            {erasing && (
              <EraseSheet
                member={erasing}
                onClose={() => setErasing(null)}
                onErased={async () => {
                  setErasing(null);
                  onErased();
                  await found.reload();
                }}
              />
            )}
          </>
        )
      }
    </Loaded>
  );

  function lastVisit({ lastVisit: day }: OfficeMember): string {
    return day === null ? say.neverCame : say.lastVisit({ day: format.day(day) });
  }
}
