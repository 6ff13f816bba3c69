// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Job;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobId;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.JobStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

interface SearchConformance extends SearchQuestions {

    @Test
    default void listsAreNarrowedByEachPartOfTheQuery() {
        Job plain = admit(Draft.job()).job();
        Job queue = admit(Draft.job().queue("llm")).job();
        Job type = admit(Draft.job().type("sleep")).job();
        Job submitter = admit(Draft.job().submitter("bob")).job();
        Job done = complete(admit(Draft.job())).job();

        assertThat(find(JobFilter.ALL)).containsExactly(done, submitter, type, queue, plain);
        assertThat(find(JobFilter.ALL.withStatus(JobStatus.COMPLETED))).containsExactly(done);
        assertThat(find(JobFilter.ALL.withType("sleep"))).containsExactly(type);
        assertThat(find(JobFilter.ALL.withSubmitter("bob"))).containsExactly(submitter);
        assertThat(find(JobFilter.ALL
                        .withStatus(JobStatus.QUEUED)
                        .withType("echo")
                        .withSubmitter("ada")))
                .containsExactly(queue, plain);
    }

    @Test
    default void anyOfSeveralValuesIsFoundInTheOrderOfThePages() {
        Job echo = admit(Draft.job()).job();
        Job sleep = admit(Draft.job().type("sleep").queue("llm")).job();
        admit(Draft.job().type("other"));
        Job failed = failed("no").job();
        Job done = complete(admit(Draft.job().type("sleep").submitter("bob"))).job();

        JobFilter types = JobFilter.ALL.withType("echo", "sleep", "nobody");
        assertThat(find(types)).containsExactly(done, failed, sleep, echo);
        JobFilter ended = types.withStatus(JobStatus.COMPLETED, JobStatus.FAILED);
        assertThat(find(ended)).containsExactly(done, failed);
        assertThat(facets(ended).byStatus()).isEqualTo(Map.of(JobStatus.COMPLETED, 1L, JobStatus.FAILED, 1L));
        assertThat(find(JobFilter.ALL.withReason(Reason.ERROR, Reason.TIMEOUT))).containsExactly(failed);
        assertThat(find(JobFilter.ALL.withSubmitter("bob", "ada").withType("sleep")))
                .containsExactly(done, sleep);
        JobFilter queues = JobFilter.ALL.withQueue("llm", "default").withStatus(JobStatus.QUEUED);
        assertThat(find(queues)).containsExactly(sleep);
        assertThat(find(queues, "echo")).containsExactly(sleep, echo);

        JobPage first = page(JobQuery.of(types, 2));
        assertThat(first.jobs()).containsExactly(done, failed);
        assertThat(page(JobQuery.of(types, 2).withAfter(first.next())).jobs()).containsExactly(sleep, echo);
        assertThat(page(JobQuery.of(types, 3).withOrder(JobQuery.JobOrder.OLDEST_FIRST))
                        .jobs())
                .containsExactly(echo, sleep, failed);
    }

    @Test
    default void aQueueHasTheJobsThatAskedForItAndThoseOfTheTypesRoutedToIt() {
        Job plain = admit(Draft.job()).job();
        Job asked = admit(Draft.job().queue("llm")).job();
        Job routed = admit(Draft.job().type("sleep")).job();
        Job elsewhere = admit(Draft.job().type("sleep").queue("default")).job();

        assertThat(find(JobFilter.ALL.withQueue("llm"))).containsExactly(asked);
        assertThat(find(JobFilter.ALL.withQueue("llm"), "sleep")).containsExactly(routed, asked);
        assertThat(find(JobFilter.ALL.withQueue("default"), "echo", "other", "third"))
                .containsExactly(elsewhere, plain);
        assertThat(find(JobFilter.ALL, "sleep")).containsExactly(elsewhere, routed, asked, plain);
    }

    @Test
    default void whatRanStaysInItsQueueUntilItIsReadyAgain() {
        StoredJob running = move(Moves.start(admit(Draft.job()), jobs(), "slow"));
        StoredJob done = move(Moves.complete(move(Moves.start(admit(Draft.job()), jobs(), "slow")), "{}"));
        StoredJob again = move(Moves.queue(move(Moves.start(admit(Draft.job()), jobs(), "slow"))));

        assertThat(reads().job(running.id())).contains(running);
        assertThat(reads().jobs(List.of(done.id()))).containsValue(done);
        assertThat(find(JobFilter.ALL.withQueue("slow"))).containsExactly(done.job(), running.job());
        assertThat(find(JobFilter.ALL.withQueue("fast"), "echo")).containsExactly(again.job());
    }

    @Test
    default void labelsAreFoundByNameAndWholeValue() {
        JobId red = labelled(Map.of("colour", "red", "n", "1"));
        JobId redder = labelled(Map.of("colour", "redder", "n", "1"));
        JobId percent = labelled(Map.of("colour", "100 %", "under", "a_b"));
        JobId quoted = labelled(Map.of("quote2", "\"colour\":\"red\"", "slash", "a\\", "x.colour", "red"));

        assertThat(ids(JobFilter.ALL.withLabel("colour", "red"))).containsExactly(red);
        assertThat(ids(JobFilter.ALL.withLabel("colour", "redder").withLabel("n", "1")))
                .containsExactly(redder);
        assertThat(ids(JobFilter.ALL.withLabel("n", "1"))).containsExactly(redder, red);
        assertThat(ids(JobFilter.ALL.withLabel("colour", "100 %"))).containsExactly(percent);
        assertThat(ids(JobFilter.ALL.withLabel("colour", "%"))).isEmpty();
        assertThat(ids(JobFilter.ALL.withLabel("under", "a_b"))).containsExactly(percent);
        assertThat(ids(JobFilter.ALL.withLabel("under", "a%"))).isEmpty();
        assertThat(ids(JobFilter.ALL.withLabel("under", "___"))).isEmpty();
        assertThat(ids(JobFilter.ALL.withLabel("slash", "a\\"))).containsExactly(quoted);
        assertThat(ids(JobFilter.ALL.withLabel("slash", "a"))).isEmpty();
        assertThat(ids(JobFilter.ALL.withLabel("team", "søk"))).containsExactly(quoted, percent, redder, red);
    }

    @Test
    default void textInTheErrorIsFoundAsItIsWritten() {
        StoredJob timeout = failed("HTTP 503: timed out after 100 % of 30_000 ms!");
        StoredJob other = failed("no such file: C:\\tmp\\ünknown");
        complete(admit(Draft.job()));

        for (String part : List.of("timed out", "HTTP", "100 %", "30_000", "ms!")) {
            assertThat(ids(JobFilter.ALL.withError(part))).as(part).containsExactly(timeout.id());
        }
        assertThat(ids(JobFilter.ALL.withError("\\tmp\\ü"))).containsExactly(other.id());
        assertThat(ids(JobFilter.ALL.withError("no such"))).containsExactly(other.id());
        for (String none : List.of("%", "_", "!!", "Timed", "100%")) {
            assertThat(ids(JobFilter.ALL.withError(none)))
                    .as(none)
                    .isEqualTo(none.equals("%") || none.equals("_") ? List.of(timeout.id()) : List.of());
        }
    }

    @Test
    default void jobsAreFoundByTheTimeOfTheirCreation() {
        Instant noon = Instant.parse("2026-11-25T12:00:00.123456Z");
        JobId early = created(noon.minusNanos(1_000), 0);
        JobId exact = created(noon, 7);
        JobId late = created(noon.plusNanos(1_000), JobStore.ID_LEAD.toMillis());
        JobId tomorrow = created(noon.plusSeconds(86_400), 0);

        assertThat(ids(JobFilter.ALL.withSince(noon))).containsExactly(tomorrow, late, exact);
        assertThat(ids(JobFilter.ALL.withUntil(noon))).containsExactly(early);
        assertThat(ids(JobFilter.ALL.withSince(noon).withUntil(noon.plusNanos(1_000))))
                .containsExactly(exact);
        assertThat(ids(JobFilter.ALL.withUntil(noon.plusNanos(2_000)))).containsExactly(late, exact, early);
        assertThat(ids(JobFilter.ALL.withSince(Instant.MIN).withUntil(Instant.MAX)))
                .hasSize(4);
        assertThat(ids(JobFilter.ALL.withSince(Instant.MAX))).isEmpty();
        assertThat(ids(JobFilter.ALL.withUntil(Instant.MIN))).isEmpty();
    }

    @Test
    default void pagesFollowEachOtherWhateverComesAndChangesMeanwhile() {
        List<JobId> wanted = new ArrayList<>();
        for (int n = 0; n < 25; n++) {
            wanted.add(0, admit(Draft.job()).id());
            admit(Draft.job().submitter("bob"));
        }

        List<JobId> seen = new ArrayList<>();
        JobQuery query = JobQuery.of(JobFilter.ALL.withSubmitter("ada"), 7);
        JobPage page = page(query);
        while (true) {
            page.jobs().forEach(job -> seen.add(job.id()));
            if (page.next() == null) {
                break;
            }
            admit(Draft.job());
            complete(read(page.jobs().get(0).id()));
            page = page(query.withAfter(page.next()));
        }
        assertThat(seen).containsExactlyElementsOf(wanted);
        assertThat(page.more()).isFalse();
    }

    @Test
    default void theOldestComeFirstWhereThatIsAskedFor() {
        List<JobId> wanted = new ArrayList<>();
        for (int n = 0; n < 25; n++) {
            wanted.add(admit(Draft.job()).id());
            admit(Draft.job().submitter("bob"));
        }
        JobQuery first = JobQuery.of(JobFilter.ALL.withSubmitter("ada"), 7).withOrder(JobQuery.JobOrder.OLDEST_FIRST);
        page(first); // from now on, no page waits for the index
        List<JobId> seen = new ArrayList<>();
        for (JobQuery query = first; query != null; ) {
            JobPage page = reads().find(query, Set.of());
            page.jobs().forEach(job -> seen.add(job.id()));
            wanted.add(admit(Draft.job()).id());
            query = page.next() == null ? null : query.withAfter(page.next());
        }
        assertThat(seen).hasSizeGreaterThanOrEqualTo(25).isEqualTo(wanted.subList(0, seen.size()));

        JobQuery ofAll = JobQuery.all(2).withOrder(JobQuery.JobOrder.OLDEST_FIRST);
        assertThat(page(ofAll).jobs().get(0).id()).isEqualTo(wanted.get(0));
        assertThat(page(ofAll).jobs().get(1).submitter()).isEqualTo("bob");
    }

    @Test
    default void jobsAreFoundByTheReasonBesideTheirStatus() {
        StoredJob error = failed("boom");
        complete(admit(Draft.job()));

        assertThat(ids(JobFilter.ALL.withReason(Reason.ERROR))).containsExactly(error.id());
        assertThat(ids(JobFilter.ALL.withReason(Reason.ERROR).withStatus(JobStatus.CANCELLED)))
                .isEmpty();
        assertThat(ids(JobFilter.ALL.withReason(Reason.TIMEOUT))).isEmpty();
    }

    @Test
    default void aListSaysWhetherThereIsMore() {
        for (int n = 0; n < 5; n++) {
            admit(Draft.job());
        }
        JobPage four = reads().find(JobQuery.all(4), Set.of());
        assertThat(four.jobs()).hasSize(4);
        assertThat(four.more()).isTrue();
        assertThat(four.next()).isEqualTo(four.jobs().get(3).id());
        assertThat(reads().find(JobQuery.all(5), Set.of()).jobs()).hasSize(5);
        assertThat(reads().find(JobQuery.all(5), Set.of()).next()).isNull();
    }
}
