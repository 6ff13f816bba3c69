// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import io.jobyard.api.JobSample;
import io.jobyard.api.SampleStep;
import io.jobyard.spi.samples.SampleStore;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Samples of the numbers of jobs, in memory. */
final class InMemorySamples implements SampleStore {

    private final InMemoryTables tables;
    private final InMemoryCommits commits;

    InMemorySamples(InMemoryTables tables, InMemoryCommits commits) {
        this.tables = tables;
        this.commits = commits;
    }

    private NavigableMap<Instant, JobSample> of(SampleStep step) {
        return tables.samples.computeIfAbsent(step, any -> new TreeMap<>());
    }

    @Override
    public CompletableFuture<Void> keep(SampleStep step, JobSample sample) {
        return commits.write(() -> of(step).put(sample.at(), sample));
    }

    @Override
    public List<JobSample> samples(SampleStep step, Instant since, Instant until, int limit) {
        return commits.read(() -> of(step).tailMap(since).values().stream()
                .filter(sample -> sample.at().isBefore(until))
                .limit(limit)
                .toList());
    }

    @Override
    public CompletableFuture<Integer> forget(SampleStep step, Instant before, int limit) {
        List<JobSample> old = samples(step, Instant.EPOCH, before, limit);
        return commits.write(() -> old.forEach(sample -> of(step).remove(sample.at())))
                .thenApply(done -> old.size());
    }
}
