// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.Blocker;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobState;
import io.jobyard.api.Reason;
import io.jobyard.api.StepKind;
import io.jobyard.api.spi.StoredJob;
import io.jobyard.api.spi.reading.JobReads;
import io.jobyard.api.spi.working.StoredStep;
import io.jobyard.api.spi.working.WorkStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what a waiting job waits for. */
final class WaitingBlocker {

    private static final int SHOWN = 5;

    private final JobReads store;
    private final WorkStore work;

    WaitingBlocker(JobReads store, WorkStore work) {
        this.store = store;
        this.work = work;
    }

    Blocker of(StoredJob stored) {
        Reason reason = stored.job().state().reason();
        return switch (reason == null ? Reason.TIME : reason) {
            case DEPENDENCIES -> new Blocker("dependencies", dependencies(stored), null);
            case PAUSED -> paused(stored);
            case SIGNAL -> wait(stored, StepKind.SIGNAL);
            case CHILDREN -> wait(stored, StepKind.CHILDREN);
            case CALLBACK -> wait(stored, StepKind.CALLBACK);
            default ->
                new Blocker(
                        "time", whyLater(stored.job().state()), stored.books().dueAt());
        };
    }

    private Blocker wait(StoredJob stored, StepKind kind) {
        Optional<StoredStep> wait = open(stored, kind);
        String detail = switch (kind) {
            case SIGNAL -> signal(wait.map(StoredStep::awaits));
            case CHILDREN -> children(wait.map(StoredStep::children).orElse(List.of()));
            default -> "waits for a callback; whoever has its token answers";
        };
        @Nullable Instant until = wait.map(StoredStep::dueAt).orElse(null);
        return new Blocker(kind.text(), detail, until);
    }

    /** Of several callbacks the one that is due with the job. */
    private Optional<StoredStep> open(StoredJob stored, StepKind kind) {
        List<StoredStep> open = work.steps(stored.id()).stream()
                .filter(step -> step.kind() == kind && !step.isOver() && !step.isDropped())
                .toList();
        return open.stream()
                .filter(step -> Objects.equals(step.dueAt(), stored.books().dueAt()))
                .findFirst()
                .or(() -> open.stream().findFirst());
    }

    private static String signal(Optional<String> name) {
        return name.map(awaited -> "waits for signal '" + awaited + "'").orElse("waits for a signal");
    }

    /** Those that have ended wake it a moment later. */
    private String children(List<JobId> children) {
        List<Job> open = open(children);
        return open.size() + " of " + children.size() + (children.size() == 1 ? " child has" : " children have")
                + " not ended" + some(open);
    }

    /** The pause is the change by which the job came into its state. */
    private Blocker paused(StoredJob stored) {
        Instant since = stored.job().state().changedAt();
        String by = store.history(stored.id()).stream()
                .filter(event -> event.reason() == Reason.PAUSED && event.at().equals(since))
                .findFirst()
                .map(event -> ", by " + event.who() + " since " + since + said(event.why()))
                .orElse(" since " + since);
        int pending = stored.books().pending();
        Instant due = stored.books().dueAt();
        Instant expiry = stored.job().terms().expiry();
        return new Blocker(
                Blocker.PAUSED,
                "this job" + by + (pending == 0 ? "" : "; " + dependencies(stored)),
                due == null || due.equals(expiry) ? null : due);
    }

    /** The end of a pause is told apart. */
    private static String said(String why) {
        String reason = why.replaceFirst("^until \\S+Z(: |$)", "");
        return reason.isEmpty() ? "" : ", \"" + reason + "\"";
    }

    /** Dependencies that have ended are released a moment later. */
    private String dependencies(StoredJob stored) {
        int pending = stored.books().pending();
        return (pending == 1 ? "1 dependency is" : pending + " dependencies are") + " not finished"
                + some(open(store.dependencies(stored.id())));
    }

    private List<Job> open(Collection<JobId> ids) {
        return store.jobs(ids).values().stream()
                .map(StoredJob::job)
                .filter(job -> !job.status().isFinal())
                .toList();
    }

    private static String some(List<Job> open) {
        String some = open.stream()
                .limit(SHOWN)
                .map(job -> job.id() + " is " + job.status().text())
                .collect(Collectors.joining(", "));
        return (some.isEmpty() ? "" : ": " + some) + (open.size() > SHOWN ? ", …" : "");
    }

    private static String whyLater(JobState state) {
        if (state.reason() == Reason.RETRY) {
            return "next attempt after attempt " + state.attempt() + " failed: " + state.error();
        } else if (state.reason() == Reason.RATE_LIMITED) {
            return "its handler met a limit: " + state.error();
        } else if (state.reason() == Reason.SLEEP) {
            return "its handler gave its worker back for a while";
        }
        return "its notBefore lies ahead";
    }
}
