// SPDX-License-Identifier: Apache-2.0
// Reads the built site in a browser: tools/site/check.mjs [--pictures DIR]
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Browser } from './browser.mjs';
import { questions } from './questions.mjs';

const BASE = process.env.SITE_BASE || '/';
const DIST = fileURLToPath(new URL('../../docs/.vitepress/dist', import.meta.url));
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.png': 'image/png' };
const PHONE = 390;
/** Pages with what could be too wide: wide tables, long code, diagrams, pictures. */
const WIDE = [
  '',
  'tutorial/first-handler.html',
  'explanation/concepts.html',
  'explanation/comparison.html',
  'how-to/console.html',
  'reference/states.html',
  'reference/configuration.html',
];

const pictures = process.argv[2] === '--pictures' ? process.argv[3] : null;
const faults = [];

function check(good, fault) {
  if (!good) {
    faults.push(fault);
    console.log(`fault: ${fault}`);
  }
}

function serve() {
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://site');
    let file = path.join(DIST, decodeURIComponent(pathname.slice(BASE.length - 1)));
    if (pathname.endsWith('/')) {
      file += 'index.html';
    }
    if (!pathname.startsWith(BASE) || !fs.existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': TYPES[path.extname(file)] ?? 'application/octet-stream' });
    fs.createReadStream(file).pipe(response);
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

const server = await serve();
const site = `http://127.0.0.1:${server.address().port}${BASE}`;
const browser = await Browser.start();

async function open(page) {
  await browser.open(site + page);
  // The server's HTML does nothing yet: the search button, for example.
  await browser.until("return document.querySelector('#app').__vue_app__ && document.querySelector('h1')");
}

async function picture(name) {
  if (pictures) {
    await browser.picture(path.join(pictures, `${name}.png`));
  }
}

async function complaints(page) {
  for (const complaint of await browser.complaints()) {
    check(false, `${page}: the browser says ${complaint}`);
  }
}

async function checkHome() {
  await open('');
  const readers = await browser.script("return [...document.querySelectorAll('.readers h3')].map(h => h.firstChild.textContent.trim())");
  check(readers.length === 4, `the home page sends these readers on their way: ${readers}`);
  const links = await browser.script('return [...document.querySelectorAll(\'.readers a[href$=".html"], .VPHero a\')].map(a => a.href)');
  check(links.length >= 14, `the home page leads to ${links}`);
  for (const link of links) {
    check((await fetch(link)).ok, `the home page leads to ${link}, which is not there`);
  }
  await complaints('home');
  await picture('home');
}

async function checkTutorial() {
  await open('tutorial/first-handler.html');
  const text = await browser.script("return document.querySelector('main').innerText");
  check(text.includes('Write your first handler') && text.includes('word_count'), 'the tutorial shows something else');
  check(await browser.script("return document.querySelector('main .shiki span[style]') !== null"), 'its code has no colors');
  check(await browser.script("return [...document.querySelectorAll('.VPSidebar a')].length > 60"), 'its sidebar is short');
  await complaints('tutorial');
  await picture('tutorial');
}

async function checkDiagrams() {
  for (const theme of ['light', 'dark']) {
    await browser.theme(theme);
    await open('explanation/concepts.html');
    const dark = await browser.script("return document.documentElement.classList.contains('dark')");
    check(dark === (theme === 'dark'), `a reader who prefers ${theme} does not get it`);
    const drawn = await browser.until("return document.querySelector('.diagram svg')?.textContent");
    check(drawn.includes('priority, fair share'), `the diagram shows ${drawn}`);
    await complaints(`diagram, ${theme}`);
    await browser.script("document.querySelector('.diagram').scrollIntoView({block: 'center'})");
    await picture(`diagram-${theme}`);
  }
  await open('');
  await picture('home-dark');
  await browser.theme('light');
}

/** Returns the pages of the first three hits. */
async function search(words) {
  await open('how-to/install.html');
  await browser.script("sessionStorage.clear(); document.querySelector('.DocSearch-Button').click()");
  await browser.until("return document.activeElement.matches('.search-input')");
  await browser.type(words);
  await browser.until(
    'return document.querySelector(\'.result, .no-results\') && document.querySelector(".search-input").value === arguments[0]',
    words,
  );
  const hits =
    "return [...document.querySelectorAll('a.result')].map(hit => [hit.getAttribute('href'), hit.getAttribute('aria-label') ?? hit.innerText])";
  // The results of the whole text replace those of its first letters.
  let seen;
  let now = JSON.stringify(await browser.script(hits));
  do {
    seen = now;
    await new Promise((resolve) => setTimeout(resolve, 600));
    now = JSON.stringify(await browser.script(hits));
  } while (seen !== now);
  return JSON.parse(seen)
    .slice(0, 3)
    .map(([href, title]) => ({ page: href.slice(BASE.length).replace(/\.html.*/, ''), href, title }));
}

async function checkSearch() {
  const retry = await search('retry');
  check(retry.length === 3 && retry.every((hit) => /retr/i.test(hit.title)), `a search for retry finds ${JSON.stringify(retry)}`);
  await picture('search');
  for (const [question, ...answers] of questions) {
    const found = await search(question);
    const place = found.findIndex((hit) => answers.includes(hit.page)) + 1;
    check(place > 0, `${question} finds ${found.map((hit) => hit.href)}, not ${answers}`);
    console.log(`${question} ${place > 0 ? `hit ${place}: ${found[place - 1].href.slice(BASE.length)}` : 'NOT FOUND'}`);
  }
  await complaints('search');
}

async function checkPhone() {
  await browser.width(PHONE);
  for (const page of WIDE) {
    await open(page);
    await browser.until("return !document.querySelector('.diagram-source')");
    const width = await browser.script('return document.scrollingElement.scrollWidth');
    check(width <= PHONE, `${page || 'home'} is ${width} px wide on a screen of ${PHONE} px`);
    await complaints(page);
    await picture(`phone-${page.replace(/\W/g, '-') || 'home'}`);
  }
}

try {
  await browser.width(1280);
  await checkHome();
  await checkTutorial();
  await checkDiagrams();
  await checkSearch();
  await checkPhone();
} finally {
  await browser.close();
  server.close();
}
console.log(faults.length === 0 ? 'the site is good' : `the site has ${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;
