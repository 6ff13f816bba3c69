// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.JobSample;
import io.jobyard.api.SampleQuery;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.samples.SampleStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads samples of the numbers of jobs, page by page. */
final class SampleReports {

    private static final int PAGE = 100;

    private final SampleStore store;

    SampleReports(SampleStore store) {
        this.store = store;
    }

    List<JobSample> samples(SampleQuery query) {
        List<JobSample> samples = new ArrayList<>();
        long counts = 0;
        Instant since = query.since();
        List<JobSample> page;
        do {
            page = store.samples(query.step(), since, query.until(), PAGE);
            for (JobSample sample : page) {
                JobSample asked = new JobSample(
                        sample.at(),
                        sample.counts().stream().filter(query::matches).toList());
                counts += asked.counts().size();
                samples.add(asked);
                since = sample.at().plusNanos(1_000); // the store's unit of time
            }
            if (counts > SampleQuery.MAX_COUNTS) {
                throw new ValidationException("more than " + SampleQuery.MAX_COUNTS
                        + " counts: use a shorter time, the step hour, or one queue or type");
            }
        } while (page.size() == PAGE);
        return samples;
    }
}
