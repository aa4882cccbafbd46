import { Icon } from '../../ui/Icon.tsx';
import { useOffice } from '../app/context.ts';
import { Page, Section } from '../app/Page.tsx';
import { BalanceSection } from './BalanceSection.tsx';
import styles from './Data.module.css';

/** The ledger to take home. The links are plain downloads: the session's cookie goes along. */
export function DataPage() {
  const { text } = useOffice();
  const say = text.data;
  const files = [
    { href: '/office/api/export.ndjson', title: say.ndjson, about: say.ndjsonText },
    { href: '/office/api/export.csv', title: say.csv, about: say.csvText },
    { href: '/verify-ledger.mjs', title: say.verify, about: say.verifyText },
  ];
  return (
    <Page title={say.title} lead={say.lead}>
      <div className={styles.files}>
        {files.map((file) => (
          <Section key={file.href} title={file.title}>
            <p className={styles.about}>{file.about}</p>
            <a className={styles.link} href={file.href} download>
              <Icon name="download" size={22} />
              {say.download}
              <span className="spoken">: {file.title}</span>
            </a>
          </Section>
        ))}
      </div>
      <BalanceSection />
    </Page>
  );
}
