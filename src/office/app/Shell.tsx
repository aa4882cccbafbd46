import { useEffect, useRef } from 'react';
import { Link, Redirect, Route, Router, Switch, useLocation } from 'wouter';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { Icon } from '../../ui/Icon.tsx';
import type { IconName } from '../../ui/iconPaths.ts';
import { DataPage } from '../data/DataPage.tsx';
import { MembersPage } from '../members/MembersPage.tsx';
import { PosterPage } from '../poster/PosterPage.tsx';
import { ProgramPage } from '../program/ProgramPage.tsx';
import { SettingsPage } from '../settings/SettingsPage.tsx';
import { StaffPage } from '../staff/StaffPage.tsx';
import { TillsPage } from '../tills/TillsPage.tsx';
import { TodayPage } from '../today/TodayPage.tsx';
import { ask } from './api.ts';
import { useOffice } from './context.ts';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import styles from './Shell.module.css';

const PAGES: readonly { readonly path: string; readonly name: PageName; readonly icon: IconName }[] = [
  { path: '/', name: 'today', icon: 'chart' },
  { path: '/program', name: 'program', icon: 'stamp' },
  { path: '/members', name: 'members', icon: 'user' },
  { path: '/staff', name: 'staff', icon: 'users' },
  { path: '/tills', name: 'tills', icon: 'tablet' },
  { path: '/poster', name: 'poster', icon: 'printer' },
  { path: '/data', name: 'data', icon: 'download' },
  { path: '/settings', name: 'settings', icon: 'gear' },
];

type PageName = 'today' | 'program' | 'members' | 'staff' | 'tills' | 'poster' | 'data' | 'settings';

/** The office once it is set up: places on the left (on top where it is narrow), one page beside them. */
export function Shell() {
  return (
    <Router base="/office">
      <div className={styles.shell}>
        <Side />
        <main className={styles.main} id="main">
          <Switch>
            <Route path="/" component={TodayPage} />
            <Route path="/program" component={ProgramPage} />
            <Route path="/members" component={MembersPage} />
            <Route path="/staff" component={StaffPage} />
            <Route path="/tills" component={TillsPage} />
            <Route path="/poster" component={PosterPage} />
            <Route path="/data" component={DataPage} />
            <Route path="/settings" component={SettingsPage} />
            <Route>
              <Redirect to="/" />
            </Route>
          </Switch>
        </main>
      </div>
    </Router>
  );
}

function Side() {
  const { text, state, refresh } = useOffice();
  const [here] = useLocation();
  const places = useRef<HTMLElement>(null);
  // Where the places scroll sideways, the one that is open stays in sight.
  useEffect(() => {
    const open = PAGES.findIndex(({ path }) => path === here);
    places.current?.children[open]?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [here]);
  const signOut = async () => {
    await ask('POST', 'sign-out', {});
    await refresh();
  };
  return (
    <header className={styles.side}>
      <div className={styles.shop}>
        <span className={styles.logo} aria-hidden="true">
          {state.business?.name.slice(0, 1)}
        </span>
        <span className={styles.shopName}>{state.business?.name}</span>
        {state.business?.demo && (
          <Chip tone="gold" size="s">
            {text.common.demo}
          </Chip>
        )}
      </div>
      <nav ref={places} className={styles.nav} aria-label={text.nav.label}>
        {PAGES.map(({ path, name, icon }) => (
          <Link key={path} href={path} className={styles.link} {...(here === path ? { 'aria-current': 'page' } : {})}>
            <Icon name={icon} size={22} />
            {text.nav[name]}
          </Link>
        ))}
      </nav>
      <div className={styles.me}>
        <LanguageSwitch />
        <div className={styles.account}>
          <span className={styles.meName}>{state.me?.name}</span>
          <Button kind="plain" icon="signOut" className={styles.signOut} onPress={() => void signOut()}>
            {text.common.signOut}
          </Button>
        </div>
      </div>
    </header>
  );
}
