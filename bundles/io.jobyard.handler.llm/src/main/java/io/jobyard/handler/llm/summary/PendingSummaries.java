// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.summary;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Summaries to combine into one.
 *
 * @param name name of their subject, for the names of steps
 * @param parts summaries, at least one
 */
record PendingSummaries(String name, List<String> parts) {

    private static final String BETWEEN = "\n\n";

    boolean isOne() {
        return parts.size() == 1;
    }

    /**
     * Returns groups of neighboring summaries that fit one call of a model. Each has at least two, so that the rounds end, except possibly
     * the last group.
     */
    List<List<String>> groups(int maxTokens, ToIntFunction<String> tokens) {
        List<List<String>> groups = new ArrayList<>();
        List<String> group = new ArrayList<>();
        int size = 0;
        for (String part : parts) {
            int more = tokens.applyAsInt(part + BETWEEN);
            if (group.size() >= 2 && size + more > maxTokens) {
                groups.add(group);
                group = new ArrayList<>();
                size = 0;
            }
            group.add(part);
            size += more;
        }
        groups.add(group);
        return groups;
    }

    static String text(List<String> group) {
        return String.join(BETWEEN, group);
    }
}
