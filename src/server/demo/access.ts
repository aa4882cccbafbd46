/**
 * What opens the demo. Public on purpose, shown on its start page, and never valid in a real installation: `seedDemo` runs
 * in demo mode only, into a database of its own.
 */
export const DEMO_OWNER = { name: 'Kovács Eszter', email: 'owner@demo.local', password: 'demo-demo-demo' } as const;

export const DEMO_PAIRING_CODE = 'DEMO-CODE';

export const DEMO_BUSINESS = 'demo-kave-es-kenyer';

/** The PINs are as easy as can be: the rules for real ones do not apply here. */
export const DEMO_STAFF = [
  { id: 'demo-zsofi', name: 'Zsófi', role: 'staff', pin: '1234' },
  { id: 'demo-bence', name: 'Bence', role: 'staff', pin: '2345' },
  { id: 'demo-mate', name: 'Máté', role: 'staff', pin: '3456' },
  { id: 'demo-dora', name: 'Dóra', role: 'manager', pin: '234567' },
  { id: 'demo-eszter', name: 'Eszter', role: 'owner', pin: '123456' },
] as const;
