// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.JobSample;
import io.jobyard.api.SampleQuery;
import io.jobyard.api.SampledCount;
import java.util.List;

/** Views of the numbers of jobs over time. */
public final class SampleView {

    /** Samples, with their query. */
    public record AnsweredSamples(SampleQuery query, List<JobSample> samples) {

        public AnsweredSamples {
            samples = List.copyOf(samples);
        }
    }

    private static final View<SampledCount> COUNT = View.<SampledCount>of(
                    "sampled count", "Numbers of jobs of one queue and type at the time of a sample.")
            .text(
                    "queue?",
                    "queue; null for the sum of the smallest counts, which the sample does not list separately",
                    SampledCount::queue)
            .text("type?", "job type; null for that sum", SampledCount::type)
            .whole("queued", "number of ready jobs", SampledCount::queued)
            .whole("running", "number of running jobs", SampledCount::running)
            .whole("failed", "number of failed jobs in the database; removed jobs do not count", SampledCount::failed);

    private static final View<JobSample> SAMPLE = View.<JobSample>of("job sample", "Numbers of jobs at one time.")
            .instant("at", "time of the sample; start of the hour for the step `hour`", JobSample::at)
            .list(
                    "counts",
                    COUNT,
                    "counts of each queue and type with such jobs; averages, rounded up, for the step `hour`",
                    JobSample::counts);

    /** The requested samples. */
    public static final View<AnsweredSamples> SAMPLES = View.<AnsweredSamples>of(
                    "samples", "Numbers of jobs over time.")
            .text(
                    "step",
                    "interval of the samples: `minute` or `hour`",
                    asked -> asked.query().step().text())
            .instant(
                    "since",
                    "start of the range, inclusive",
                    asked -> asked.query().since())
            .instant(
                    "until",
                    "end of the range, exclusive",
                    asked -> asked.query().until())
            .list(
                    "samples",
                    SAMPLE,
                    "the samples, the oldest first; none for times at which no host ran",
                    AnsweredSamples::samples);

    private SampleView() {}
}
