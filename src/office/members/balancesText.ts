import type { OfficeMessages } from '../../i18n/en/office.ts';
import { type Format, type Language, textIn } from '../../i18n/format.ts';
import type { OfficeMember } from '../../protocol/office/officeApi.ts';

/** What a member holds, unit by unit: "Coffee card: 7". */
export function balancesText(
  { balances }: OfficeMember,
  language: Language,
  { members: say }: OfficeMessages,
  format: Format,
): readonly string[] {
  return balances.map(({ name, amount }) =>
    say.balance({ unit: textIn(name, language, 'en'), n: format.number(amount) }),
  );
}
