// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Job;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobId;
import io.jobyard.api.JobPage;
import io.jobyard.api.JobQuery;
import io.jobyard.api.JobStatus;
import io.jobyard.api.spi.StoredJob;
import io.jobyard.api.spi.scheduling.JobStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

interface SearchConformance extends Conformance {

    private static JobQuery all() {
        return JobQuery.all(100);
    }

    private List<Job> find(JobQuery query, String... routed) {
        return reads().find(query, Set.of(routed)).jobs();
    }

    private List<JobId> ids(JobQuery query) {
        return find(query).stream().map(Job::id).toList();
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
        JobQuery query = JobQuery.all(7).withSubmitter("ada");
        JobPage page = reads().find(query, Set.of());
        while (true) {
            page.jobs().forEach(job -> seen.add(job.id()));
            if (page.next() == null) {
                break;
            }
            admit(Draft.job());
            complete(read(page.jobs().get(0).id()));
            page = reads().find(query.withAfter(page.next()), Set.of());
        }
        assertThat(seen).containsExactlyElementsOf(wanted);
        assertThat(page.more()).isFalse();
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
