// SPDX-License-Identifier: Apache-2.0
// Makes pages that are written for GitHub work on the site.
import path from 'node:path';
import { pageOf, ROOT } from './pages.js';

/** Points a relative link at the page of the site that its Markdown file becomes. */
function relink(href, file) {
  if (/^([a-z]+:|#|\/)/.test(href)) {
    return href;
  }
  const [target, anchor] = href.split('#');
  const linked = path.posix.normalize(path.posix.join(path.posix.dirname(file), target));
  if (!linked.endsWith('.md')) {
    throw new Error(`${file} links to ${href}, which is no page of the site`);
  }
  const relative = path.posix.relative(path.posix.dirname(pageOf(file)), pageOf(linked));
  return './' + relative + (anchor ? '#' + anchor : '');
}

export function links(md) {
  md.core.ruler.push('relink', ({ tokens, env }) => {
    const file = path.relative(ROOT, env.realPath ?? env.path).replaceAll(path.sep, '/');
    for (const token of tokens.flatMap((each) => each.children ?? [])) {
      if (token.type === 'link_open' && !token.attrGet('class')?.includes('header-anchor')) {
        token.attrSet('href', relink(token.attrGet('href'), file));
      }
    }
  });
}

export function diagrams(md) {
  const fence = md.renderer.rules.fence;
  md.renderer.rules.fence = (tokens, index, ...rest) =>
    tokens[index].info.trim() === 'mermaid'
      ? `<Diagram source="${encodeURIComponent(tokens[index].content)}" />`
      : fence(tokens, index, ...rest);
}
