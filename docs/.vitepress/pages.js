// SPDX-License-Identifier: Apache-2.0
// The pages of the site: where each Markdown file appears, and the sidebar, which docs/README.md lists.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Directories of the root without pages. */
export const WITHOUT_PAGES = ['.*/**', 'bundles/**', 'distribution/**', 'features/**', 'itests/**', 'target/**', 'tools/**'];

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

function listedByItsFolder(file) {
  const index = path.join(ROOT, path.dirname(file), 'README.md');
  const name = path.basename(file);
  return (
    path.dirname(file).startsWith('docs/') &&
    name !== 'README.md' &&
    fs.existsSync(index) &&
    fs.readFileSync(index, 'utf8').includes(`(${name})`)
  );
}

/** Fails for a page that neither docs/README.md nor the README.md of its folder lists: no reader would find it. */
export function requireListed(pages) {
  const listed = new Set(sidebar().flatMap((group) => group.items.map((item) => item.link)));
  const lost = pages
    .filter((file) => !['README.md', 'docs/README.md'].includes(file))
    .filter((file) => !listed.has('/' + pageOf(file)) && !listedByItsFolder(file));
  if (lost.length > 0) {
    throw new Error(`not listed in docs/README.md: ${lost.join(', ')}`);
  }
}
