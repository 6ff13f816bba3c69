// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Progress;
import io.jobyard.api.handler.EndReason;
import io.jobyard.doubles.Stub;
import io.jobyard.spi.cluster.HostNotices;
import io.jobyard.spi.cluster.RunNotice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RunNoticesTest {

    private final AtomicLong nanos = new AtomicLong();
    private final List<Run> runs = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final RunNotices notices = new RunNotices(
            Stub.<HostNotices>of(HostNotices.class)
                    .on("post", arguments -> told.add((String) arguments[1]) ? null : null)
                    .get(),
            () -> runs,
            nanos::get);
    private final Run run = new Run(
            new AssignmentFixture(new UUID(0, 1)).of("work", null, "{}", 5), RunThread.WORKER, nanos::get, run -> {});

    private void look(boolean anybodyAsks) {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        notices.look(anybodyAsks);
    }

    @Test
    void nothingIsToldWhileNothingReportsProgressOrNobodyAsks() {
        look(true);
        runs.add(run);
        look(true);
        run.progress(new Progress(1, 2, "half", Instant.EPOCH));
        look(false);
        assertThat(told).isEmpty();
    }

    @Test
    void eachChangeIsToldOnceAndNotTooOften() {
        runs.add(run);
        run.progress(new Progress(1, 2, "half", Instant.EPOCH));
        look(true);
        look(true);
        assertThat(told).hasSize(1);
        assertThat(RunNotice.read(told.get(0))).isEqualTo(Map.of(run.id(), run.view()));

        run.progress(new Progress(2, 2, "all", Instant.EPOCH));
        notices.look(true);
        assertThat(told).hasSize(1);
        look(true);
        assertThat(told).hasSize(2);

        runs.clear();
        look(true);
        assertThat(told).hasSize(3).endsWith("");
    }

    @Test
    void theExtensionOfARunIsToldToo() {
        runs.add(run);
        run.begin(Instant.EPOCH, new StepFixture().workers.handle("work", context -> Map.of()), List.of());
        look(true);
        assertThat(told).isEmpty();
        run.clock.extend(Duration.ofHours(1), TypeSettings.LONGEST_RUN);
        look(true);
        assertThat(RunNotice.read(told.get(0)).get(run.id()).extendedTo()).isEqualTo(Instant.EPOCH.plusSeconds(3_601));
    }

    @Test
    void whyARunIsToEndIsToldToo() {
        runs.add(run);
        run.end(EndReason.CANCELLED);
        look(true);
        assertThat(RunNotice.read(told.get(0)).get(run.id()).ending()).contains("its job was cancelled");
    }
}
