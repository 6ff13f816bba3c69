// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.HandlerName;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobSpecificationBuilder;
import io.jobyard.api.JobStatus;
import io.jobyard.api.KeyPolicy;
import io.jobyard.api.PayloadHistory;
import io.jobyard.spi.handlers.HandlerInfo;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.running.Outcome;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a job's history tells of its payload, and how a run adds to it. */
class PayloadHistoryTest {

    private final SchedulerFixture scheduler = new SchedulerFixture();

    private void serve(String version) {
        scheduler.handlers.go("work");
        scheduler.handlers.handlers.add(new HandlerInfo("work", version, "test " + version, "active", 0, 1));
    }

    private String madeFor(JobId id) {
        return PayloadHistory.madeFor(scheduler.memory.history(id))
                .map(HandlerName::version)
                .orElse("none");
    }

    @Test
    void aPayloadIsMadeForTheHandlerThatWouldHaveGotItAtItsSubmit() {
        JobId id = scheduler.submit();
        serve("2.0.0");
        scheduler.finish(scheduler.claim(id), new Outcome.GivenBack("its handler left"));

        assertThat(madeFor(id)).isEqualTo("1.0.0");
        assertThat(madeFor(scheduler.submit())).isEqualTo("2.0.0");
        assertThat(madeFor(scheduler.submit(SchedulerFixture.spec().handlerVersion("[1,2)"))))
                .isEqualTo("none");
    }

    @Test
    void oneThatNoHandlerWasThereForIsMadeForTheFirstThatGetsIt() {
        scheduler.handlers.go("work");
        JobId id = scheduler.submit();
        assertThat(madeFor(id)).isEqualTo("none");
        serve("2.0.0");
        Assignment first = scheduler.claim(id);
        serve("3.0.0");
        scheduler.finish(first, new Outcome.GivenBack("its handler left"));
        scheduler.claim(id);

        assertThat(madeFor(id)).isEqualTo("2.0.0");
    }

    @Test
    void aLaterSubmitWithItsKeyIsMadeForTheHandlerOfThen() {
        JobSpecificationBuilder keyed =
                JobSpecification.type("work").payload(Map.of()).key("k").keyPolicy(KeyPolicy.REPLACE);
        JobId id = scheduler.submit(keyed);
        serve("2.0.0");
        assertThat(scheduler.submit(keyed)).isEqualTo(id);

        assertThat(madeFor(id)).isEqualTo("2.0.0");
    }

    @Test
    void whatARunDoesToThePayloadIsToldWhileItRuns() {
        JobId id = scheduler.submit();
        Assignment run = scheduler.claim(id);
        Duration queued = Duration.ofSeconds(1);
        scheduler.clock.advance(queued);

        assertThat(scheduler
                        .engine
                        .note(run, PayloadHistory.MIGRATED + "from 1 to 2 by A")
                        .join())
                .isTrue();
        assertThat(scheduler.status(id)).isEqualTo(JobStatus.RUNNING);
        assertThat(PayloadHistory.migrated(scheduler.memory.history(id))).contains("from 1 to 2 by A");
        assertThat(scheduler.finish(run, new Outcome.Failed("broken", false, null)))
                .isTrue();
        assertThat(PayloadHistory.migrated(scheduler.memory.history(id))).contains("from 1 to 2 by A");

        scheduler.clock.advance(Duration.ofHours(1));
        scheduler.tidy();
        Assignment next = scheduler.claim(id);
        assertThat(PayloadHistory.migrated(scheduler.memory.history(id)))
                .as("of the latest run")
                .isEmpty();
        scheduler.manager.cancel(id);
        assertThat(scheduler.engine.note(next, "late").join())
                .as("a cancel that was asked meanwhile")
                .isTrue();
        assertThat(scheduler.stored(id).books().cancelRequested()).isTrue();
        assertThat(scheduler.finish(next, new Outcome.Completed("{}"))).isTrue();
        assertThat(scheduler.status(id)).isEqualTo(JobStatus.CANCELLED);
    }

    @Test
    void whoHoldsTheRunNoMoreAddsNothing() {
        JobId id = scheduler.submit();
        Assignment run = scheduler.claim(id);
        scheduler.finish(run, new Outcome.GivenBack("its handler left"));
        scheduler.claim(id);
        int lines = scheduler.memory.history(id).size();

        assertThat(scheduler.engine.note(run, "late").join()).isFalse();
        assertThat(scheduler.memory.history(id)).hasSize(lines);
    }
}
