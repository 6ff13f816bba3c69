// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

interface FacetConformance extends SearchQuestions {

    @Test
    default void facetsCountTheJobsThatAreMeant() {
        complete(admit(Draft.job().queue("llm")));
        complete(admit(Draft.job().type("sleep").submitter("bob")));
        failed("boom");
        admit(Draft.job().type("sleep"));

        JobFacets all = facets(JobFilter.ALL);
        assertThat(all.total()).isEqualTo(4);
        assertThat(all.byStatus())
                .isEqualTo(Map.of(JobStatus.COMPLETED, 2L, JobStatus.FAILED, 1L, JobStatus.QUEUED, 1L));
        assertThat(all.byReason()).isEqualTo(Map.of(Reason.ERROR, 1L));
        assertThat(all.byType()).isEqualTo(Map.of("echo", 2L, "sleep", 2L));
        assertThat(all.bySubmitter()).isEqualTo(Map.of("ada", 3L, "bob", 1L));
        assertThat(all.bySchedule()).isEmpty();
        assertThat(all.byQueue()).isEqualTo(Map.of("llm", 1L, "of echo", 1L, "of sleep", 2L));
        assertThat(all.coverage().lookedBackTo()).isNull();

        assertThat(facets(JobFilter.ALL.withType("sleep")).byStatus())
                .isEqualTo(Map.of(JobStatus.COMPLETED, 1L, JobStatus.QUEUED, 1L));
        assertThat(facets(JobFilter.ALL.withQueue("of sleep"), "sleep").total()).isEqualTo(2);
        assertThat(facets(JobFilter.ALL.withError("boo")).total()).isEqualTo(1);
        assertThat(facets(JobFilter.ALL.withError("baa")).total()).isZero();
    }

    @Test
    default void facetsAreBoundedByTimesAndLabels() {
        Instant noon = Instant.parse("2026-11-25T12:00:00.123456Z");
        created(noon.minusNanos(1_000), 0);
        created(noon, 7);
        created(noon.plusNanos(1_000), 0);
        labelled(Map.of("colour", "red", "n", "1"));
        labelled(Map.of("colour", "red"));

        assertThat(facets(JobFilter.ALL.withSince(noon).withUntil(noon.plusNanos(1_000)))
                        .total())
                .isEqualTo(1);
        assertThat(facets(JobFilter.ALL.withUntil(noon)).total()).isEqualTo(3);
        assertThat(facets(JobFilter.ALL.withSince(noon)).total()).isEqualTo(2);
        assertThat(facets(JobFilter.ALL.withLabel("colour", "red")).total()).isEqualTo(2);
        assertThat(facets(JobFilter.ALL.withLabel("colour", "red").withLabel("n", "1"))
                        .total())
                .isEqualTo(1);
        assertThat(facets(JobFilter.ALL.withLabel("colour", "blue")).total()).isZero();
    }

    @Test
    default void aJobIsFoundByTheLabelsThatItHasNow() {
        JobId id = labelled(Map.of("colour", "red"));
        assertThat(ids(JobFilter.ALL.withLabel("colour", "red"))).containsExactly(id);

        move(Moves.change(read(id), new JobChange().label("colour", "blue"), JobStatus.QUEUED, null, null));
        assertThat(ids(JobFilter.ALL.withLabel("colour", "red"))).isEmpty();
        assertThat(ids(JobFilter.ALL.withLabel("colour", "blue"))).containsExactly(id);
        assertThat(facets(JobFilter.ALL.withLabel("colour", "red")).total()).isZero();
        assertThat(facets(JobFilter.ALL).total()).isEqualTo(1);
    }

    @Test
    default void whatIsRemovedIsNotCountedAnyMore() {
        StoredJob done = complete(admit(Draft.job()));
        complete(admit(Draft.job()));
        assertThat(facets(JobFilter.ALL).total()).isEqualTo(2);
        try (JobRemoval removal = jobs().removal()) {
            done(removal.remove(List.of(done)));
        }
        assertThat(facets(JobFilter.ALL).total()).isEqualTo(1);
        assertThat(ids(JobFilter.ALL.withStatus(JobStatus.COMPLETED))).hasSize(1);
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
        assertThat(facets(JobFilter.ALL.withSubmitter("bob")).total()).isEqualTo(170);
        under().restart();
        jobs().admit(List.of(Draft.job().submitter("bob").admitted())).join();

        assertThat(facets(JobFilter.ALL.withSubmitter("bob")).total()).isEqualTo(171);
        assertThat(facets(JobFilter.ALL).byType()).containsEntry("t6", 242L);
        List<JobId> seen = new ArrayList<>();
        for (JobPage page = page(JobQuery.of(JobFilter.ALL.withSubmitter("bob"), 30)); ; ) {
            page.jobs().forEach(job -> seen.add(job.id()));
            if (page.next() == null) {
                break;
            }
            page = page(JobQuery.of(JobFilter.ALL.withSubmitter("bob"), 30).withAfter(page.next()));
        }
        assertThat(seen).hasSize(171).doesNotHaveDuplicates().isSortedAccordingTo(Comparator.reverseOrder());
    }
}
