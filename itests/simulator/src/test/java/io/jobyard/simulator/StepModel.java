// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.api.StepKind;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.steps.StoredSignal;
import io.jobyard.spi.steps.StoredStep;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Steps, waits and signals as they should be. Hears of each as it is committed, and of what runs were told. */
final class StepModel {

    private final World world;
    private final Map<JobId, TreeMap<Integer, StoredStep>> steps = new HashMap<>();
    /** All that were ever stored, each with the run that stored it. */
    private final Map<StepKey, Set<Integer>> runs = new HashMap<>();

    private final Map<JobId, TreeMap<Integer, StoredSignal>> signals = new HashMap<>();
    private final Set<StepKey> taken = new HashSet<>();
    private final Map<JobId, Integer> acknowledgedSignals = new HashMap<>();
    private final Map<JobId, JobId> parents = new HashMap<>();

    StepModel(World world) {
        this.world = world;
    }

    /** The store has stored for a run, or refused to. */
    void fenced(Assignment run, boolean stored) {
        StoredJob job = run.stored();
        StoredJob now = world.life.fate(job.id()).now;
        boolean holds = now.status() == JobStatus.RUNNING
                && now.run() == job.run()
                && Objects.equals(now.incarnation(), job.incarnation());
        Violation.unless(holds || !stored, job.id(), () -> "run " + job.run() + " stores, and does not hold the job");
        Violation.unless(stored || !holds, job.id(), () -> "run " + job.run() + " holds the job, and may not store");
    }

    void kept(JobId job, StoredStep step) {
        world.tell(() -> "  " + job + " has " + step.name() + " by run " + step.run());
        StoredStep before = steps.computeIfAbsent(job, any -> new TreeMap<>()).put(step.number(), step);
        Violation.unless(before == null, job, () -> step.name() + " is stored a second time");
        runs.computeIfAbsent(new StepKey(job, step.number()), any -> new HashSet<>())
                .add(step.run());
        take(job, step);
        for (JobId child : step.children()) {
            Violation.unless(world.life.find(child) != null, child, "is waited for and was never admitted");
            JobId other = parents.put(child, job);
            Violation.unless(other == null, child, () -> "is a child of " + other + " and of " + job);
        }
    }

    void ended(JobId job, StoredStep wait) {
        StoredStep before = of(job).put(wait.number(), wait);
        Violation.unless(before != null && !before.isFinished(), job, () -> wait.name() + " ends a second time");
        take(job, wait);
    }

    private void take(JobId job, StoredStep by) {
        if (by.signal() > 0) {
            boolean isThere = signals.getOrDefault(job, new TreeMap<>()).containsKey(by.signal());
            Violation.unless(isThere, job, () -> by.name() + " takes a signal that nobody gave");
            boolean isFirst = taken.add(new StepKey(job, by.signal()));
            Violation.unless(isFirst, job, () -> "signal " + by.signal() + " is taken a second time");
        }
    }

    void given(JobId job, StoredSignal signal) {
        StoredSignal before =
                signals.computeIfAbsent(job, any -> new TreeMap<>()).put(signal.number(), signal);
        Violation.unless(before == null, job, () -> "two signals have the number " + signal.number());
    }

    void dropped(JobId job, int from) {
        of(job).tailMap(from, true).clear();
    }

    /** A run was told that its step is stored. */
    void acknowledged(JobId job, StoredStep step) {
        boolean was =
                runs.getOrDefault(new StepKey(job, step.number()), Set.of()).contains(step.run());
        Violation.unless(was, job, () -> step.name() + " is acknowledged, but not stored");
    }

    /** Somebody was told that the job has a signal. */
    void acknowledged(JobId job) {
        int said = acknowledgedSignals.merge(job, 1, Integer::sum);
        int stored = signals.getOrDefault(job, new TreeMap<>()).size();
        Violation.unless(stored >= said, job, () -> said + " signals are acknowledged, " + stored + " are stored");
    }

    /** Who waits for a signal has none of that name. */
    void requireNoLostWake(JobId job) {
        StoredJob now = world.life.fate(job).now;
        if (now.status() == JobStatus.WAITING && now.reason() == Reason.SIGNAL) {
            Violation.unless(!isSignalled(job), job, "waits for a signal that is there");
        }
    }

    /** Whether what ends that wait has come and nothing has taken it. */
    boolean hasUntaken(JobId job, StoredStep wait) {
        return signals.getOrDefault(job, new TreeMap<>()).values().stream()
                .anyMatch(signal ->
                        signal.name().equals(wait.awaits()) && !taken.contains(new StepKey(job, signal.number())));
    }

    /** Whether what a job waits for has come. */
    boolean isSignalled(JobId job) {
        return open(job).filter(wait -> hasUntaken(job, wait)).isPresent();
    }

    /** The wait that is not over; there is one at most. */
    Optional<StoredStep> open(JobId job) {
        return of(job).values().stream().filter(step -> !step.isFinished()).findFirst();
    }

    /** The jobs that it waits for. */
    Set<JobId> awaited(JobId job) {
        return open(job)
                .filter(wait -> wait.kind() == StepKind.CHILDREN)
                .map(wait -> Set.copyOf(wait.children()))
                .orElse(Set.of());
    }

    /** The job that has submitted it, and those above. */
    Stream<JobId> above(JobId job) {
        return Stream.iterate(parents.get(job), Objects::nonNull, parents::get);
    }

    /** One of them by name, so that somebody may name it; empty if there is none. */
    List<String> steps(JobId job) {
        return of(job).isEmpty()
                ? List.of()
                : List.of(List.copyOf(of(job).values())
                        .get(world.random.nextInt(of(job).size()))
                        .name());
    }

    private TreeMap<Integer, StoredStep> of(JobId job) {
        return steps.getOrDefault(job, new TreeMap<>());
    }
}
