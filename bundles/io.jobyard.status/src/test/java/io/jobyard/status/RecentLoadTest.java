// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Load;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentLoadTest {

    private static final Instant T0 = Instant.parse("2030-01-01T00:00:00Z");

    private final RecentLoad load = new RecentLoad();

    private static Load at(long seconds, long queued, long running) {
        return new Load(T0.plusSeconds(seconds), queued, running);
    }

    private void is(long seconds, long queued, long running) {
        load.is(T0.plusSeconds(seconds), queued, running);
    }

    private List<Load> until(long seconds) {
        return load.until(T0.plusSeconds(seconds));
    }

    @Test
    void nothingIsKnownOfTimesBeforeTheBeginning() {
        assertThat(until(7)).isEmpty();
        is(11, 3, 1);
        assertThat(until(12)).containsExactly(at(10, 3, 1));
    }

    @Test
    void eachStepHasWhatWasLastUntilThen() {
        is(0, 1, 0);
        is(1, 9, 0);
        is(4, 2, 0);
        is(16, 0, 2);
        assertThat(until(24)).containsExactly(at(0, 2, 0), at(5, 2, 0), at(10, 2, 0), at(15, 0, 2), at(20, 0, 2));
    }

    @Test
    void whatWasLongAgoHoldsUntilTheNextChange() {
        is(0, 5, 0);
        is(10, 4, 0);
        is(2_000, 0, 0);
        assertThat(until(2_004)).hasSize(181).startsWith(at(1_100, 4, 0)).endsWith(at(1_995, 4, 0), at(2_000, 0, 0));
        assertThat(until(9_000)).hasSize(181).allMatch(each -> each.queued() == 0);
    }

    @Test
    void noMoreIsKeptThanIsTold() {
        for (int second = 0; second < 10_000; second += 5) {
            is(second, second, 0);
        }
        assertThat(until(9_999)).hasSize(181).startsWith(at(9_095, 9_095, 0));
    }

    @Test
    void aClockThatIsSetBackStartsOverFromThere() {
        is(100, 7, 0);
        is(50, 1, 0);
        assertThat(until(60)).containsExactly(at(50, 1, 0), at(55, 1, 0), at(60, 1, 0));
    }
}
