// SPDX-License-Identifier: Apache-2.0
// Loads Mermaid with the first diagram, as its own file: bundling its hundreds of modules takes minutes.
import address from 'mermaid/dist/mermaid.min.js?url';

let loading;

export function mermaid() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = address;
    script.onload = () => resolve(window.mermaid);
    script.onerror = () => reject(new Error(`${address} does not load`));
    document.head.append(script);
  });
  return loading;
}
