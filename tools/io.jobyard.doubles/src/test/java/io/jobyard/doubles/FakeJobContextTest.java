// SPDX-License-Identifier: Apache-2.0
package io.jobyard.doubles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.handler.CallbackFailedException;
import io.jobyard.api.handler.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a handler meets that is tested with it. */
class FakeJobContextTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final FakeJobContext context = new FakeJobContext(Map.of());

    @Test
    void aStepIsDoneOnceAndOneThatATestHasStoredIsNotDone() throws Exception {
        AtomicInteger works = new AtomicInteger();
        context.steps.put("fetched", 7);
        assertThat(context.step("fetched", Integer.class, works::incrementAndGet))
                .isEqualTo(7);
        assertThat(context.steps(
                        List.of(
                                Step.of("a", Integer.class, works::incrementAndGet),
                                Step.of("b", Integer.class, works::incrementAndGet)),
                        2))
                .containsExactly(1, 2);
        assertThat(context.step("a", Integer.class, works::incrementAndGet)).isEqualTo(1);
        assertThat(context.steps).containsOnlyKeys("fetched", "a", "b");
    }

    @Test
    void aStepIsTriedAsOftenAsItSays() throws Exception {
        AtomicInteger works = new AtomicInteger();
        Step<Integer> flaky = Step.of("flaky", Integer.class, () -> {
                    if (works.incrementAndGet() < 3) {
                        throw new IOException("no route");
                    }
                    return works.get();
                })
                .retried(2, Duration.ofMinutes(1));
        assertThat(context.step(flaky)).isEqualTo(3);
        works.set(-9);
        assertThatThrownBy(() -> context.step(new Step<>("other", Integer.class, flaky.work(), 2, Duration.ZERO, null)))
                .isInstanceOf(IOException.class);
        assertThat(works).hasValue(-6);
    }

    @Test
    void aSignalThatIsGivenIsTakenOnceAndOneThatIsNotDoesNotComeInTime() {
        context.given("approved", true).given("approved", false);
        assertThat(context.signal("approved", Boolean.class, HOUR)).contains(true);
        assertThat(context.signal("approved", Boolean.class, HOUR)).contains(false);
        assertThat(context.signal("approved", Boolean.class, HOUR)).isEmpty();
    }

    @Test
    void aCallbackIsAnsweredAsTheTestSays() {
        context.given("callback 2", new CallbackFailedException("quota exceeded"));
        assertThat(context.callback(HOUR).await(String.class)).isEmpty();
        assertThatThrownBy(() -> context.callback(HOUR).await(String.class)).hasMessage("quota exceeded");
    }

    @Test
    void sleepsAreOverAtOnceAndWhatIsEmittedIsCollected() {
        context.sleep(HOUR);
        context.emit("a");
        context.emit("b");
        context.heartbeat();
        assertThat(context.slept).containsExactly(HOUR);
        assertThat(context.emitted).hasToString("ab");
        assertThat(context.heartbeats).isEqualTo(1);
        assertThat(context.endReason()).isEmpty();
    }
}
