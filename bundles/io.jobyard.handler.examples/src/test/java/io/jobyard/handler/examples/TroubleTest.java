// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.handler.PermanentException;
import io.jobyard.doubles.FakeJobContext;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TroubleTest {

    @Test
    void flakyFailsSoManyAttemptsAndThenCompletes() {
        Flaky flaky = new Flaky();
        FakeJobContext second = new FakeJobContext(Map.of(), 2);
        assertThatThrownBy(() -> flaky.handle(new Flaky.Failures(2), second)).hasMessage("attempt 2 of 2 that fail");
        assertThat(second.log).containsExactly("attempt 2 of 2 that fail");
        assertThat(flaky.handle(new Flaky.Failures(2), new FakeJobContext(Map.of(), 3)))
                .isEqualTo(new Flaky.LastAttempt(3));
    }

    @Test
    void stubbornGoesOnThroughAnInterrupt() {
        long start = System.nanoTime();
        Thread.currentThread().interrupt();
        new Stubborn().handle(new Stubborn.RunTime(50), new FakeJobContext(Map.of()));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(50));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void crashIsRefusedUnlessTheConfigurationAllowsIt() {
        assertThatThrownBy(() -> new Crash(Map.of()).handle(new FakeJobContext(Map.of())))
                .isInstanceOf(PermanentException.class)
                .hasMessageContaining("allow.crash = true in io.jobyard.handler.examples");
    }
}
