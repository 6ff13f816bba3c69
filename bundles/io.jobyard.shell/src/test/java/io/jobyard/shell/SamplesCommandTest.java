// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobSample;
import io.jobyard.api.SampleQuery;
import io.jobyard.api.SampleStep;
import io.jobyard.api.SampledCount;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplesCommandTest {

    private TestShell shell;

    @BeforeEach
    void open(@TempDir Path directory) {
        shell = new TestShell(directory);
    }

    @Test
    void theDefaultIsTheLastHourInMinutesAndTheLastWeekInHours() {
        assertThat(shell.call("samples").out()).startsWith("no samples since ");
        shell.call("samples", "--step", "hour", "--queue", "bulk", "--type", "echo");

        assertThat(shell.jobs.sampleQueries)
                .containsExactly(
                        new SampleQuery(
                                SampleStep.MINUTE,
                                FakeJobs.CREATED.minus(Duration.ofHours(1)),
                                FakeJobs.CREATED,
                                null,
                                null),
                        new SampleQuery(
                                SampleStep.HOUR,
                                FakeJobs.CREATED.minus(Duration.ofDays(7)),
                                FakeJobs.CREATED,
                                "bulk",
                                "echo"));
    }

    @Test
    void eachCountIsALine() {
        shell.jobs.samples.add(new JobSample(
                FakeJobs.CREATED.minusSeconds(60),
                List.of(new SampledCount("default", "echo", 12, 3, 1), new SampledCount(null, null, 2, 0, 0))));

        assertThat(shell.call("samples").out().lines().map(line -> line.replaceAll(" +", " ")))
                .hasSize(3)
                .anyMatch(line -> line.endsWith(" default echo 12 3 1"))
                .anyMatch(line -> line.endsWith(" (others) 2 0 0"));
    }

    @Test
    void invalidInputsAreRefusedWithTheValidOnes() {
        assertThat(shell.call("samples", "--step", "day").err())
                .contains("day")
                .contains("minute")
                .contains("hour");
        assertThat(shell.call("samples", "--since", "1h", "--until", "2h").err())
                .contains("use an earlier time");
    }
}
