// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.HistoryEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Test;

/** Whether {@link LimitsKept} finds what a rate or a budget does not allow, and nothing else. */
public class LimitsKeptIT {

    private static final Instant T0 = Instant.parse("2026-11-28T12:00:01Z");
    private static final Duration PERIOD = Duration.ofSeconds(10);

    /** Three a second and two at once: the third comes too early, by more than clocks are apart. */
    private static final List<Integer> TOO_EARLY = List.of(0, 0, 100);

    @Test
    public void findsAStartThatComesTooEarly() {
        hasHeld(of(Stream.of(0, 0, 340, 670), "completed", ""));
        hasNotHeld(of(TOO_EARLY.stream(), "completed", ""));
        hasNotHeld(of(TOO_EARLY.stream(), "queued", "host lost"));
        hasNotHeld(of(TOO_EARLY.stream(), "failed", "crash"));
    }

    @Test
    public void aRunThatMayNotHaveBegunHasGivenBackWhatItHadTaken() {
        List<List<Event>> begun = of(Stream.of(0, 100), "completed", "");

        hasHeld(and(begun, of(Stream.of(0), "queued", "interrupted")));
        hasHeld(and(begun, of(Stream.of(0), "cancelled", "")));
    }

    @Test
    public void aCancelThatCameTooLateGivesNothingBack() {
        hasNotHeld(TOO_EARLY.stream()
                .map(millis -> List.of(start(millis), end(millis, "running", ""), end(millis, "completed", "")))
                .toList());
    }

    @Test
    public void findsAStartThatABudgetDoesNotAllow() {
        LimitsKept kept = new LimitsKept("paced", of(Stream.of(0, 1_000, 2_000), "completed", ""));

        assertThatCode(() -> kept.checkBudget(2, 6, PERIOD)).doesNotThrowAnyException();
        assertThatThrownBy(() -> kept.checkBudget(2, 5, PERIOD)).isInstanceOf(AssertionError.class);
    }

    private static void hasHeld(List<List<Event>> histories) {
        assertThatCode(() -> new LimitsKept("paced", histories).checkRate(3, 2)).doesNotThrowAnyException();
    }

    private static void hasNotHeld(List<List<Event>> histories) {
        assertThatThrownBy(() -> new LimitsKept("paced", histories).checkRate(3, 2))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("left of the rate of paced");
    }

    private static List<List<Event>> and(List<List<Event>> some, List<List<Event>> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    /** Jobs that start so many milliseconds later, and whose runs end so. */
    private static List<List<Event>> of(Stream<Integer> starts, String to, String reason) {
        return starts.map(millis -> List.of(start(millis), end(millis, to, reason)))
                .toList();
    }

    private static Event start(int millis) {
        return event(millis, "queued", "running", "");
    }

    private static Event end(int millis, String to, String reason) {
        return event(millis + 50, "running", to, reason);
    }

    private static Event event(int millis, String from, String to, String reason) {
        return new Event(1, T0.plusMillis(millis), HistoryEvent.HOST, from, to, reason, 1, 1, 1, 1);
    }
}
