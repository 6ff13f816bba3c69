// SPDX-License-Identifier: Apache-2.0
// The pages of the site: where each Markdown file appears, and the sidebar, which docs/README.md lists.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Directories of the root without pages. */
export const WITHOUT_PAGES = ['.*/**', 'bundles/**', 'distribution/**', 'features/**', 'itests/**', 'target/**', 'tools/**'];

/** Folders whose own README.md lists their pages. */
const LISTED_BY_THEMSELVES = ['docs/decisions/', 'docs/notebook/'];

const LINK = /^- \[(.+?)\]\((.+?\.md)\)$/;

/** Returns the page of the site that a Markdown file becomes: docs/how-to/x.md is how-to/x.md. */
export function pageOf(file) {
  const within = file.replace(/^docs\//, '');
  if (within === file) {
    return file.toLowerCase();
  }
  return within.replace(/(^|\/)README\.md$/, '$1index.md');
}

/** Returns the GitHub anchor of a heading, so that a link works in both places. */
export function slugify(heading) {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-');
}

/** Returns the groups of the sidebar: the sections of docs/README.md that are lists of links. */
export function sidebar() {
  const groups = [];
  for (const section of fs.readFileSync(path.join(ROOT, 'docs/README.md'), 'utf8').split(/^## /m).slice(1)) {
    const [text, ...lines] = section.split('\n');
    const items = lines
      .map((line) => line.match(LINK))
      .filter(Boolean)
      .map(([, title, link]) => ({ text: title.replaceAll('`', ''), link: '/' + pageOf(path.posix.join('docs', link)) }));
    if (items.length > 0) {
      groups.push({ text, items, collapsed: groups.length > 1 });
    }
  }
  return groups;
}

/** Fails for a page of the site that docs/README.md does not list: no reader would find it. */
export function requireListed(pages) {
  const listed = new Set(sidebar().flatMap((group) => group.items.map((item) => item.link)));
  const lost = pages
    .filter((file) => !['README.md', 'docs/README.md'].includes(file))
    .filter((file) => !LISTED_BY_THEMSELVES.some((folder) => file.startsWith(folder) && !file.endsWith('README.md')))
    .filter((file) => !listed.has('/' + pageOf(file)));
  if (lost.length > 0) {
    throw new Error(`not listed in docs/README.md: ${lost.join(', ')}`);
  }
}
