// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.LogLine;
import io.jobyard.api.Progress;
import io.jobyard.api.Reason;
import io.jobyard.api.StoreException;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is seen while somebody waits for a job. */
@Timeout(60)
class AwaitTest {

    private static final String FIRST = "01978f3c-5c1e-7c39-9d2a-6f1b00000001";

    @TempDir
    Path directory;

    private TestShell shell;

    @BeforeEach
    void open() {
        shell = new TestShell(directory);
        shell.jobs.progress = null;
        change(0, null, JobStatus.QUEUED, null, 0, "");
        shell.jobs.happenings.add(() -> {
            change(1, JobStatus.QUEUED, JobStatus.RUNNING, null, 1, "");
            shell.jobs.progress = new Progress(40, 100, "embedding page 3", at(3));
            shell.jobs.lines.add(new LogLine(at(2), 1, "asking\u001b[2J"));
            touched();
        });
        shell.jobs.happenings.add(() -> {
            throw new StoreException("the database is away", null);
        });
        shell.jobs.happenings.add(() -> {
            change(4, JobStatus.RUNNING, JobStatus.WAITING, Reason.RETRY, 1, "IOException: refused; next attempt at 7");
            change(5, JobStatus.WAITING, JobStatus.QUEUED, null, 1, "");
            change(6, JobStatus.QUEUED, JobStatus.RUNNING, null, 2, "");
            change(7, JobStatus.RUNNING, JobStatus.WAITING, Reason.SLEEP, 2, "sleeps until 8");
            shell.jobs.progress = new Progress(9, 0, "", at(8));
            touched();
        });
        shell.jobs.happenings.add(() -> {
            change(9, JobStatus.RUNNING, JobStatus.COMPLETED, null, 2, "");
            shell.jobs.complete(first());
        });
    }

    @Test
    void submitPrintsTheIdAndThenWhatHappensInItsOrderAndThenTheEnd() {
        TestShell.Answer answer = shell.call("submit", "slow", "{\"a\":1}", "--await");
        assertThat(answer.err()).isEmpty();
        assertThat(answer.out())
                .isEqualTo(FIRST + " queued\n" + """
                log: reading
                log: reading again
                attempt 1 started
                log: asking\\u001b[2J
                progress 40 %: embedding page 3
                attempt 1 failed: IOException: refused; next attempt at 7
                attempt 2 started
                waiting: sleep; sleeps until 8
                progress 9
                """ + FIRST + " completed in 12 ms at "
                        + JobText.time(FakeJobs.CREATED) + "\n{\n  \"a\" : 1\n}\n");
        assertThat(answer.exit()).isZero();
    }

    @Test
    void awaitTellsWhatHappensFromThenOn() {
        shell.call("submit", "slow", "{}");
        assertThat(shell.call("await", "1").out())
                .startsWith(FIRST + " running\nattempt 1 started\nlog: asking")
                .contains("\n" + FIRST + " completed in ");
        assertThat(shell.call("await", "1").out()).startsWith(FIRST + " completed in ");
    }

    @Test
    void aJobThatGoesOnWhenTheTimeIsOverSaysSo() {
        shell.call("submit", "slow", "{}");
        assertThat(shell.call("await", "1", "0"))
                .isEqualTo(new TestShell.Answer(
                        1, FIRST + " running\n", "job " + FIRST + " is still running; the job continues\n"));
        assertThat(shell.call("await", "1", "1"))
                .isEqualTo(new TestShell.Answer(
                        1,
                        FIRST + " running\nattempt 1 started\nlog: asking\\u001b[2J\nprogress 40 %: embedding page 3\n",
                        "job " + FIRST + " is still running after 1 s; the job continues\n"));
    }

    @Test
    void asJsonThereIsTheJobAloneAtTheEnd() {
        shell.jobs.happenings.clear();
        shell.jobs.happenings.add(() -> shell.jobs.complete(first()));
        TestShell.Answer answer = shell.call("submit", "slow", "{}", "--await", "--json");
        assertThat(answer.err()).isEmpty();
        assertThat(answer.out()).hasLineCount(1).startsWith("{\"id\":\"" + FIRST + "\"");
    }

    @Test
    void aHandlerThatWritesMuchFloodsNobody() {
        shell.jobs.happenings.clear();
        shell.jobs.happenings.add(() -> {
            for (int i = 0; i < 250; i++) {
                shell.jobs.lines.add(new LogLine(at(2), 1, "line " + i + " " + "x".repeat(990)));
            }
            shell.jobs.complete(first());
        });
        String out = shell.call("submit", "slow", "{}", "--await").out();
        assertThat(out.lines().filter(line -> line.startsWith("log: line "))).hasSize(100);
        assertThat(out).contains("\nlog: … 150 lines; job:log " + FIRST + " shows them\nlog: line 150 ");
        assertThat(out.lines()).allMatch(line -> line.length() <= 1_000);
    }

    @Test
    void manyAreNamedBeforeTheyAreWaitedFor() {
        assertThat(shell.call("submit", "echo", "{}", "--times", "2", "--await").out())
                .isEqualTo("2 jobs: " + FIRST + " to " + FIRST.replace("0001", "0002") + "\n2 completed\n");
    }

    private JobId first() {
        return shell.jobs.jobs.keySet().iterator().next();
    }

    /** So that the job is not the same as before. */
    private void touched() {
        shell.jobs.change(first(), new io.jobyard.api.JobChange().label("n", "" + shell.jobs.changes.size()));
    }

    private void change(
            int second, @Nullable JobStatus from, JobStatus to, @Nullable Reason reason, int attempt, String why) {
        shell.jobs.changes.add(new HistoryEvent(
                at(second),
                "jobyard",
                from,
                to,
                reason,
                new HistoryEvent.HistoryRun("here", attempt, attempt, null),
                why));
    }

    private static Instant at(int second) {
        return FakeJobs.CREATED.plusSeconds(second);
    }
}
