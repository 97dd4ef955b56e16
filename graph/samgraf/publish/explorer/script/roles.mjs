// A row of the table of collaborations in a sign and in words: a letter for the role, filled when stated, hollow when
// derived, hatched when proposed or expected; what is over or was last heard of is told apart.

import { involvements, raw, ways } from './data.mjs';
import { el, hidden } from './dom.mjs';
import { now } from './state.mjs';
import { derived, modality, table } from './table.mjs';
import { attestedText, state, today, told } from './time.mjs';
import { label, language, list, name, pair, t } from './words.mjs';

export const letter = (r) => involvements[table.how[r]]?.letter[language()] ?? '•';
export const look = (r) => (modality(r) ? 'planned' : derived(r) ? 'derived' : 'stated');
export const day = () => now.day ?? today();
export const stateOf = (r) => state(table.period[r], day());
const roleText = (r) => pair(raw.words[table.role[r]]);

// What the row says, in few words: role or kind of involvement, modality, through whom.
export const words = (r) => {
  const how = table.how[r] >= 0 ? label(involvements[table.how[r]]) : '';
  const role = roleText(r);
  const parts = [role && role !== how && !how.startsWith(role) ? (how ? `${how} (${role})` : role) : how];
  if (modality(r)) parts.push(t(modality(r) === 1 ? 'facts.proposed' : 'facts.expected'));
  if (derived(r)) parts.push(`${label(ways[table.way[r]])}: ${list(table.via[r].map(name))}`);
  return parts.filter(Boolean).join(', ');
};
// When it held and how it stands on the day chosen, or today.
export const when = (r) => {
  const held = stateOf(r);
  const parts = [told(table.period[r])];
  if (held === 'last-attested') {
    const attested = attestedText(table.period[r]);
    if (attested && !parts[0].includes(attested)) parts.push(t('state.last-attested', { d: attested }));
  } else if (held !== 'held') parts.push(t(`state.${held}`));
  return parts.filter(Boolean).join(' · ');
};
export const sign = (r, more = '') =>
  el(
    'span',
    { class: `sign sign-${look(r)} is-${stateOf(r)}` },
    el('span', { 'aria-hidden': 'true', text: letter(r) }),
    hidden(`${words(r)}${when(r) ? `; ${when(r)}` : ''}${more}`),
  );
