// One day: a slider by months and a field for the exact day. Without a day everything is shown, each with its period and state.

import { $ } from './dom.mjs';
import { change, now } from './state.mjs';
import { dayName, dayOf, firstDay, iso, lastDay, yearOf } from './time.mjs';
import { t } from './words.mjs';

const months = (day) => {
  const date = new Date(day * 864e5);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
};
const firstOf = (month) => Date.UTC(Math.floor(month / 12), month % 12, 1) / 864e5;

export const install = () => {
  const slider = $('time-slider');
  slider.min = String(months(firstDay));
  slider.max = String(months(lastDay));
  $('time-first').textContent = String(yearOf(firstDay));
  $('time-last').textContent = String(yearOf(lastDay));
  slider.addEventListener('input', () => change({ day: firstOf(Number(slider.value)) }));
  $('time-day').addEventListener('change', () => change({ day: dayOf($('time-day').value) }));
  $('time-all').addEventListener('click', () => {
    change({ day: null });
    slider.focus();
  });
};
export const show = () => {
  const slider = $('time-slider');
  const { day } = now;
  slider.value = String(day === null ? months(lastDay) : months(day));
  slider.classList.toggle('unset', day === null);
  slider.setAttribute('aria-valuetext', day === null ? t('time.always') : dayName(day));
  $('time-day').value = day === null ? '' : iso(day);
  $('time-now').textContent = day === null ? t('time.always') : '';
  $('time-all').hidden = day === null;
};
