import type { Business } from '../../protocol/documents.ts';

/** A café in Hungary, as a test needs one where nothing depends on what it is called. */
export function sampleBusiness(of: Pick<Business, 'id' | 'name' | 'program'>): Business {
  return {
    ...of,
    currency: 'HUF',
    scale: 0,
    timeZone: 'Europe/Budapest',
    cutOverHour: 4,
    languages: ['en', 'hu'],
    color: '#b23a1e',
    address: 'te',
    demo: false,
  };
}
