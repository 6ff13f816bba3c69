// SPDX-License-Identifier: Apache-2.0
// Theme of the page: light, dark, or the system's. The browser stores the choice.

const CHOICES = ['system', 'light', 'dark'];
const KEY = 'jobyard.theme';

export function kept() {
  const choice = window.localStorage.getItem(KEY);
  return CHOICES.includes(choice) ? choice : 'system';
}

export const next = (choice) => CHOICES[(CHOICES.indexOf(choice) + 1) % CHOICES.length];

export function wear(choice) {
  window.localStorage.setItem(KEY, choice);
  document.documentElement.dataset.theme = choice;
}
