// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.summary;

/**
 * A document in the result.
 *
 * @param tokens of its text
 * @param chunks into which it was cut; 0 if it is empty
 * @param summary empty if the document is, or the result would be too large
 */
record Summarized(String name, int tokens, int chunks, String summary) {

    Summarized withoutSummary() {
        return new Summarized(name, tokens, chunks, "");
    }
}
