// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.doubles.FakeJobContext;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SleepTest {

    private final FakeJobContext context = new FakeJobContext(Map.of());
    private final AtomicLong nanos = new AtomicLong(-5);
    private final Sleep sleep = new Sleep(nanos::get, millis -> nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis)));

    @AfterEach
    void leaveNoInterrupt() {
        Thread.interrupted();
    }

    @Test
    void returnsHowLongItSlept() throws Exception {
        assertThat(sleep.handle(new Sleep.Time(1_250), context)).isEqualTo(new Sleep.SleptTime(1_250));
    }

    @Test
    void reportsProgressTenTimesASecond() throws Exception {
        sleep.handle(new Sleep.Time(350), context);

        assertThat(context.progress)
                .containsExactly("0/350 asleep", "100/350 asleep", "200/350 asleep", "300/350 asleep");
    }

    @Test
    void doesNotSleepForZero() throws Exception {
        assertThat(sleep.handle(new Sleep.Time(0), context)).isEqualTo(new Sleep.SleptTime(0));
    }

    @Test
    void endsAtAnInterrupt() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> new Sleep().handle(new Sleep.Time(60_000), context))
                .isInstanceOf(InterruptedException.class);
    }
}
