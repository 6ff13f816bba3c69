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

/** Records of finished runs for a test, including runs of a lost host. Safe for use by several threads. */
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
        of(used, id).merge(unit, BigDecimal.valueOf(amount), BigDecimal::add); // exact decimal value, as in the host
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

    /** Records that the work of a step begins in a run. */
    void works(JobId id, String step, int run) {
        of(worked, id)
                .computeIfAbsent(step, any -> new CopyOnWriteArrayList<>())
                .add(run);
    }

    /** Returns the runs in which the work of a step began, once for each time. */
    List<Integer> worked(JobId id, String step) {
        return of(worked, id).getOrDefault(step, List.of());
    }

    /** Records that the job has emitted a piece. */
    void emitted(JobId id) {
        emitted.merge(id, 1, Integer::sum);
    }

    /** Records that the job has written a line to its log. */
    void logged(JobId id) {
        logged.merge(id, 1, Integer::sum);
    }

    /** Returns the output of all runs of the job so far. */
    SentOutput output(JobId id) {
        return new SentOutput(id, emitted.getOrDefault(id, 0), logged.getOrDefault(id, 0), Map.copyOf(of(used, id)));
    }

    /** Records that the host was killed. */
    void killed(String when) {
        killed.add("the test host was killed " + when);
    }

    /** Describes the deaths; empty if there were none. */
    String deaths() {
        return killed.stream().map(death -> "; " + death).collect(Collectors.joining());
    }

    /** Records output that is not stored although later data is. */
    void lost(String output) {
        lost.add(output);
    }

    /** Returns all lost output, which a real host never has. */
    List<String> lost() {
        return List.copyOf(lost);
    }

    private static <V> Map<String, V> of(Map<JobId, Map<String, V>> all, JobId id) {
        return all.computeIfAbsent(id, any -> new ConcurrentHashMap<>());
    }
}
