// SPDX-License-Identifier: Apache-2.0
// A browser without a screen, through chromedriver's WebDriver protocol.
import { spawn } from 'node:child_process';
import fs from 'node:fs';

const DRIVER = '/usr/bin/chromedriver';
const ARGUMENTS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'];
const SECONDS = 60;

export class Browser {
  static async start() {
    const driver = spawn(DRIVER, ['--port=0'], { stdio: ['ignore', 'pipe', 'inherit'] });
    process.on('exit', () => driver.kill()); // whatever ends this program
    const browser = new Browser();
    browser.driver = driver;
    browser.session = `http://127.0.0.1:${await port(driver)}/session`;
    const capabilities = {
      alwaysMatch: {
        'goog:chromeOptions': { binary: '/usr/bin/chromium', args: ARGUMENTS },
        'goog:loggingPrefs': { browser: 'ALL' },
      },
    };
    const { sessionId } = await browser.#send('POST', '', { capabilities });
    browser.session += `/${sessionId}`;
    return browser;
  }

  async #send(method, path, body) {
    const answer = await fetch(this.session + path, { method, body: body && JSON.stringify(body) });
    const { value } = await answer.json();
    if (value?.error) {
      throw new Error(`${path}: ${value.message}`);
    }
    return value;
  }

  #devtools(cmd, params) {
    return this.#send('POST', '/goog/cdp/execute', { cmd, params });
  }

  open(address) {
    return this.#send('POST', '/url', { url: address });
  }

  width(pixels) {
    return this.#devtools('Emulation.setDeviceMetricsOverride', {
      width: pixels,
      height: 800,
      deviceScaleFactor: 1,
      mobile: false,
    });
  }

  theme(value) {
    return this.#devtools('Emulation.setEmulatedMedia', {
      features: [{ name: 'prefers-color-scheme', value }],
    });
  }

  type(text) {
    return this.#devtools('Input.insertText', { text });
  }

  script(code, ...args) {
    return this.#send('POST', '/execute/sync', { script: code, args });
  }

  /** Waits until a condition holds, and returns its value. */
  async until(condition, ...args) {
    const end = Date.now() + SECONDS * 1000;
    while (Date.now() < end) {
      const value = await this.script(condition, ...args);
      if (value) {
        return value;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`after ${SECONDS} s not yet: ${condition} ${args}`);
  }

  /** Returns the warnings and errors of the browser since the last call. */
  async complaints() {
    const entries = await this.#send('POST', '/se/log', { type: 'browser' });
    return entries.filter((entry) => entry.level !== 'INFO' && entry.level !== 'DEBUG').map((entry) => entry.message);
  }

  async picture(file) {
    fs.writeFileSync(file, Buffer.from(await this.#send('GET', '/screenshot'), 'base64'));
  }

  async close() {
    await this.#send('DELETE', '').catch(() => {});
    this.driver.kill();
  }
}

/** Returns the port on which a chromedriver listens, from what it prints. */
function port(driver) {
  return new Promise((resolve, reject) => {
    let printed = '';
    driver.stdout.on('data', (data) => {
      printed += data;
      const found = printed.match(/on port ([1-9]\d*)/);
      if (found) {
        resolve(found[1]);
      }
    });
    driver.on('error', reject);
    driver.on('exit', () => reject(new Error(`${DRIVER} ended: ${printed}`)));
  });
}
