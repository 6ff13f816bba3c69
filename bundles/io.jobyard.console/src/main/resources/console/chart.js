// SPDX-License-Identifier: Apache-2.0
// A line chart in the page's own colours.
import { LitElement, html } from 'lit';

/** How many seconds are shown at least. */
const SHORTEST = 60;

/** @typedef {{label: string, colour: string}} Line the colour is the name of a custom property */

class Chart extends LitElement {
  static properties = {
    /** the seconds, and the values of each line */
    points: { attribute: false },
    lines: { attribute: false },
    label: {},
  };

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.watch = new ResizeObserver(() => this.draw());
    this.watch.observe(this);
    this.themed = () => this.draw();
    window.addEventListener('theme', this.themed);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.watch.disconnect();
    window.removeEventListener('theme', this.themed);
    this.plot?.destroy();
    this.plot = undefined;
    this.drawnAs = undefined;
  }

  render() {
    return html`
      <p class="legend">${this.lines.map((line) => html`<span><i class="dot ${line.label}"></i>${line.label}</span> `)}</p>
      <div class="plot" role="img" aria-label=${this.label}></div>`;
  }

  updated() {
    this.draw();
  }

  draw() {
    const place = this.querySelector('.plot');
    const width = this.clientWidth;
    if (!place || !width || !window.uPlot) return;
    const style = getComputedStyle(this);
    const of = (name) => style.getPropertyValue(name).trim();
    const as = `${width} ${of('--text')}`;
    if (this.plot && this.drawnAs === as) {
      this.plot.setData(this.points);
      return;
    }
    this.plot?.destroy();
    this.drawnAs = as;
    const axis = { stroke: of('--quiet'), grid: { stroke: of('--line'), width: 1 }, ticks: { stroke: of('--line'), width: 1 } };
    this.plot = new window.uPlot({
      width,
      height: 180,
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { range: (_plot, first, last) => [Math.min(first, last - SHORTEST), last] }, y: { range: (_plot, _low, high) => [0, Math.max(4, high * 1.1)] } },
      axes: [{ ...axis }, { ...axis, size: 48 }],
      series: [{}, ...this.lines.map((line) => ({ label: line.label, stroke: of(line.colour), width: 2, points: { show: false } }))],
    }, this.points, place);
  }
}

customElements.define('jobyard-chart', Chart);
