// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobFilter;
import io.jobyard.api.JobId;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListCommandTest {

    private static final String ID = "01978f3c-5c1e-7c39-9d2a-6f1b00000002";

    @TempDir
    Path directory;

    private TestShell shell;

    @BeforeEach
    void submit() {
        shell = new TestShell(directory);
        shell.call("submit", "bad", "{}");
        shell.call("submit", "echo", "{}");
        shell.call("submit", "echo", "{}");
    }

    @Test
    void everyOptionNarrowsTheQuery() {
        shell.call(
                "list",
                "--status=failed",
                "--reason=rate-limited",
                "--type=echo",
                "--queue=q",
                "--submitter=ann",
                "--label=a=b=c",
                "--label=d=e",
                "--since=2h",
                "--until=2026-11-25T11:59:59.5Z",
                "--error=50 %",
                "--schedule=nightly",
                "--group=night",
                "--after-id=" + ID,
                "--limit=7");

        assertThat(shell.jobs.query)
                .isEqualTo(new JobQuery(
                        new JobFilter(
                                new JobFilter.StateFilter(
                                        Set.of(JobStatus.FAILED), Set.of(Reason.RATE_LIMITED), "50 %"),
                                Set.of("echo"),
                                Set.of("q"),
                                Set.of("ann"),
                                Map.of("a", "b=c", "d", "e"),
                                "nightly",
                                "night",
                                new JobFilter.CreatedRange(
                                        FakeJobs.CREATED.minusSeconds(7_200), Instant.parse("2026-11-25T11:59:59.5Z"))),
                        JobQuery.JobOrder.YOUNGEST_FIRST,
                        JobId.of(ID),
                        7));
    }

    @Test
    void anyOfSeveralValuesIsMeant() {
        String out = shell.call(
                        "list",
                        "--status",
                        "failed,cancelled",
                        "--status=failed",
                        "--type=echo",
                        "--type=sleep,echo",
                        "--queue=q,r",
                        "--submitter=ann,bob",
                        "--reason=error,rate-limited",
                        "--limit",
                        "2")
                .out();
        assertThat(shell.jobs.query.filter())
                .isEqualTo(JobFilter.ALL
                        .withStatus(JobStatus.FAILED, JobStatus.CANCELLED)
                        .withType("echo", "sleep")
                        .withQueue("q", "r")
                        .withSubmitter("ann", "bob")
                        .withReason(Reason.ERROR, Reason.RATE_LIMITED));
        assertThat(out)
                .contains("the next: job:list --status failed --status cancelled --reason error --reason rate-limited"
                        + " --type echo --type sleep --queue q --queue r --submitter ann --submitter bob --limit 2");
        assertThat(shell.call("list", "--status", "failed,done").err())
                .isEqualTo("unknown status 'done'; use waiting, queued, running, completed, failed or cancelled\n");
    }

    @Test
    void whatIsPendingIsToldInStartingOrderWithTheGateThatHoldsIt() {
        String out = shell.call("list", "--pending", "--limit", "2").out();
        assertThat(out)
                .containsPattern("NR +ID +TYPE +PRIO +QUEUE +SUBMITTER +READY +HELD BY\\n")
                .containsPattern("\\n 1  .* limit")
                .endsWith("2 ready jobs, the next first; there may be more\n");
        assertThat(shell.call("list", "--pending", "--type", "echo", "--limit", "2")
                        .out())
                .endsWith("2 ready jobs that matches, the next first; there may be more\n");
        assertThat(shell.jobs.query.filter()).isEqualTo(JobFilter.ALL.withType("echo"));
        for (String other : List.of("--count", "--facets")) {
            assertThat(shell.call("list", "--pending", other).err())
                    .isEqualTo("--pending and " + other + " cannot be combined; give one\n");
        }
    }

    @Test
    void theTableTellsTheCommandForTheNextPage() {
        String out = shell.call("list", "--since", "1h", "--error", "50 %", "--limit", "2")
                .out();
        assertThat(out)
                .contains("2 jobs and more; IDs")
                .endsWith("the next: job:list --since 2026-11-25T11:00:00.123456Z --error '50 %' --limit 2 --after-id "
                        + ID + "\n");
        assertThat(shell.call("list", "--order", "oldest", "--limit", "2").out())
                .endsWith("the next: job:list --order oldest --limit 2 --after-id " + ID + "\n");
        assertThat(shell.jobs.query.order()).isEqualTo(JobQuery.JobOrder.OLDEST_FIRST);
        assertThat(shell.call("list", "--limit", "2", "--json").out()).contains("\"more\":true,\"next\":\"01978f3c");
    }

    @Test
    void aSearchThatEndedEarlySaysHowFarItLookedAndHowToGoOn() {
        Instant back = Instant.parse("2026-11-25T08:00:00.250Z");
        shell.jobs.found = new JobPage(List.of(), JobId.of(ID), back, null);
        assertThat(shell.call("list", "--label", "a=b").out())
                .isEqualTo(
                        "no jobs among those created since 2026-11-25T08:00:00.250Z; the search stopped there, so there may"
                                + " be more\nthe next: job:list --label a=b --after-id " + ID + "\n");
        assertThat(shell.call("list", "--label", "a=b", "--json").out())
                .contains("\"more\":true,\"next\":\"" + ID + "\",\"lookedBackTo\":\"2026-11-25T08:00:00.250000Z\"");
        shell.jobs.found = new JobPage(List.copyOf(shell.jobs.jobs.values()), JobId.of(ID), back, null);
        assertThat(shell.call("list", "--label", "a=b").out())
                .contains(
                        "3 jobs among those created since 2026-11-25T08:00:00.250Z; the search stopped there, so there may be"
                                + " more; IDs are shortened");
    }

    @Test
    void anIndexThatLagsIsTold() {
        Instant then = Instant.parse("2026-11-25T08:00:00Z");
        shell.jobs.found = new JobPage(List.of(), null, null, then);
        assertThat(shell.call("list", "--type", "echo").out())
                .isEqualTo("no jobs\nas of 2026-11-25T08:00:00Z: later changes may be missing\n");
        assertThat(shell.call("list", "--type", "echo", "--json").out())
                .contains("\"asOf\":\"2026-11-25T08:00:00.000000Z\"");
    }

    @Test
    void theNumbersOfJobsAreToldAlone() {
        assertThat(shell.call("list", "--count", "--type", "echo").out()).isEqualTo("3 jobs\n");
        assertThat(shell.jobs.query.filter()).isEqualTo(JobFilter.ALL.withType("echo"));
        assertThat(shell.call("list", "--count", "--json").out())
                .startsWith("{\"total\":3,\"lookedBackTo\":null,\"asOf\":null,\"byStatus\":{");
    }

    @Test
    void facetsTellHowJobsDivide() {
        assertThat(shell.call("list", "--facets").out())
                .containsPattern("BY +VALUE +JOBS\n")
                .containsPattern("\n submitter +[a-z]+ +\\d\n".replace("\n ", "\n"))
                .endsWith("3 jobs\n");
        assertThat(shell.call("list", "--facets", "--json").out()).contains("\"byStatus\":{", "\"bySchedule\":{");
    }

    @Test
    void aReasonThatThereIsNotIsRefusedWithThoseThatThereAre() {
        assertThat(shell.call("list", "--reason", "bad luck").err())
                .contains("unknown reason 'bad luck'; use one of dependencies, time, retry");
    }

    @Test
    void theQueueIsTheOneTheJobStandsIn() {
        assertThat(shell.call("list").out()).contains("routed");
        assertThat(shell.call("show", "01").out()).contains("routed, priority 5");
        assertThat(shell.call("show", "01", "--json").out()).contains("\"queue\":\"routed\"");
    }

    @Test
    void whatIsNoTimeAndWhatIsEmptyIsRefused() {
        assertThat(shell.call("list", "--since", "yesterday").err())
                .contains("invalid --since = 'yesterday'; use an instant such as 2027-01-31T08:00:00Z, a time of"
                        + " day such as 18:30, or an age such as 2h");
        assertThat(shell.call("list", "--queue", "").err())
                .contains("invalid queue ''; set a value, or omit it to match all");
        assertThat(shell.call("cancel", "--status", "failed", "--queue", ",").err())
                .contains("invalid queue ''; set a value, or omit it to match all");
    }
}
