// SPDX-License-Identifier: Apache-2.0
// Follows one job's state, log and stream on one connection.
import { part } from './api.js';
import { GrowingText } from './growing-text.js';
import { Stream } from './stream.js';

/** @typedef {{at: string, run: number, text: string}} Line */

/** @param {Line} line */
const said = (line) => `${line.at} [${line.run}] ${line.text}\n`;

export class FollowedJob {
  log = new GrowingText();
  stream = new GrowingText();

  /** @param {string} id @param {(job: any) => void} onJob receives the job after each change */
  constructor(id, onJob) {
    let position = 0;
    this.events = new Stream(() => `/api/v1/jobs/${part(id)}?after=${position}`, {
      job: (event) => onJob(JSON.parse(event.data)),
      log: (event) => this.log.replace(JSON.parse(event.data).lines.map(said).join('')),
      line: (event) => this.log.append(said(JSON.parse(event.data))),
      piece: (event) => {
        const piece = JSON.parse(event.data);
        position = piece.position;
        this.stream.append(piece.text);
      },
      end: () => this.events.stop(),
      problem: () => this.events.stop(), // the screen reads the job too, and shows the error
    });
    this.events.start();
  }

  stop() {
    this.events.stop();
  }

  /** Follows the job again after a retry. */
  goOn() {
    this.events.start();
  }
}
