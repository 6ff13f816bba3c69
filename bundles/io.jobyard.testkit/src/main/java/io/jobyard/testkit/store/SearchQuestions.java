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
import io.jobyard.spi.jobs.StoredJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Queries for jobs, and jobs with different values. */
interface SearchQuestions extends Conformance {

    /** Waits until the index includes every commit. */
    default JobPage page(JobQuery query, String... routed) {
        JobPage page = reads().find(query, Set.of(routed));
        for (long begun = System.nanoTime(); page.asOf() != null && isEarly(begun); ) {
            page = reads().find(query, Set.of(routed));
        }
        assertThat(page.asOf()).isNull();
        return page;
    }

    default List<Job> find(JobFilter filter, String... routed) {
        return page(JobQuery.of(filter, 100), routed).jobs();
    }

    default List<JobId> ids(JobFilter filter) {
        return find(filter).stream().map(Job::id).toList();
    }

    default JobFacets facets(JobFilter filter, String... routed) {
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

    default JobId labelled(Map<String, String> labels) {
        JobChange change = new JobChange();
        labels.forEach(change::label);
        return move(Moves.change(admit(Draft.job()), change, JobStatus.QUEUED, null, null))
                .id();
    }

    default StoredJob failed(String error) {
        return move(Moves.fail(move(Moves.start(admit(Draft.job()), jobs())), error));
    }

    default JobId created(Instant at, long leadMillis) {
        UUID random = UUID.randomUUID();
        long high = (at.toEpochMilli() + leadMillis) << 16 | 0x7000;
        JobId id = new JobId(new UUID(high, Long.MIN_VALUE | random.getLeastSignificantBits()));
        return admit(Draft.job().id(id).createdAt(at)).id();
    }
}
