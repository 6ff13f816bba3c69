// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import io.jobyard.api.JobStatus;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.store.AdmissionStarts;
import io.jobyard.spi.store.AdmittedJob;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An admission of some jobs, and the starts of the jobs that are next. Guarded like the tables. */
final class InMemoryAdmission {

    private final InMemoryTables tables;
    private final List<AdmittedJob> jobs;
    private final @Nullable AdmissionStarts rule;
    private final List<Assignment> runs = new ArrayList<>();

    InMemoryAdmission(InMemoryTables tables, List<AdmittedJob> jobs, @Nullable AdmissionStarts rule) {
        this.tables = tables;
        this.jobs = jobs;
        this.rule = rule;
    }

    /** Returns all changes. */
    List<Committed> store() {
        List<Committed> done = new ArrayList<>(tables.admit(jobs));
        for (AdmittedJob job : jobs) {
            Move start = rule == null || job.stored().status() != JobStatus.QUEUED ? null : rule.start(job.stored());
            if (start != null) {
                done.add(tables.move(start).orElseThrow());
                runs.add(Assignment.of(start, job.payload()));
            }
        }
        return done;
    }

    /** Answers the rule, after the listeners or after a failure. */
    void settle() {
        if (rule != null) {
            rule.settle(runs);
        }
    }
}
