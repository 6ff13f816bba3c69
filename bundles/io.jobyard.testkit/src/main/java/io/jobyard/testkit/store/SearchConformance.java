// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Job;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobFacets;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobId;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.JobRemoval;
import io.jobyard.spi.store.JobStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

interface SearchConformance extends Conformance {

    private static JobFilter all() {
        return JobFilter.ALL;
    }

    /** Once the index knows all that is committed: it lags by a second at most. */
    private JobPage page(JobQuery query, String... routed) {
        JobPage page = reads().find(query, Set.of(routed));
        for (long begun = System.nanoTime(); page.asOf() != null && isEarly(begun); ) {
            page = reads().find(query, Set.of(routed));
        }
        assertThat(page.asOf()).isNull();
        return page;
    }

    private List<Job> find(JobFilter filter, String... routed) {
        return page(JobQuery.of(filter, 100), routed).jobs();
    }

    private List<JobId> ids(JobFilter filter) {
        return find(filter).stream().map(Job::id).toList();
    }

    private JobFacets facets(JobFilter filter, String... routed) {
        JobFacets facets = reads().facets(filter, Set.of(routed), type -> "of " + type);
        for (long begun = System.nanoTime(); facets.coverage().asOf() != null && isEarly(begun); ) {
            facets = reads().facets(filter, Set.of(routed), type -> "of " + type);
        }
        assertThat(facets.coverage().asOf()).isNull();
        return facets;
    }

    private static boolean isEarly(long begun) {
        return System.nanoTime() - begun < Duration.ofSeconds(60).toNanos();
    }

    @Test
    default void listsAreNarrowedByEachPartOfTheQuery() {
        Job plain = admit(Draft.job()).job();
        Job queue = admit(Draft.job().queue("llm")).job();
        Job type = admit(Draft.job().type("sleep")).job();
        Job submitter = admit(Draft.job().submitter("bob")).job();
        Job done = complete(admit(Draft.job())).job();

        assertThat(find(all())).containsExactly(done, submitter, type, queue, plain);
        assertThat(find(all().withStatus(JobStatus.COMPLETED))).containsExactly(done);
        assertThat(find(all().withType("sleep"))).containsExactly(type);
        assertThat(find(all().withSubmitter("bob"))).containsExactly(submitter);
        assertThat(find(all().withStatus(JobStatus.QUEUED).withType("echo").withSubmitter("ada")))
                .containsExactly(queue, plain);
    }

    @Test
    default void anyOfSeveralValuesIsFoundInTheOrderOfThePages() {
        Job echo = admit(Draft.job()).job();
        Job sleep = admit(Draft.job().type("sleep").queue("llm")).job();
        admit(Draft.job().type("other"));
        Job failed = failed("no").job();
        Job done = complete(admit(Draft.job().type("sleep").submitter("bob"))).job();

        JobFilter types = all().withType("echo", "sleep", "nobody");
        assertThat(find(types)).containsExactly(done, failed, sleep, echo);
        JobFilter ended = types.withStatus(JobStatus.COMPLETED, JobStatus.FAILED);
        assertThat(find(ended)).containsExactly(done, failed);
        assertThat(facets(ended).byStatus()).isEqualTo(Map.of(JobStatus.COMPLETED, 1L, JobStatus.FAILED, 1L));
        assertThat(find(all().withReason(Reason.ERROR, Reason.TIMEOUT))).containsExactly(failed);
        assertThat(find(all().withSubmitter("bob", "ada").withType("sleep"))).containsExactly(done, sleep);
        JobFilter queues = all().withQueue("llm", "default").withStatus(JobStatus.QUEUED);
        assertThat(find(queues)).containsExactly(sleep);
        assertThat(find(queues, "echo")).containsExactly(sleep, echo);

        JobPage first = page(JobQuery.of(types, 2));
        assertThat(first.jobs()).containsExactly(done, failed);
        assertThat(page(JobQuery.of(types, 2).withAfter(first.next())).jobs()).containsExactly(sleep, echo);
        assertThat(page(JobQuery.of(types, 3).withOrder(JobQuery.Order.OLDEST_FIRST))
                        .jobs())
                .containsExactly(echo, sleep, failed);
    }

    @Test
    default void aQueueHasTheJobsThatAskedForItAndThoseOfTheTypesRoutedToIt() {
        Job plain = admit(Draft.job()).job();
        Job asked = admit(Draft.job().queue("llm")).job();
        Job routed = admit(Draft.job().type("sleep")).job();
        Job elsewhere = admit(Draft.job().type("sleep").queue("default")).job();

        assertThat(find(all().withQueue("llm"))).containsExactly(asked);
        assertThat(find(all().withQueue("llm"), "sleep")).containsExactly(routed, asked);
        assertThat(find(all().withQueue("default"), "echo", "other", "third")).containsExactly(elsewhere, plain);
        assertThat(find(all(), "sleep")).containsExactly(elsewhere, routed, asked, plain);
    }

    @Test
    default void whatRanStaysInItsQueueUntilItIsReadyAgain() {
        StoredJob running = move(Moves.start(admit(Draft.job()), jobs(), "slow"));
        StoredJob done = move(Moves.complete(move(Moves.start(admit(Draft.job()), jobs(), "slow")), "{}"));
        StoredJob again = move(Moves.queue(move(Moves.start(admit(Draft.job()), jobs(), "slow"))));

        assertThat(reads().job(running.id())).contains(running);
        assertThat(reads().jobs(List.of(done.id()))).containsValue(done);
        assertThat(find(all().withQueue("slow"))).containsExactly(done.job(), running.job());
        assertThat(find(all().withQueue("fast"), "echo")).containsExactly(again.job());
    }

    @Test
    default void labelsAreFoundByNameAndWholeValue() {
        JobId red = labelled(Map.of("colour", "red", "n", "1"));
        JobId redder = labelled(Map.of("colour", "redder", "n", "1"));
        JobId percent = labelled(Map.of("colour", "100 %", "under", "a_b"));
        JobId quoted = labelled(Map.of("quote2", "\"colour\":\"red\"", "slash", "a\\", "x.colour", "red"));

        assertThat(ids(all().withLabel("colour", "red"))).containsExactly(red);
        assertThat(ids(all().withLabel("colour", "redder").withLabel("n", "1"))).containsExactly(redder);
        assertThat(ids(all().withLabel("n", "1"))).containsExactly(redder, red);
        assertThat(ids(all().withLabel("colour", "100 %"))).containsExactly(percent);
        assertThat(ids(all().withLabel("colour", "%"))).isEmpty();
        assertThat(ids(all().withLabel("under", "a_b"))).containsExactly(percent);
        assertThat(ids(all().withLabel("under", "a%"))).isEmpty();
        assertThat(ids(all().withLabel("under", "___"))).isEmpty();
        assertThat(ids(all().withLabel("slash", "a\\"))).containsExactly(quoted);
        assertThat(ids(all().withLabel("slash", "a"))).isEmpty();
        assertThat(ids(all().withLabel("team", "søk"))).containsExactly(quoted, percent, redder, red);
    }

    private JobId labelled(Map<String, String> labels) {
        JobChange change = new JobChange();
        labels.forEach(change::label);
        return move(Moves.change(admit(Draft.job()), change, JobStatus.QUEUED, null, null))
                .id();
    }

    @Test
    default void textInTheErrorIsFoundAsItIsWritten() {
        StoredJob timeout = failed("HTTP 503: timed out after 100 % of 30_000 ms!");
        StoredJob other = failed("no such file: C:\\tmp\\ünknown");
        complete(admit(Draft.job()));

        for (String part : List.of("timed out", "HTTP", "100 %", "30_000", "ms!")) {
            assertThat(ids(all().withError(part))).as(part).containsExactly(timeout.id());
        }
        assertThat(ids(all().withError("\\tmp\\ü"))).containsExactly(other.id());
        assertThat(ids(all().withError("no such"))).containsExactly(other.id());
        for (String none : List.of("%", "_", "!!", "Timed", "100%")) {
            assertThat(ids(all().withError(none)))
                    .as(none)
                    .isEqualTo(none.equals("%") || none.equals("_") ? List.of(timeout.id()) : List.of());
        }
    }

    private StoredJob failed(String error) {
        return move(Moves.fail(move(Moves.start(admit(Draft.job()), jobs())), error));
    }

    @Test
    default void jobsAreFoundByTheTimeOfTheirCreation() {
        Instant noon = Instant.parse("2026-11-25T12:00:00.123456Z");
        JobId early = created(noon.minusNanos(1_000), 0);
        JobId exact = created(noon, 7);
        JobId late = created(noon.plusNanos(1_000), JobStore.ID_LEAD.toMillis());
        JobId tomorrow = created(noon.plusSeconds(86_400), 0);

        assertThat(ids(all().withSince(noon))).containsExactly(tomorrow, late, exact);
        assertThat(ids(all().withUntil(noon))).containsExactly(early);
        assertThat(ids(all().withSince(noon).withUntil(noon.plusNanos(1_000)))).containsExactly(exact);
        assertThat(ids(all().withUntil(noon.plusNanos(2_000)))).containsExactly(late, exact, early);
        assertThat(ids(all().withSince(Instant.MIN).withUntil(Instant.MAX))).hasSize(4);
        assertThat(ids(all().withSince(Instant.MAX))).isEmpty();
        assertThat(ids(all().withUntil(Instant.MIN))).isEmpty();
    }

    private JobId created(Instant at, long leadMillis) {
        UUID random = UUID.randomUUID();
        long high = (at.toEpochMilli() + leadMillis) << 16 | 0x7000;
        JobId id = new JobId(new UUID(high, Long.MIN_VALUE | random.getLeastSignificantBits()));
        return admit(Draft.job().id(id).createdAt(at)).id();
    }

    @Test
    default void pagesFollowEachOtherWhateverComesAndChangesMeanwhile() {
        List<JobId> wanted = new ArrayList<>();
        for (int n = 0; n < 25; n++) {
            wanted.add(0, admit(Draft.job()).id());
            admit(Draft.job().submitter("bob"));
        }

        List<JobId> seen = new ArrayList<>();
        JobQuery query = JobQuery.of(all().withSubmitter("ada"), 7);
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
        JobQuery first = JobQuery.of(all().withSubmitter("ada"), 7).withOrder(JobQuery.Order.OLDEST_FIRST);
        page(first); // from here on no page waits for the index
        List<JobId> seen = new ArrayList<>();
        for (JobQuery query = first; query != null; ) {
            JobPage page = reads().find(query, Set.of());
            page.jobs().forEach(job -> seen.add(job.id()));
            wanted.add(admit(Draft.job()).id());
            query = page.next() == null ? null : query.withAfter(page.next());
        }
        assertThat(seen).hasSizeGreaterThanOrEqualTo(25).isEqualTo(wanted.subList(0, seen.size()));

        JobQuery ofAll = JobQuery.all(2).withOrder(JobQuery.Order.OLDEST_FIRST);
        assertThat(page(ofAll).jobs().get(0).id()).isEqualTo(wanted.get(0));
        assertThat(page(ofAll).jobs().get(1).submitter()).isEqualTo("bob");
    }

    @Test
    default void jobsAreFoundByTheReasonBesideTheirStatus() {
        StoredJob error = failed("boom");
        complete(admit(Draft.job()));

        assertThat(ids(all().withReason(Reason.ERROR))).containsExactly(error.id());
        assertThat(ids(all().withReason(Reason.ERROR).withStatus(JobStatus.CANCELLED)))
                .isEmpty();
        assertThat(ids(all().withReason(Reason.TIMEOUT))).isEmpty();
    }

    @Test
    default void facetsCountTheJobsThatAreMeant() {
        complete(admit(Draft.job().queue("llm")));
        complete(admit(Draft.job().type("sleep").submitter("bob")));
        failed("boom");
        admit(Draft.job().type("sleep"));

        JobFacets all = facets(all());
        assertThat(all.total()).isEqualTo(4);
        assertThat(all.byStatus())
                .isEqualTo(Map.of(JobStatus.COMPLETED, 2L, JobStatus.FAILED, 1L, JobStatus.QUEUED, 1L));
        assertThat(all.byReason()).isEqualTo(Map.of(Reason.ERROR, 1L));
        assertThat(all.byType()).isEqualTo(Map.of("echo", 2L, "sleep", 2L));
        assertThat(all.bySubmitter()).isEqualTo(Map.of("ada", 3L, "bob", 1L));
        assertThat(all.bySchedule()).isEmpty();
        assertThat(all.byQueue()).isEqualTo(Map.of("llm", 1L, "of echo", 1L, "of sleep", 2L));
        assertThat(all.coverage().lookedBackTo()).isNull();

        assertThat(facets(all().withType("sleep")).byStatus())
                .isEqualTo(Map.of(JobStatus.COMPLETED, 1L, JobStatus.QUEUED, 1L));
        assertThat(facets(all().withQueue("of sleep"), "sleep").total()).isEqualTo(2);
        assertThat(facets(all().withError("boo")).total()).isEqualTo(1);
        assertThat(facets(all().withError("baa")).total()).isZero();
    }

    @Test
    default void facetsAreBoundedByTimesAndLabels() {
        Instant noon = Instant.parse("2026-11-25T12:00:00.123456Z");
        created(noon.minusNanos(1_000), 0);
        created(noon, 7);
        created(noon.plusNanos(1_000), 0);
        labelled(Map.of("colour", "red", "n", "1"));
        labelled(Map.of("colour", "red"));

        assertThat(facets(all().withSince(noon).withUntil(noon.plusNanos(1_000)))
                        .total())
                .isEqualTo(1);
        assertThat(facets(all().withUntil(noon)).total()).isEqualTo(3);
        assertThat(facets(all().withSince(noon)).total()).isEqualTo(2);
        assertThat(facets(all().withLabel("colour", "red")).total()).isEqualTo(2);
        assertThat(facets(all().withLabel("colour", "red").withLabel("n", "1")).total())
                .isEqualTo(1);
        assertThat(facets(all().withLabel("colour", "blue")).total()).isZero();
    }

    @Test
    default void aJobIsFoundByTheLabelsThatItHasNow() {
        JobId id = labelled(Map.of("colour", "red"));
        assertThat(ids(all().withLabel("colour", "red"))).containsExactly(id);

        move(Moves.change(read(id), new JobChange().label("colour", "blue"), JobStatus.QUEUED, null, null));
        assertThat(ids(all().withLabel("colour", "red"))).isEmpty();
        assertThat(ids(all().withLabel("colour", "blue"))).containsExactly(id);
        assertThat(facets(all().withLabel("colour", "red")).total()).isZero();
        assertThat(facets(all()).total()).isEqualTo(1);
    }

    @Test
    default void whatIsRemovedIsNotCountedAnyMore() {
        StoredJob done = complete(admit(Draft.job()));
        complete(admit(Draft.job()));
        assertThat(facets(all()).total()).isEqualTo(2);
        try (JobRemoval removal = jobs().removal()) {
            done(removal.remove(List.of(done)));
        }
        assertThat(facets(all()).total()).isEqualTo(1);
        assertThat(ids(all().withStatus(JobStatus.COMPLETED))).hasSize(1);
    }

    @Test
    default void manyJobsAreFoundAndCountedAlsoAfterARestart() {
        List<AdmittedJob> jobs = new ArrayList<>();
        for (int n = 0; n < 1_700; n++) {
            jobs.add(Draft.job()
                    .submitter(n % 10 == 0 ? "bob" : "ada")
                    .type("t" + n % 7)
                    .admitted());
        }
        done(jobs().admit(jobs));
        assertThat(facets(all().withSubmitter("bob")).total()).isEqualTo(170);
        under().restart();
        jobs().admit(List.of(Draft.job().submitter("bob").admitted())).join();

        assertThat(facets(all().withSubmitter("bob")).total()).isEqualTo(171);
        assertThat(facets(all()).byType()).containsEntry("t6", 242L);
        List<JobId> seen = new ArrayList<>();
        for (JobPage page = page(JobQuery.of(all().withSubmitter("bob"), 30)); ; ) {
            page.jobs().forEach(job -> seen.add(job.id()));
            if (page.next() == null) {
                break;
            }
            page = page(JobQuery.of(all().withSubmitter("bob"), 30).withAfter(page.next()));
        }
        assertThat(seen).hasSize(171).doesNotHaveDuplicates().isSortedAccordingTo(Comparator.reverseOrder());
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
