// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.api.SampledCount;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Text form of the counts of a sample: one line per count, with queue, type and the numbers of queued, running and failed jobs, separated by
 * spaces. Names of queues and types contain none. The text is bounded: the smallest counts are joined into one, whose names are empty.
 */
final class SampleText {

    /** Maximum length of a text, in characters. With 25 hours of minutes and 90 days of hours, the texts take less than 30 MB. */
    static final int MOST = 8_000;

    /** The longest line without names. */
    private static final int JOINED = 5 * 20;

    private static final Comparator<SampledCount> LARGEST_FIRST = Comparator.comparingLong(SampledCount::total)
            .reversed()
            .thenComparing(SampledCount::queue, Comparator.nullsLast(Comparator.<String>naturalOrder()))
            .thenComparing(SampledCount::type, Comparator.nullsLast(Comparator.<String>naturalOrder()));

    private SampleText() {}

    static String write(List<SampledCount> counts) {
        StringBuilder text = new StringBuilder();
        SampledCount joined = new SampledCount(null, null, 0, 0, 0);
        boolean isFull = false;
        for (SampledCount count : counts.stream().sorted(LARGEST_FIRST).toList()) {
            String line = line(count);
            boolean isJoined = count.queue() == null;
            isFull |= !isJoined && text.length() + line.length() + JOINED > MOST;
            if (isFull || isJoined) {
                joined = joined.plus(count);
            } else {
                text.append(line);
            }
        }
        return (joined.total() == 0 ? text : text.append(line(joined))).toString();
    }

    private static String line(SampledCount count) {
        return String.join(
                " ",
                count.queue() == null ? "" : count.queue(),
                count.type() == null ? "" : count.type(),
                String.valueOf(count.queued()),
                String.valueOf(count.running()),
                count.failed() + "\n");
    }

    static List<SampledCount> read(String text) {
        return text.lines().map(line -> line.split(" ")).map(SampleText::count).toList();
    }

    private static SampledCount count(String[] words) {
        return new SampledCount(
                name(words[0]),
                name(words[1]),
                Long.parseLong(words[2]),
                Long.parseLong(words[3]),
                Long.parseLong(words[4]));
    }

    private static @Nullable String name(String word) {
        return word.isEmpty() ? null : word;
    }
}
