// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.api.Progress;
import io.jobyard.spi.jobs.LiveRun;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RunNoticeTest {

    private static final JobId ONE = new JobId(new UUID(1, 2));
    private static final JobId TWO = new JobId(new UUID(3, 4));
    private static final Instant T0 = Instant.parse("2026-11-28T02:03:04.123456Z");

    @Test
    void whatIsWrittenIsReadAgain() {
        Map<JobId, LiveRun> runs = Map.of(
                ONE,
                        new LiveRun(
                                3,
                                T0,
                                new Progress(4, 10, "a\tb\\n\nc\r\u00fc", T0.plusSeconds(1)),
                                T0.plusSeconds(60),
                                null),
                TWO, new LiveRun(1, null, null, null, "the host stops"));
        assertThat(RunNotice.read(RunNotice.write(runs))).isEqualTo(runs);
        assertThat(RunNotice.read(RunNotice.write(Map.of()))).isEmpty();
    }

    @Test
    void aLongTextIsCut() {
        LiveRun run = new LiveRun(1, T0, new Progress(1, 2, "x".repeat(499) + "\ud83d\ude00 and more", T0), null, null);
        LiveRun read = RunNotice.read(RunNotice.write(Map.of(ONE, run))).get(ONE);
        assertThat(read.progress().text()).isEqualTo("x".repeat(499) + "…");
    }

    @Test
    void whatAnotherVersionOfTheProgramTellsIsLeftAside() {
        String known = RunNotice.write(Map.of(ONE, new LiveRun(1, T0, null, null, "it stops")));
        assertThat(RunNotice.read("something new\n" + known)).containsOnlyKeys(ONE);
    }
}
