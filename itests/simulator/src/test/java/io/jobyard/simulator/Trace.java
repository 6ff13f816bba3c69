// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.api.JobId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What happened, step by step. Kept only when a failure is to be shown; always summed up in a number. */
final class Trace {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}");

    private final boolean kept;
    private final List<String> lines = new ArrayList<>();
    private final Map<String, String> names = new HashMap<>();
    private long sum;

    Trace(boolean kept) {
        this.kept = kept;
    }

    /** Two runs that took the same way have the same sum. */
    long sum() {
        return sum;
    }

    void count(long fact) {
        sum = sum * 1_000_003 + fact;
    }

    void add(int step, int depth, Supplier<String> line) {
        if (kept) {
            lines.add("%5d %s%s".formatted(step, "  ".repeat(depth), named(line.get())));
        }
    }

    /** The lines that name a job, or no job at all. */
    List<String> about(@Nullable JobId id) {
        String name = id == null ? "" : named(id.toString());
        Pattern whole = Pattern.compile("\\b" + name + "\\b");
        return lines.stream()
                .filter(line -> name.isEmpty() || whole.matcher(line).find() || !line.contains("job-"))
                .toList();
    }

    String named(String text) {
        Matcher matcher = ID.matcher(text);
        return matcher.replaceAll(id -> names.computeIfAbsent(id.group(), any -> "job-" + (names.size() + 1)));
    }
}
