// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.summary;

/**
 * Document in the result.
 *
 * @param tokens number of tokens in its text
 * @param chunks number of chunks; 0 for an empty document
 * @param summary summary; empty for an empty document, or if the result would be too large
 */
record Summarized(String name, int tokens, int chunks, String summary) {

    Summarized withoutSummary() {
        return new Summarized(name, tokens, chunks, "");
    }
}
