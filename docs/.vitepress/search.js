// SPDX-License-Identifier: Apache-2.0
// How the local search splits and ranks. The site runs these functions from their source text: each stands alone.

/** Returns the terms to look for: no filler words, and words without their ending, so that "upgrading" finds "upgrade". */
function processTerm(term) {
  const filler =
    /^(a|an|and|are|be|can|did|do|does|every|for|from|get|have|how|i|if|in|is|it|its|me|my|of|on|or|put|should|that|the|then|there|this|to|was|what|when|where|which|who|why|will|with|you|your)$/;
  const word = term.toLowerCase().replace(/['’]s?$/, '');
  if (filler.test(word)) {
    return null;
  }
  return word.length > 4 ? word.replace(/(ies|y)$/, 'i').replace(/(ing|ed|es|s|e)$/, '') : word;
}

/** Ranks by kind of page: what to do comes before measurements and history. */
function boostDocument(id) {
  if (/\/(notebook|decisions)\/|\/changelog\.html/.test(id)) {
    return 0.15;
  }
  if (/\/reference\/(json|http|configuration|commands)/.test(id)) {
    return 0.5;
  }
  return /\/(how-to|tutorial)\//.test(id) ? 1.3 : 1;
}

/** Gives words that are on every page less weight than those that make a question. */
function boostTerm(term) {
  return /^(job|run|host|us)$/.test(term) ? 0.2 : 1;
}

/** Tolerates typing errors in long words only: "lane" is no "line". */
function fuzzy(term) {
  return term.length > 5 ? 0.2 : false;
}

export const search = {
  provider: 'local',
  options: {
    detailedView: 'auto',
    miniSearch: {
      options: { processTerm },
      searchOptions: { boostDocument, boostTerm, fuzzy, prefix: true, boost: { title: 5, titles: 3, text: 1 } },
    },
  },
};
