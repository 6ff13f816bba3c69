// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** By the histories of its jobs: whether what limits a queue has held, on all hosts together and whoever was the leader. */
final class LimitsKept {

    /** The clocks of two hosts, as each measures that of their database. */
    private static final Duration APART = Duration.ofMillis(100);

    /** Of whom a failure tells. */
    private static final int LATEST = 6;

    private final String queue;
    private final List<List<Event>> histories;

    LimitsKept(String queue, List<List<Event>> histories) {
        this.queue = queue;
        this.histories = histories;
    }

    static LimitsKept of(String queue, Story story) {
        return new LimitsKept(
                queue,
                story.jobs().entrySet().stream()
                        .filter(job -> job.getValue().text("queue").equals(queue))
                        .map(job -> story.histories().get(job.getKey()))
                        .toList());
    }

    /** Never more of its jobs ran at once. */
    void checkRunningAtOnce(int most) {
        List<Event> events = histories.stream()
                .flatMap(List::stream)
                .filter(event -> event.isStart() || event.isEnd())
                .sorted(Comparator.comparing((Event event) ->
                                event.isStart() ? event.at() : event.at().minus(APART))
                        .thenComparing(Event::isStart))
                .toList();
        int running = 0;
        for (Event event : events) {
            running += event.isStart() ? 1 : -1;
            assertThat(running).as(event::toString).isLessThanOrEqualTo(most);
        }
    }

    /** In no stretch of time more of them started. */
    void checkRate(int perSecond, int burst) {
        double left = burst;
        Instant before = Instant.EPOCH;
        List<Event> starts = starts();
        for (int n = 0; n < starts.size(); n++) {
            Instant at = starts.get(n).at();
            double since = Duration.between(before, at).toNanos() / 1e9;
            left = Math.min(burst, left + perSecond * since) - 1;
            before = at;
            assertThat(left)
                    .as("left of the rate of %s after %s", queue, starts.subList(Math.max(0, n - LATEST), n + 1))
                    .isGreaterThanOrEqualTo(-perSecond * APART.toNanos() / 1e9);
        }
    }

    /** In no period more started than what a budget has for, at so much each. */
    void checkBudget(int each, int budget, Duration period) {
        Map<Long, Integer> used = new HashMap<>();
        for (Event start : starts()) {
            long millis = start.at().toEpochMilli();
            if (millis % period.toMillis() > APART.toMillis()) { // else it may be of the one before
                used.merge(millis / period.toMillis(), each, Integer::sum);
            }
        }
        used.forEach((number, amount) -> assertThat(amount)
                .as("used by %s in the period from %s", queue, Instant.ofEpochMilli(number * period.toMillis()))
                .isLessThanOrEqualTo(budget));
    }

    /** In their order, but for those whose runs may not have begun: they gave back what they had taken. */
    private List<Event> starts() {
        return histories.stream()
                .flatMap(LimitsKept::begun)
                .sorted(Comparator.comparing(Event::at))
                .toList();
    }

    private static Stream<Event> begun(List<Event> events) {
        List<Event> begun = new ArrayList<>();
        for (Event event : events) {
            if (event.isStart()) {
                begun.add(event);
            } else if (event.isEnd()
                    && (event.to().equals("cancelled") || event.reason().equals("interrupted"))) {
                begun.remove(begun.size() - 1);
            }
        }
        return begun.stream();
    }
}
