// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import io.jobyard.api.JobId;
import io.jobyard.api.StepKind;
import io.jobyard.api.StoreException;
import io.jobyard.api.StreamPiece;
import io.jobyard.spi.steps.StoredSignal;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.spi.steps.WorkStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tables of steps, signals and streams. Guarded by the lock of the tables. */
final class InMemorySteps {

    /** Size of a text in its row; longer texts are read individually. */
    private static final int SMALL = 2_000;

    private static final Comparator<StoredStep> ORDER =
            Comparator.comparingInt(StoredStep::droppedAfter).thenComparingInt(StoredStep::number);

    private final Map<JobId, List<StoredStep>> steps = new HashMap<>();
    private final Map<JobId, List<StoredSignal>> signals = new HashMap<>();
    private final Map<JobId, List<StreamPiece>> streams = new HashMap<>();

    void keep(JobId job, StoredStep step) {
        if (counting(job, step.number()).isPresent()) {
            throw new StoreException("job " + job + " has a step " + step.number() + " already", null);
        }
        put(job, step);
    }

    private void put(JobId job, StoredStep step) {
        List<StoredStep> all = steps.computeIfAbsent(job, any -> new ArrayList<>());
        all.add(step);
        all.sort(ORDER);
    }

    void end(JobId job, StoredStep wait) {
        if (!of(job).removeIf(step -> !step.isDropped() && step.number() == wait.number())) {
            throw new StoreException("job " + job + " has no wait " + wait.number(), null);
        }
        put(job, wait);
    }

    void drop(JobId job, int from, int afterRun) {
        List<StoredStep> dropped = counting(job)
                .filter(step -> step.number() >= from)
                .map(step -> step.dropped(afterRun))
                .toList();
        of(job).removeIf(step -> !step.isDropped() && step.number() >= from);
        dropped.forEach(step -> put(job, step));
    }

    private List<StoredStep> of(JobId job) {
        return steps.getOrDefault(job, new ArrayList<>());
    }

    private Stream<StoredStep> counting(JobId job) {
        return of(job).stream().filter(step -> !step.isDropped());
    }

    Optional<StoredStep> counting(JobId job, int number) {
        return counting(job).filter(step -> step.number() == number).findFirst();
    }

    List<StoredStep> shown(JobId job) {
        return of(job).stream()
                .map(step -> step.characters() > SMALL ? step.withoutValue() : step)
                .toList();
    }

    /** Returns the jobs that a job has waited for. */
    Stream<JobId> children(JobId job) {
        return of(job).stream().flatMap(step -> step.children().stream());
    }

    /** Returns the children that a job's open waits are for. */
    List<JobId> awaitedChildren(JobId job) {
        return counting(job)
                .filter(step -> step.kind() == StepKind.CHILDREN && !step.isFinished())
                .flatMap(step -> step.children().stream())
                .toList();
    }

    /** Returns the signals that end the open waits of a job. */
    List<String> awaited(JobId job) {
        return counting(job)
                .filter(step -> !step.isFinished())
                .map(StoredStep::awaits)
                .filter(Objects::nonNull)
                .toList();
    }

    void add(JobId job, StoredSignal signal) {
        List<StoredSignal> all = signals.computeIfAbsent(job, any -> new ArrayList<>());
        all.add(signal.numbered(all.size() + 1));
    }

    List<StoredSignal> untaken(JobId job) {
        Set<Integer> taken = of(job).stream().map(StoredStep::signal).collect(Collectors.toSet());
        return signals.getOrDefault(job, List.of()).stream()
                .filter(signal -> !taken.contains(signal.number()))
                .toList();
    }

    boolean hasRoomFor(JobId job, List<StreamPiece> pieces) {
        return Stream.concat(streams.getOrDefault(job, List.of()).stream(), pieces.stream())
                        .mapToLong(piece -> piece.text().length())
                        .sum()
                <= WorkStore.MAX_STREAM_CHARACTERS;
    }

    /** Returns the pieces with their positions. */
    List<StreamPiece> emit(JobId job, List<StreamPiece> pieces) {
        if (pieces.isEmpty()) {
            return List.of();
        }
        List<StreamPiece> all = streams.computeIfAbsent(job, any -> new ArrayList<>());
        int before = all.size();
        pieces.forEach(piece -> all.add(new StreamPiece(all.size() + 1, piece.run(), piece.at(), piece.text())));
        return List.copyOf(all.subList(before, all.size()));
    }

    List<StreamPiece> stream(JobId job, long after, int limit) {
        return streams.getOrDefault(job, List.of()).stream()
                .filter(piece -> piece.position() > after)
                .limit(limit)
                .toList();
    }

    void removed(JobId job) {
        steps.remove(job);
        signals.remove(job);
        streams.remove(job);
    }
}
