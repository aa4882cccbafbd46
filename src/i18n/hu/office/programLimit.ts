import type { ProgramLimitMessages } from '../../en/office/programLimit.ts';

export const programLimit: ProgramLimitMessages = {
  limited: 'Csak korlátozott számban',
  limitedHint:
    'Az egész üzletre szóló keret előre szétoszlik a kasszák között, ezért hálózat nélkül is érvényes. Ami egy elveszett kasszánál volt, azt senki sem kapja meg.',
  n: 'Legfeljebb',
  for: 'Kire vonatkozik',
  time: 'Mennyi idő alatt',
  none: 'akárhányszor',
  days: (p) => `${p.n} nap alatt`,
  per: { member: 'vendégenként', device: 'kasszánként', business: 'az egész üzletben' },
  windows: {
    day: 'naponta',
    week: 'hetente',
    month: 'havonta',
    quarter: 'negyedévente',
    halfYear: 'félévente',
    year: 'évente',
    allTime: 'összesen',
  },
};
