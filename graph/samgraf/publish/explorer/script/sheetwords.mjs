// How certain a row is and how it stands, in one word each.

import { stateOf as held } from './roles.mjs';
import { derived as isDerived, modality as of } from './table.mjs';
import { t } from './words.mjs';

export const derived = isDerived;
export const modality = (r) =>
  of(r) ? t(of(r) === 1 ? 'facts.proposed' : 'facts.expected') : t(isDerived(r) ? 'facts.derived' : 'facts.stated');
export const stateOf = (r) => t(`state.word.${held(r)}`);
