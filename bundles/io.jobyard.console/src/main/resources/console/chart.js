// SPDX-License-Identifier: Apache-2.0
// Line chart over time, drawn as SVG. The style sheet colors each line by the class with the line's name.
import { LitElement, html, svg } from 'lit';

/** Minimum time span, in seconds. */
const SHORTEST = 60;
const HEIGHT = 180;
const TOP = 8;
const LEFT = 48;
const RIGHT = 16;
const BOTTOM = 24;
/** Minimum width for a label of the time axis, in pixels. */
const LABEL = 80;
const STEPS_OF_TIME = [10, 30, 60, 120, 300];

const SHORT = new Intl.NumberFormat(undefined, { notation: 'compact' });

/** Returns the distance between lines of the grid: 1, 2 or 5 times a power of ten, at most four times up to the highest value. @param {number} most */
export function gridStep(most) {
  const power = 10 ** Math.floor(Math.log10(most / 4));
  return [1, 2, 5, 10].map((each) => each * power).find((step) => step * 4 >= most);
}

const multiples = (step, first, last) => {
  const found = [];
  for (let each = Math.ceil(first / step) * step; each <= last; each += step) found.push(each);
  return found;
};

const clock = (seconds, step) =>
  new Date(seconds * 1000).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', ...(step < 60 && { second: '2-digit' }) });

class Chart extends LitElement {
  static properties = {
    /** @type {number[][]} the seconds, then the values of each line */
    points: { attribute: false },
    /** @type {string[]} */
    lines: { attribute: false },
    label: {},
    width: { state: true },
  };

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.resized = new ResizeObserver(() => (this.width = this.clientWidth));
    this.resized.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.resized.disconnect();
  }

  /** Describes the values in words, for users who cannot see the lines. */
  description() {
    const values = this.lines.map((line, at) => `${line} ${this.points[at + 1].at(-1)} now, ${Math.max(...this.points[at + 1])} at most`);
    return `${this.label}: ${values.join('; ')}`;
  }

  drawing() {
    const [times, ...values] = this.points;
    const last = times.at(-1);
    const first = Math.min(times[0], last - SHORTEST);
    const highest = Math.max(4, ...values.flat());
    const step = gridStep(highest);
    const most = step * Math.ceil(highest / step);
    const right = this.width - RIGHT;
    const x = (time) => (LEFT + ((time - first) / (last - first)) * (right - LEFT)).toFixed(1);
    const y = (value) => (HEIGHT - BOTTOM - (value / most) * (HEIGHT - BOTTOM - TOP)).toFixed(1);
    const timeStep = STEPS_OF_TIME.find((each) => ((last - first) / each) * LABEL <= right - LEFT) ?? STEPS_OF_TIME.at(-1);
    return svg`
      ${multiples(step, 0, most).map(
        (value) => svg`
        <path class="grid" d="M ${LEFT} ${y(value)} H ${right}"></path>
        <text class="value" x=${LEFT - 8} y=${y(value)}>${SHORT.format(value)}</text>`,
      )}
      ${multiples(timeStep, first, last).map(
        (time) => svg`
        <path class="grid" d="M ${x(time)} ${TOP} V ${HEIGHT - BOTTOM}"></path>
        ${x(time) < this.width - LABEL / 2 ? svg`<text class="time" x=${x(time)} y=${HEIGHT - 6}>${clock(time, timeStep)}</text>` : ''}`,
      )}
      ${values.map(
        (line, at) => svg`
        <path class="line ${this.lines[at]}" d="M ${line.map((value, when) => `${x(times[when])} ${y(value)}`).join(' L ')}"></path>`,
      )}`;
  }

  render() {
    return html`
      <p class="legend">${this.lines.map((line) => html`<span><i class="dot ${line}"></i>${line}</span> `)}</p>
      <svg class="plot" role="img" aria-label=${this.description()} height=${HEIGHT}>${this.width ? this.drawing() : ''}</svg>`;
  }
}

customElements.define('jobyard-chart', Chart);
