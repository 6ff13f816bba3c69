// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.summary;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Summaries that come to one.
 *
 * @param name of what they are about, for the names of steps
 * @param parts at least one
 */
record PendingSummaries(String name, List<String> parts) {

    private static final String BETWEEN = "\n\n";

    boolean isOne() {
        return parts.size() == 1;
    }

    /**
     * Returns groups of neighbors that a model can read at once; at least two each, so that the rounds end. The last one
     * may be alone.
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
