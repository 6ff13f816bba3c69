// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import io.jobyard.api.JobId;
import io.jobyard.api.Progress;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** What a test asks of runs that are over, also of a host that is lost. Safe for use by several threads. */
final class RunNotes {

    private final Map<JobId, Progress> progress = new ConcurrentHashMap<>();
    private final Map<JobId, Map<String, BigDecimal>> used = new ConcurrentHashMap<>();
    private final Map<JobId, Map<String, TestJob.Remaining>> remaining = new ConcurrentHashMap<>();
    private final Map<JobId, Map<String, List<Integer>>> worked = new ConcurrentHashMap<>();

    private final Map<JobId, Integer> emitted = new ConcurrentHashMap<>();
    private final Map<JobId, Integer> logged = new ConcurrentHashMap<>();
    private final List<String> killed = new CopyOnWriteArrayList<>();
    private final List<String> lost = new CopyOnWriteArrayList<>();

    void progress(JobId id, Progress latest) {
        progress.put(id, latest);
    }

    Optional<Progress> progress(JobId id) {
        return Optional.ofNullable(progress.get(id));
    }

    void used(JobId id, String unit, double amount) {
        of(used, id).merge(unit, BigDecimal.valueOf(amount), BigDecimal::add); // as it is written, like the host
    }

    double used(JobId id, String unit) {
        return of(used, id).getOrDefault(unit, BigDecimal.ZERO).doubleValue();
    }

    void remaining(JobId id, String unit, TestJob.Remaining left) {
        of(remaining, id).put(unit, left);
    }

    Optional<TestJob.Remaining> remaining(JobId id, String unit) {
        return Optional.ofNullable(of(remaining, id).get(unit));
    }

    /** The work of a step begins in that run. */
    void works(JobId id, String step, int run) {
        of(worked, id)
                .computeIfAbsent(step, any -> new CopyOnWriteArrayList<>())
                .add(run);
    }

    /** In which runs the work of a step was begun, each time. */
    List<Integer> worked(JobId id, String step) {
        return of(worked, id).getOrDefault(step, List.of());
    }

    /** The job has emitted a piece. */
    void emitted(JobId id) {
        emitted.merge(id, 1, Integer::sum);
    }

    /** The job has written a line to its log. */
    void logged(JobId id) {
        logged.merge(id, 1, Integer::sum);
    }

    /** The output of all runs of the job so far. */
    SentOutput output(JobId id) {
        return new SentOutput(id, emitted.getOrDefault(id, 0), logged.getOrDefault(id, 0), Map.copyOf(of(used, id)));
    }

    /** The host was killed. */
    void killed(String when) {
        killed.add("the test host was killed " + when);
    }

    /** What is to be told of deaths; empty if there were none. */
    String deaths() {
        return killed.stream().map(death -> "; " + death).collect(Collectors.joining());
    }

    /** Some output is not stored, and what came after it is. */
    void lost(String output) {
        lost.add(output);
    }

    /** All such output; a host has none. */
    List<String> lost() {
        return List.copyOf(lost);
    }

    private static <V> Map<String, V> of(Map<JobId, Map<String, V>> all, JobId id) {
        return all.computeIfAbsent(id, any -> new ConcurrentHashMap<>());
    }
}
