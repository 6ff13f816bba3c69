// SPDX-License-Identifier: Apache-2.0
import fs from 'node:fs';
import path from 'node:path';
import { defineConfig } from 'vitepress';
import { diagrams, links } from './markdown.js';
import { pageOf, requireListed, ROOT, sidebar, slugify, WITHOUT_PAGES } from './pages.js';
import { search } from './search.js';

const icon = fs.readFileSync(path.join(ROOT, 'bundles/io.jobyard.console/src/main/resources/console/icon.svg'));

/** Resolves Vue for the pages outside docs/, above which no node_modules lies. */
const vueForPagesOfTheRoot = {
  name: 'vue-for-pages-of-the-root',
  enforce: 'pre',
  resolveId(id, importer, options) {
    if (/^vue(\/|$)/.test(id) && importer && path.dirname(importer) + path.sep === ROOT) {
      return this.resolve(id, path.join(ROOT, 'docs/README.md'), { ...options, skipSelf: true });
    }
  },
};

/** Of the home page, whose text is docs/README.md. */
const home = {
  layout: 'home',
  hero: {
    name: 'Jobyard',
    text: 'Durable jobs on OSGi',
    tagline:
      'Drop handlers into a running host and submit jobs. The host orders, retries, times out and records each job. Stored jobs survive kill -9.',
    actions: [
      { theme: 'brand', text: 'Write a handler', link: '/tutorial/first-handler' },
      { theme: 'alt', text: 'Install', link: '/how-to/install' },
    ],
  },
};

export default defineConfig({
  title: 'Jobyard',
  description: 'Jobyard is a durable job host on OSGi: it orders, retries, times out and records jobs.',
  lang: 'en',
  // Where the site is served, for example /jobyard/
  base: process.env.SITE_BASE || '/',
  srcDir: '..',
  srcExclude: WITHOUT_PAGES,
  rewrites: pageOf,
  head: [['link', { rel: 'icon', href: `data:image/svg+xml;base64,${icon.toString('base64')}` }]],
  markdown: {
    anchor: { slugify },
    attrs: { disable: true }, // or {id} in a heading would be an attribute
    config: (md) => {
      md.use(links);
      md.use(diagrams);
    },
  },
  transformPageData(page, { siteConfig }) {
    if (page.relativePath === 'index.md') {
      requireListed(siteConfig.pages);
      return { frontmatter: home };
    }
  },
  themeConfig: {
    search,
    sidebar: sidebar(),
    outline: [2, 3],
    nav: [
      { text: 'Tutorial', link: '/tutorial/first-handler' },
      { text: 'Install', link: '/how-to/install' },
      { text: 'Concepts', link: '/explanation/concepts' },
      { text: 'Reference', link: '/reference/commands/' },
    ],
  },
  vite: {
    build: { chunkSizeWarningLimit: 4000, reportCompressedSize: false },
    plugins: [vueForPagesOfTheRoot],
  },
});
