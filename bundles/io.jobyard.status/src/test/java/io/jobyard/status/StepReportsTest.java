// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.JobId;
import io.jobyard.api.JobNotFoundException;
import io.jobyard.api.JobSignal;
import io.jobyard.api.JobStep;
import io.jobyard.api.StepKind;
import io.jobyard.api.StreamPiece;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.steps.CallbackToken;
import io.jobyard.spi.steps.RunOutput;
import io.jobyard.spi.steps.StoredSignal;
import io.jobyard.spi.steps.StoredStep;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a job keeps from one run to the next, as it is told. */
class StepReportsTest {

    private final StoredJobsFixture records = new StoredJobsFixture();
    private final StepReports reports = new StepReports(records.store, records.store.work());
    private JobId id;
    private Assignment run;

    @BeforeEach
    void start() {
        id = records.admit(null, 5);
        run = records.start(id);
    }

    @Test
    void stepsAreToldWithoutTheirValues() {
        keep(
                StoredStep.done(1, "fetch", 1, at(1), at(3), "{\"pages\":[1,2]}"),
                StoredStep.begun(2, "signal approved", StepKind.SIGNAL, 1, at(4), at(64), "approved"));
        assertThat(reports.steps(id))
                .containsExactly(
                        new JobStep(
                                1,
                                "fetch",
                                StepKind.STEP,
                                1,
                                new JobStep.StepTimes(at(1), at(3), null, false),
                                List.of(),
                                15,
                                0),
                        new JobStep(
                                2,
                                "signal approved",
                                StepKind.SIGNAL,
                                1,
                                new JobStep.StepTimes(at(4), null, at(64), false),
                                List.of(),
                                0,
                                0));
    }

    @Test
    void aValueIsAnyJsonHoweverLarge() {
        String large = "x".repeat(100_000);
        keep(
                StoredStep.done(1, "object", 1, at(1), at(1), "{\"pages\":[1,2]}"),
                StoredStep.done(2, "list", 1, at(1), at(1), "[null,true]"),
                StoredStep.done(3, "text", 1, at(1), at(1), "\"" + large + "\""),
                StoredStep.done(4, "null", 1, at(1), at(1), "null"),
                StoredStep.begun(5, "sleep 1", StepKind.SLEEP, 1, at(4), at(64), null));
        assertThat(reports.value(id, "object")).contains(Map.of("pages", List.of(1, 2)));
        assertThat(reports.value(id, "list").orElseThrow().toString()).isEqualTo("[null, true]");
        assertThat(reports.value(id, "text")).contains(large);
        assertThat(reports.value(id, "null")).isEmpty();
        assertThat(reports.value(id, "sleep 1")).isEmpty();
    }

    @Test
    void aStepThatIsNotThereIsNamedWithThoseThatAre() {
        assertThatThrownBy(() -> reports.value(id, "fetch"))
                .isInstanceOf(ValidationException.class)
                .hasMessage("unknown step 'fetch': job " + id + " has none");
        keep(IntStream.rangeClosed(1, 22)
                .mapToObj(number -> StoredStep.done(number, "part " + number, 1, at(1), at(1), "1"))
                .toArray(StoredStep[]::new));
        assertThatThrownBy(() -> reports.value(id, "prat\u001b"))
                .isInstanceOf(ValidationException.class)
                .hasMessageStartingWith("unknown step 'prat\\u001b': job " + id + " has part 1, part 2, ")
                .hasMessageEndingWith("part 20 and 2 more");
    }

    @Test
    void signalsThatNothingHasTakenAreToldButTheNameOfACallbackIsASecret() {
        CallbackToken token = CallbackToken.of(id, new Random(1));
        keep(StoredStep.begun(1, "callback 1", StepKind.CALLBACK, 1, at(1), at(64), token.signal()));
        for (String name : List.of("approved", token.signal())) {
            records.store
                    .work()
                    .signal(id, new StoredSignal(0, name, at(2), "ann", false, "true"), waiting -> {
                        throw new AssertionError("it runs");
                    })
                    .join();
        }
        assertThat(reports.signals(id)).containsExactly(new JobSignal("approved", at(2), "ann"));
    }

    @Test
    void theStreamIsReadFromAPositionOn() {
        records.store
                .work()
                .emit(run, List.of(new StreamPiece(0, 1, at(1), "Hel"), new StreamPiece(0, 1, at(2), "lo\n")))
                .join();
        assertThat(reports.stream(id, 0, 10_000)).extracting(StreamPiece::text).containsExactly("Hel", "lo\n");
        assertThat(reports.stream(id, 1, 1)).containsExactly(new StreamPiece(2, 1, at(2), "lo\n"));
        assertThat(reports.stream(id, 2, 1)).isEmpty();
        for (int limit : new int[] {0, 10_001}) {
            assertThatThrownBy(() -> reports.stream(id, 0, limit))
                    .isInstanceOf(ValidationException.class)
                    .hasMessage("limit " + limit + " is out of range: use 1 to 10000");
        }
    }

    @Test
    void anUnknownJobIsTold() {
        JobId unknown = new JobId(new UUID(9, 9));
        assertThatThrownBy(() -> reports.steps(unknown)).isInstanceOf(JobNotFoundException.class);
        assertThatThrownBy(() -> reports.value(unknown, "a")).isInstanceOf(JobNotFoundException.class);
        assertThatThrownBy(() -> reports.signals(unknown)).isInstanceOf(JobNotFoundException.class);
        assertThatThrownBy(() -> reports.stream(unknown, 0, 1)).isInstanceOf(JobNotFoundException.class);
        assertThat(reports.steps(id)).isEmpty();
        assertThat(reports.signals(id)).isEmpty();
        assertThat(reports.stream(id, 0, 1)).isEmpty();
    }

    private void keep(StoredStep... steps) {
        assertThat(records.store
                        .work()
                        .keep(run, List.of(steps), RunOutput.NONE)
                        .join())
                .isTrue();
    }

    private static Instant at(int second) {
        return StoredJobsFixture.START.plusSeconds(second);
    }
}
