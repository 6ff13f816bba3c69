// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How long hosts took to take jobs again, from the call of {@code bin/jobyard start} to its return. */
final class Ready {

    private final List<Duration> times = new ArrayList<>();

    void add(Duration time) {
        times.add(time);
    }

    int count() {
        return times.size();
    }

    String summary() {
        List<Duration> sorted = times.stream().sorted().toList();
        int last = sorted.size() - 1;
        return String.format(
                Locale.ROOT,
                "%d starts, ready after %s s (least), %s (median), %s (90 of 100), %s (99 of 100), %s (most); %d above 10 s",
                sorted.size(),
                seconds(sorted.get(0)),
                seconds(sorted.get(last / 2)),
                seconds(sorted.get(last * 9 / 10)),
                seconds(sorted.get(last * 99 / 100)),
                seconds(sorted.get(last)),
                sorted.stream().filter(time -> time.toSeconds() >= 10).count());
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f", time.toMillis() / 1000.0);
    }
}
