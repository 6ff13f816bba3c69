// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.Blocker;
import io.jobyard.api.JobId;
import io.jobyard.api.JobState;
import io.jobyard.api.Reason;
import io.jobyard.api.StepKind;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.reads.ReadinessBlockers;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.spi.steps.WorkStore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Describes the waits of a waiting job. */
final class WaitingBlocker {

    private final JobReads store;
    private final ReadinessBlockers readiness;
    private final WorkStore work;
    private final Clock clock;

    WaitingBlocker(JobReads store, WorkStore work, Clock clock) {
        this.store = store;
        this.readiness = new ReadinessBlockers(store);
        this.work = work;
        this.clock = clock;
    }

    /** Returns all waits of the job; never empty. */
    List<Blocker> of(StoredJob stored) {
        Reason reason = stored.job().state().reason();
        List<Blocker> all = switch (reason == null ? Reason.TIME : reason) {
            case DEPENDENCIES, PAUSED -> readiness.of(stored, store.dependencies(stored.id()), clock.instant());
            case SIGNAL -> List.of(wait(stored, StepKind.SIGNAL));
            case CHILDREN -> List.of(wait(stored, StepKind.CHILDREN));
            case CALLBACK -> List.of(wait(stored, StepKind.CALLBACK));
            default -> List.of();
        };
        return all.isEmpty() ? List.of(time(stored)) : all;
    }

    private static Blocker time(StoredJob stored) {
        return new Blocker(
                "time", whyLater(stored.job().state()), stored.books().dueAt());
    }

    private Blocker wait(StoredJob stored, StepKind kind) {
        Optional<StoredStep> wait = open(stored, kind);
        String detail = switch (kind) {
            case SIGNAL -> signal(wait.map(StoredStep::awaits));
            case CHILDREN -> children(wait.map(StoredStep::children).orElse(List.of()));
            default -> "waits for a callback; the token is required to answer it";
        };
        @Nullable Instant until = wait.map(StoredStep::dueAt).orElse(null);
        return new Blocker(kind.text(), detail, until);
    }

    /** Returns the open step of this kind. If there are several callbacks, returns the callback that is due with the job. */
    private Optional<StoredStep> open(StoredJob stored, StepKind kind) {
        List<StoredStep> open = work.steps(stored.id()).stream()
                .filter(step -> step.kind() == kind && !step.isFinished() && !step.isDropped())
                .toList();
        return open.stream()
                .filter(step -> Objects.equals(step.dueAt(), stored.books().dueAt()))
                .findFirst()
                .or(() -> open.stream().findFirst());
    }

    private static String signal(Optional<String> name) {
        return name.map(awaited -> "waits for signal '" + awaited + "'").orElse("waits for a signal");
    }

    /** Describes the children. Ended children wake the job a moment later. */
    private String children(List<JobId> children) {
        List<StoredJob> open = readiness.open(children);
        return open.size() + " of " + children.size() + (children.size() == 1 ? " child" : " children") + " unfinished"
                + ReadinessBlockers.some(open);
    }

    private static String whyLater(JobState state) {
        if (state.reason() == Reason.RETRY) {
            return "next attempt after attempt " + state.run().attempt() + " failed: " + state.error();
        } else if (state.reason() == Reason.RATE_LIMITED) {
            return "its handler reached a limit: " + state.error();
        } else if (state.reason() == Reason.SLEEP) {
            return "its handler released its worker for a while";
        }
        return "its notBefore is in the future";
    }
}
