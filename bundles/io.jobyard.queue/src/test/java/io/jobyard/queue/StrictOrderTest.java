// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.Blocker;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.settings.api.InvalidSettingsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code order = strict} of a limit: no job of a value starts before each started job of the value has ended. */
class StrictOrderTest {

    private final LanesFixture fixture = new LanesFixture();

    @ParameterizedTest
    @CsvSource({"1, false", "200, false", "1, true", "200, true"})
    void aStartedJobThatWaitsHoldsItsValue(int values, boolean isRestarted) {
        strict();
        JobId first = submit("m0");
        IntStream.range(1, values).forEach(n -> submit("m" + n));
        JobId second = submit("m0");
        assertThat(fixture.start(9 * values)).hasSize(values).contains(first);
        fixture.move(first, JobStatus.WAITING);
        restart(isRestarted);
        assertThat(fixture.start(9)).isEmpty();

        fixture.move(first, JobStatus.QUEUED);
        restart(isRestarted);
        assertThat(fixture.start(9)).containsExactly(first);
        fixture.move(first, JobStatus.COMPLETED);
        assertThat(fixture.start(9)).containsExactly(second);
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPLETED", "FAILED", "CANCELLED"})
    void theNextJobStartsAfterAnyEndOfAWaitingJob(JobStatus end) {
        strict();
        JobId first = submit("m");
        JobId second = submit("m");
        assertThat(fixture.start(9)).containsExactly(first);
        fixture.move(first, JobStatus.WAITING);
        assertThat(fixture.start(9)).isEmpty();
        fixture.move(first, end);
        assertThat(fixture.start(9)).containsExactly(second);
    }

    @Test
    void aStartedJobStartsBeforeAJobOfAHigherPriority() {
        strict();
        JobId first = submit("m");
        assertThat(fixture.start(9)).containsExactly(first);
        JobId urgent = fixture.submitLimited("b", 1, Map.of(), "models=m");
        fixture.move(first, JobStatus.QUEUED);
        assertThat(fixture.start(9)).containsExactly(first);
        fixture.move(first, JobStatus.COMPLETED);
        assertThat(fixture.start(9)).containsExactly(urgent);
    }

    @Test
    void aJobThatHasNotStartedHoldsNothing() {
        strict();
        JobId later = submit("m");
        fixture.move(later, JobStatus.WAITING);
        JobId next = submit("m");
        assertThat(fixture.start(9)).containsExactly(next);
    }

    @Test
    void jobsWithoutAValueAreNotOrdered() {
        strict();
        JobId first = fixture.submitLimited("a", 5, Map.of(), "models");
        JobId second = fixture.submitLimited("a", 5, Map.of(), "models");
        assertThat(fixture.start(9)).containsExactly(first);
        fixture.move(first, JobStatus.WAITING);
        assertThat(fixture.start(9)).containsExactly(second);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anotherValueReleasesTheOldOne(boolean isRestarted) {
        strict();
        JobId first = submit("m");
        JobId second = submit("m");
        assertThat(fixture.start(9)).containsExactly(first);
        fixture.move(first, JobStatus.WAITING);
        fixture.change(first, new JobChange().limits("models=n"));
        restart(isRestarted);
        JobId ofNew = submit("n");
        assertThat(fixture.start(9)).containsExactly(second);
        fixture.move(first, JobStatus.CANCELLED);
        assertThat(fixture.start(9)).containsExactly(ofNew);
    }

    @Test
    void theOrderAppliesFromTheNextDecisionOn() {
        fixture.limit("models", "running.max", "1", "key", "payload.model");
        JobId first = submit("m");
        assertThat(fixture.start(9)).containsExactly(first);
        fixture.move(first, JobStatus.WAITING);
        strict();
        JobId second = submit("m");
        assertThat(fixture.start(9)).isEmpty();
        fixture.limit("models", "running.max", "1", "key", "payload.model", "order", "ready");
        assertThat(fixture.start(9)).containsExactly(second);
    }

    @Test
    void explainAndLimitsNameTheStartedJob() {
        strict();
        JobId first = submit("m");
        JobId second = submit("m");
        assertThat(fixture.start(9)).containsExactly(first);
        fixture.move(first, JobStatus.WAITING);
        Blocker blocker =
                new Blocker("limit", "models=m: job " + first + " has started and not ended (order = strict)", null);
        assertThat(fixture.view(second).shutBy()).containsExactly(blocker);
        assertThat(fixture.lanes.limits.limits().get(0).values().most().get(0).shutBy())
                .containsExactly(blocker);
        fixture.open();
        assertThat(fixture.view(second).shutBy())
                .containsExactly(
                        new Blocker("limit", "models=m: another job has started and not ended (order = strict)", null));
        fixture.move(first, JobStatus.QUEUED);
        assertThat(fixture.view(first).shutBy()).isEmpty();
    }

    /** A held value costs a decision nothing: its lanes are skipped until the started job ends. */
    @Test
    void heldValuesDoNotBlockOthers() {
        strict();
        for (int n = 0; n < 500; n++) {
            JobId held = submit("m" + n);
            assertThat(fixture.start(1)).containsExactly(held);
            fixture.move(held, JobStatus.WAITING);
            submit("m" + n);
        }
        assertThat(fixture.start(9)).isEmpty();
        fixture.clock.advance(Duration.ofSeconds(1));
        JobId free = submit("free");
        assertThat(fixture.start(9)).containsExactly(free);
    }

    @Test
    void aCombinationThatCannotWorkIsRefused() {
        assertThat(refusal("order", "strict")).contains("requires key");
        assertThat(refusal("order", "strict", "key", "label.tenant", "running.max", "2"))
                .contains("set running.max = 1 or omit it");
        assertThat(refusal("order", "strict", "key", "label.tenant", "adaptive", "1..9"))
                .contains("cannot be combined");
        assertThat(refusal("order", "loose", "key", "label.tenant", "running.max", "1"))
                .contains("use ready or strict");
    }

    private String refusal(String... keysAndValues) {
        List<String> messages = new ArrayList<>();
        assertThatThrownBy(() -> fixture.limit("models", keysAndValues))
                .isInstanceOf(InvalidSettingsException.class)
                .satisfies(refused -> messages.add(refused.getMessage()));
        return messages.get(0);
    }

    private void restart(boolean isRestarted) {
        if (isRestarted) {
            fixture.open();
        }
    }

    private void strict() {
        fixture.limit("models", "key", "payload.model", "order", "strict");
    }

    private JobId submit(String value) {
        return fixture.submitLimited("a", 5, Map.of(), "models=" + value);
    }
}
