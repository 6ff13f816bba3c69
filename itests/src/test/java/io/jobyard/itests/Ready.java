// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How long hosts took to take jobs again, from the call of {@code bin/jobyard run} until they said so, and how busy the machine
 * was.
 */
final class Ready {

    private static final int IDLE_MILLIS = 3_000;

    private final List<Duration> times = new ArrayList<>();
    private final List<Double> loads = new ArrayList<>();

    void add(Duration time) {
        times.add(time);
        loads.add(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** The median; while there is none, as on an idle machine. */
    int usualMillis() {
        List<Duration> sorted = times.stream().sorted().toList();
        return sorted.isEmpty()
                ? IDLE_MILLIS
                : (int) sorted.get(sorted.size() / 2).toMillis();
    }

    int count() {
        return times.size();
    }

    String summary() {
        List<Duration> sorted = times.stream().sorted().toList();
        List<Double> load = loads.stream().sorted().toList();
        int last = sorted.size() - 1;
        return String.format(
                Locale.ROOT,
                "%d starts, ready after %s (least), %s (median), %s (90 of 100), %s (99 of 100), %s (most); %d above"
                        + " 10 s; machine's load %.1f (median), %.1f (most) on %d processors",
                sorted.size(),
                seconds(sorted.get(0)),
                seconds(sorted.get(last / 2)),
                seconds(sorted.get(last * 9 / 10)),
                seconds(sorted.get(last * 99 / 100)),
                seconds(sorted.get(last)),
                sorted.stream().filter(time -> time.toSeconds() >= 10).count(),
                load.get(last / 2),
                load.get(last),
                Runtime.getRuntime().availableProcessors());
    }

    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
