// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.handler.PermanentException;
import io.jobyard.doubles.FakeJobContext;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SleepTest {

    private final AtomicLong nanos = new AtomicLong(-5);
    private final Sleep sleep = new Sleep(nanos::get, millis -> nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis)));

    @AfterEach
    void leaveNoInterrupt() {
        Thread.interrupted();
    }

    @Test
    void returnsHowLongItSlept() throws Exception {
        assertThat(sleep.handle(asked(1_250))).isEqualTo(Map.of("millis", 1_250L));
    }

    @Test
    void reportsProgressTenTimesASecond() throws Exception {
        FakeJobContext context = asked(350);

        sleep.handle(context);

        assertThat(context.progress)
                .containsExactly("0/350 asleep", "100/350 asleep", "200/350 asleep", "300/350 asleep");
    }

    @Test
    void doesNotSleepForZero() throws Exception {
        assertThat(sleep.handle(asked(0))).isEqualTo(Map.of("millis", 0L));
    }

    @Test
    void endsAtAnInterrupt() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> new Sleep().handle(asked(60_000))).isInstanceOf(InterruptedException.class);
    }

    @ParameterizedTest
    @MethodSource
    void refusesWhatIsNoDuration(Object millis) {
        assertThatThrownBy(() -> sleep.handle(asked(millis)))
                .isInstanceOf(PermanentException.class)
                .hasMessage("out of range: millis of a sleep job must be a whole number from 0 to 86400000, but is "
                        + millis);
    }

    static Object[] refusesWhatIsNoDuration() {
        return new Object[] {null, "100", -1, 1.5, 86_400_001L, Double.NaN};
    }

    private static FakeJobContext asked(Object millis) {
        Map<String, Object> payload = new HashMap<>();
        payload.put("millis", millis);
        return new FakeJobContext(payload);
    }
}
