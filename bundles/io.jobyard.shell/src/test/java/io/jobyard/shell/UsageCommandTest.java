// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.api.RunUse;
import io.jobyard.api.UsageQuery;
import io.jobyard.api.UsageQuery.Period;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageCommandTest {

    private TestShell shell;

    @BeforeEach
    void open(@TempDir Path directory) {
        shell = new TestShell(directory);
    }

    private JobId used(double amount) {
        shell.call("submit", "echo", "{}");
        JobId job = List.copyOf(shell.jobs.jobs.keySet()).get(shell.jobs.jobs.size() - 1);
        shell.jobs.uses.add(new RunUse(
                new RunUse.MeteredRun(
                        job, 1, FakeJobs.CREATED.minusSeconds(60), "ann", "echo", "gpt", Map.of("team", "blue")),
                "tokens",
                amount,
                5.0));
        return job;
    }

    @Test
    void itIsTheUsersOfTheLastThirtyDaysIfNothingElseIsAsked() {
        used(1);
        TestShell.Answer answer = shell.call("usage");
        assertThat(answer.exit()).isZero();
        assertThat(answer.out().lines().map(line -> line.replaceAll(" +", " ").strip()))
                .containsExactly("USER UNIT USED ESTIMATED RUNS", "some user tokens 1200.5 1000 3");
        assertThat(shell.jobs.usageQueries)
                .containsExactly(new UsageQuery(
                        FakeJobs.CREATED.minus(Duration.ofDays(30)),
                        FakeJobs.CREATED,
                        List.of("user"),
                        null,
                        ZoneId.systemDefault(),
                        null,
                        null,
                        null));
    }

    @Test
    void theQuestionIsAskedAsItIsTyped() {
        used(1);
        TestShell.Answer answer = shell.call(
                "usage",
                "--by",
                "type,model,label.team",
                "--per",
                "week",
                "--since",
                "7d",
                "--until",
                "1h",
                "--zone",
                "Europe/Berlin",
                "--user",
                "bob",
                "--type",
                "echo",
                "--unit",
                "tokens",
                "--json");
        assertThat(shell.jobs.usageQueries)
                .containsExactly(new UsageQuery(
                        FakeJobs.CREATED.minus(Duration.ofDays(7)),
                        FakeJobs.CREATED.minus(Duration.ofHours(1)),
                        List.of("type", "model", "label.team"),
                        Period.WEEK,
                        ZoneId.of("Europe/Berlin"),
                        "bob",
                        "echo",
                        "tokens"));
        assertThat(answer.out())
                .contains("\"since\":\"2026-11-23\",\"group\":{\"type\":\"some type\",\"model\":null,")
                .contains("\"amount\":1200.50,\"estimate\":1000.0,\"runs\":3");
    }

    @Test
    void whoeverUsesNothingIsToldHowHandlersTell() {
        assertThat(shell.call("usage").out()).contains("handlers report usage with context.used(UNIT, AMOUNT)");
    }

    @Test
    void wrongOptionsAreRefusedInOneLine() {
        assertThat(shell.call("usage", "--by", "queue").err()).contains("invalid grouping 'queue'");
        assertThat(shell.call("usage", "--per", "year").err()).contains("use day, week or month");
        assertThat(shell.call("usage", "--zone", "Mars").err()).contains("invalid --zone = 'Mars'");
        assertThat(shell.call("usage", "--since", "1h", "--until", "2h").err()).contains("use an earlier time");
    }

    @Test
    void aJobIsShownWithWhatItsRunsUsed() {
        JobId job = used(0.5);
        shell.jobs.uses.add(new RunUse(
                new RunUse.MeteredRun(job, 2, FakeJobs.CREATED, "ann", "echo", null, Map.of()), "tokens", 812, null));
        shell.jobs.uses.add(new RunUse(
                new RunUse.MeteredRun(new JobId(new UUID(9, 9)), 1, FakeJobs.CREATED, "ann", "echo", null, Map.of()),
                "tokens",
                1,
                null));
        assertThat(shell.call("show", job.toString()).out()).containsPattern("used +tokens=812.5\n");
        assertThat(shell.call("show", job.toString(), "--json").out()).contains("\"used\":{\"tokens\":812.5}");
    }

    @Test
    void usesAreExportedOneALine() {
        JobId job = used(0.5);
        TestShell.Answer answer = shell.call("export", "--what", "usage", "--since", "1h");
        assertThat(answer.out().lines())
                .containsExactly("{\"job\":\"" + job
                        + "\",\"run\":1,\"startedAt\":\"2026-11-25T11:59:00.123456Z\",\"submitter\":\"ann\","
                        + "\"type\":\"echo\",\"model\":\"gpt\",\"labels\":{\"team\":\"blue\"},\"unit\":\"tokens\","
                        + "\"amount\":0.5,\"estimate\":5.0}");
        assertThat(shell.call("export", "--what", "usage", "--since", "1s").out())
                .isEmpty();
    }
}
