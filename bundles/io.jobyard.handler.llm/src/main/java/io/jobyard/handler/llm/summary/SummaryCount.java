// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.summary;

import java.util.List;

/**
 * How many calls summaries take, and what these read and write, if each summary is as long as it may be.
 *
 * @param calls all of them
 * @param read tokens of texts and summaries, without what is around them
 * @param written tokens of summaries
 */
record SummaryCount(long calls, long read, long written) {

    /** Of texts with so many tokens each. */
    static SummaryCount of(List<Integer> texts, int chunkTokens, int summaryTokens) {
        SummaryCount all = new SummaryCount(0, 0, 0);
        for (int tokens : texts) {
            long chunks = Math.max(1, (tokens + chunkTokens - 1L) / chunkTokens);
            all = all.plus(new SummaryCount(chunks, tokens, chunks * summaryTokens))
                    .plus(combined(chunks, chunkTokens, summaryTokens));
        }
        return all.plus(combined(texts.size(), chunkTokens, summaryTokens));
    }

    /** Of so many summaries, until they are one, as {@link Pile} groups them. */
    private static SummaryCount combined(long summaries, int chunkTokens, int summaryTokens) {
        SummaryCount all = new SummaryCount(0, 0, 0);
        int atOnce = Math.max(2, chunkTokens / summaryTokens);
        for (long left = summaries; left > 1; left = (left + atOnce - 1) / atOnce) {
            long isAlone = left % atOnce == 1 ? 1 : 0;
            long calls = left / atOnce + (left % atOnce > 1 ? 1 : 0);
            all = all.plus(new SummaryCount(calls, (left - isAlone) * summaryTokens, calls * summaryTokens));
        }
        return all;
    }

    private SummaryCount plus(SummaryCount other) {
        return new SummaryCount(calls + other.calls, read + other.read, written + other.written);
    }
}
