// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** By the histories: whether what limits a queue has held, on all hosts together and whoever was the steward. */
final class LimitsKept {

    /** The clocks of two hosts, as each measures that of their database. */
    private static final Duration APART = Duration.ofMillis(100);

    private final Story story;

    LimitsKept(Story story) {
        this.story = story;
    }

    private Stream<List<Event>> of(String queue) {
        return story.jobs().entrySet().stream()
                .filter(job -> job.getValue().text("queue").equals(queue))
                .map(job -> story.histories().get(job.getKey()));
    }

    /** Never more of its jobs ran at once. */
    void checkRunningAtOnce(String queue, int most) {
        List<Event> events = of(queue)
                .flatMap(List::stream)
                .filter(event -> event.isStart() || event.from().equals("running"))
                .filter(event -> !event.to().equals(event.from()))
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
    void checkRate(String queue, int perSecond, int burst) {
        double left = burst;
        Instant before = Instant.EPOCH;
        for (Instant start : starts(queue)) {
            double since = Duration.between(before, start).toNanos() / 1e9;
            left = Math.min(burst, left + perSecond * since) - 1;
            before = start;
            assertThat(left)
                    .as("left of the rate of %s at %s", queue, start)
                    .isGreaterThanOrEqualTo(-perSecond * APART.toNanos() / 1e9);
        }
    }

    /** In no period more started than what a budget has for, at so much each. */
    void checkBudget(String queue, int each, int budget, Duration period) {
        Map<Long, Integer> used = new HashMap<>();
        for (Instant start : starts(queue)) {
            long millis = start.toEpochMilli();
            if (millis % period.toMillis() > APART.toMillis()) { // else it may be of the one before
                used.merge(millis / period.toMillis(), each, Integer::sum);
            }
        }
        used.forEach((number, amount) -> assertThat(amount)
                .as("used by %s in the period from %s", queue, Instant.ofEpochMilli(number * period.toMillis()))
                .isLessThanOrEqualTo(budget));
    }

    /** In their order, but for those that gave back what they had taken: who is cancelled may not have begun. */
    private List<Instant> starts(String queue) {
        return of(queue)
                .flatMap(events -> IntStream.range(0, events.size())
                        .filter(n -> events.get(n).isStart())
                        .filter(n -> n + 1 == events.size()
                                || !events.get(n + 1).to().matches("running|cancelled"))
                        .mapToObj(n -> events.get(n).at()))
                .sorted()
                .toList();
    }
}
