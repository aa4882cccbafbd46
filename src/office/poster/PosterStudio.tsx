import { useState } from 'react';
import type { OfficeBusiness, OfficeProgram } from '../../protocol/office/officeApi.ts';
import { useOffice } from '../app/context.ts';
import { Loaded } from '../app/Faces.tsx';
import { useLoad } from '../app/useLoad.ts';
import { Choice } from '../fields/Choice.tsx';
import { Poster } from './Poster.tsx';
import styles from './Poster.module.css';

/** The poster as it will be printed, with its language to choose. */
export function PosterStudio() {
  const { text } = useOffice();
  const business = useLoad<OfficeBusiness>('business');
  const program = useLoad<OfficeProgram>('program');
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <Loaded load={business}>
      {({ settings, joinUrl }) => {
        if (!settings) return null;
        const language = chosen ?? settings.languages[0] ?? 'en';
        return (
          <div className={styles.studio}>
            {isLocal(joinUrl) && <p className={styles.warn}>{text.poster.notOnline}</p>}
            {settings.languages.length > 1 && (
              <div className={styles.choice}>
                <Choice
                  label={text.poster.language}
                  look="chips"
                  value={language}
                  onChange={setChosen}
                  options={settings.languages.map((one) => ({
                    value: one as string,
                    label: text.settings.languageNames[one] ?? one,
                  }))}
                />
              </div>
            )}
            <Loaded load={program}>
              {({ current }) => (
                <Poster
                  name={settings.name}
                  language={language}
                  fallback={settings.languages[0] ?? 'en'}
                  joinUrl={joinUrl}
                  program={current?.program ?? null}
                />
              )}
            </Loaded>
          </div>
        );
      }}
    </Loaded>
  );
}

function isLocal(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '127.0.0.1';
}
