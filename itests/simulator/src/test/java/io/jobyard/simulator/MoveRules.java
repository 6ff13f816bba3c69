// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.JobId;
import io.jobyard.api.JobState;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.SchedulingState;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The life of a job as the design has it, written a second time: which move may be made when, and what it costs. */
final class MoveRules {

    private final LifeModel model;
    private final OutcomeRules outcomes;

    MoveRules(LifeModel model) {
        this.model = model;
        this.outcomes = new OutcomeRules(model);
    }

    void admitted(Fate fate) {
        JobState state = fate.now.job().state();
        Instant notBefore = fate.terms().times().notBefore();
        boolean early = notBefore != null && notBefore.isAfter(fate.now.job().createdAt());
        String first = !fate.edges.isEmpty() ? "WAITING DEPENDENCIES" : early ? "WAITING TIME" : "QUEUED null";
        require(fate, first.equals(state.status() + " " + state.reason()), () -> "should be " + first);
        require(fate, state.run().number() == 0 && state.run().attempt() == 0, "has run already");
        for (JobId parent : fate.admitted.dependencies()) {
            boolean counted = fate.edges.contains(parent) || everEnded(parent, JobStatus.COMPLETED);
            require(fate, counted, () -> "does not wait for " + parent);
        }
    }

    void check(Fate fate, Move move, LifeRow by) {
        JobState from = fate.now.job().state();
        JobState to = move.state();
        SchedulingState books = fate.now.books();
        require(fate, move.books().version() == books.version() + 1, "skips a version");
        if (from.status().isFinished() && !to.status().isFinished()) {
            anotherLife(fate, move);
        } else {
            released(fate, move);
        }
        changed(fate, move);
        if (move.event() == null) {
            require(fate, from.equals(to), () -> "changes without a history row: " + to);
            return;
        }
        boolean starts = from.status() == JobStatus.QUEUED && to.status() == JobStatus.RUNNING;
        require(
                fate,
                to.run().number() == from.run().number() + (starts ? 1 : 0),
                () -> "run " + from.run().number() + " becomes " + to.run().number());
        if (from.status() == JobStatus.RUNNING && to.status() != JobStatus.RUNNING) {
            outcomes.check(fate, move, by);
        } else {
            boolean retried = from.status().isFinished();
            int attempt = retried ? 0 : from.run().attempt() + (starts ? 1 : 0);
            require(
                    fate,
                    to.run().attempt() == attempt,
                    () -> "attempt " + to.run().attempt() + " instead of " + attempt);
            int losses = retried ? 0 : books.losses();
            require(
                    fate,
                    move.books().losses() == losses,
                    () -> "losses " + move.books().losses() + " instead of " + losses);
            route(fate, move, from, to);
        }
    }

    private void released(Fate fate, Move move) {
        Set<JobId> released = move.edges().released();
        boolean waited = fate.now.reason() == Reason.CHILDREN;
        if (waited && move.state().status().isFinished()) {
            require(fate, released.containsAll(fate.edges), () -> "ends and keeps edges: " + fate.edges);
            require(fate, move.books().pending() == 0, "ends and waits for children");
            return;
        }
        if (move.state().reason() == Reason.CHILDREN && !waited) {
            Set<JobId> awaited = move.edges().awaited();
            require(fate, awaited.equals(model.world.kept.awaited(fate.id())), () -> "waits for others: " + awaited);
            require(fate, move.books().pending() == awaited.size(), "counts its children wrongly");
            return;
        }
        require(fate, fate.edges.containsAll(released), () -> "is released a second time: " + released);
        released.forEach(parent -> require(fate, everEnded(parent), () -> "is released before " + parent + " ended"));
        require(
                fate,
                move.books().pending() == fate.edges.size() - released.size(),
                () -> "counts " + move.books().pending() + " dependencies, the edges are " + fate.edges);
        require(fate, move.edges().awaited().isEmpty(), "waits for more than it was told to");
        require(fate, released.containsAll(move.edges().blamed()), "blames whom it still waits for");
        for (JobId parent : move.edges().blamed()) {
            boolean bad = everEnded(parent, JobStatus.FAILED) || everEnded(parent, JobStatus.CANCELLED);
            require(fate, bad, () -> "blames " + parent + " that never ended badly");
            require(
                    fate,
                    fate.policy(parent) != DependencyPolicy.RUN,
                    () -> "blames " + parent + " against its policy");
            require(fate, move.state().reason() == Reason.DEPENDENCY, () -> "blames " + parent + " for nothing");
        }
    }

    /** What a retry brings back: all that has not completed is waited for, and then the time. */
    private void anotherLife(Fate fate, Move move) {
        Set<JobId> awaited = move.edges().awaited();
        Set<JobId> dependencies = Set.copyOf(fate.admitted.dependencies());
        require(fate, dependencies.containsAll(awaited), () -> "waits for others than it was told to: " + awaited);
        require(fate, move.edges().released().equals(dependencies), "keeps edges of an earlier life");
        require(fate, move.books().pending() == awaited.size(), "counts its dependencies wrongly");
        require(fate, move.edges().blamed().isEmpty(), "blames somebody in its new life");
        for (JobId parent : dependencies) {
            boolean holds = awaited.contains(parent) || everEnded(parent, JobStatus.COMPLETED);
            require(fate, holds, () -> "does not wait for " + parent + " again");
        }
        boolean early = isAfter(fate.terms().times().notBefore(), move.event().at());
        String next = !awaited.isEmpty() ? "WAITING DEPENDENCIES" : early ? "WAITING TIME" : "QUEUED null";
        String is = move.state().status() + " " + move.state().reason();
        require(fate, next.equals(is), () -> "is retried into " + is + " instead of " + next);
    }

    /** Terms change at the word of somebody, and before the job runs. */
    private void changed(Fate fate, Move move) {
        if (move.changesTerms()) {
            boolean early = fate.status() == JobStatus.WAITING || fate.status() == JobStatus.QUEUED;
            require(fate, early, () -> "is changed while " + fate.status());
            boolean asked =
                    move.event() != null && !"jobyard".equals(move.event().who());
            require(fate, asked, "nobody changed it");
        }
    }

    private void route(Fate fate, Move move, JobState from, JobState to) {
        Instant at = move.event().at();
        if (move.changesTerms() && from.equals(to)) {
            boolean stays =
                    Objects.equals(move.books().readyAt(), fate.now.books().readyAt());
            require(fate, stays, "loses its place by a change");
            return;
        }
        String way = from.status() + " " + to.status() + " " + to.reason();
        switch (way) {
            case "WAITING QUEUED null" -> ready(fate, move, from, at);
            case "WAITING WAITING TIME" -> {
                if (from.reason() == Reason.DEPENDENCIES) {
                    released(fate, move, from);
                } else if (from.reason() == Reason.PAUSED) {
                    resumed(fate, move, at);
                } else if (from.reason() == Reason.CHILDREN) {
                    require(fate, move.books().pending() == 0, "goes on before its children ended");
                } else {
                    require(fate, !isAfter(fate.now.books().dueAt(), at), "its delay is not over");
                }
                require(fate, isAfter(fate.terms().times().notBefore(), at), "waits for a time that has come");
            }
            case "QUEUED WAITING TIME" -> {
                require(fate, move.changesTerms(), "nobody put it off");
                require(fate, isAfter(move.terms().times().notBefore(), at), "waits for a time that has come");
            }
            case "QUEUED WAITING PAUSED", "WAITING WAITING PAUSED" ->
                require(fate, !"jobyard".equals(move.event().who()), "nobody paused it");
            case "WAITING WAITING DEPENDENCIES" -> {
                require(fate, from.reason() == Reason.PAUSED, "waits for dependencies again");
                require(fate, move.books().pending() > 0, "waits for no dependency");
                resumed(fate, move, at);
            }
            case "WAITING FAILED DEPENDENCY" -> badParent(fate, move, from, DependencyPolicy.FAIL);
            case "WAITING CANCELLED DEPENDENCY" -> badParent(fate, move, from, DependencyPolicy.CANCEL);
            case "WAITING FAILED EXPIRED", "QUEUED FAILED EXPIRED" -> {
                require(fate, expired(fate, at), () -> "expires at " + at + ", too early");
                model.world.kept.awaited(fate.id()).stream()
                        .map(model::fate)
                        .forEach(child -> require(
                                fate,
                                from.reason() != Reason.CHILDREN
                                        || child.status().isFinished()
                                        || child.cancelAsked,
                                () -> "expires before " + child.id() + ", for which it waits"));
            }
            case "QUEUED FAILED UNKNOWN_TYPE" ->
                require(
                        fate,
                        model.world.database.servedTypes.get(fate.terms().type()) == null,
                        "fails for want of a handler that has served it");
            case "QUEUED RUNNING null" -> start(fate, move, at);
            case "RUNNING RUNNING null" -> {
                fate.cancelAsked = true;
                require(fate, move.books().cancelRequested(), "forgets the cancel");
                require(fate, Objects.equals(move.books().incarnation(), held(fate)), "loses its incarnation");
            }
            case "WAITING CANCELLED null", "QUEUED CANCELLED null" ->
                require(fate, !"jobyard".equals(move.event().who()) || isLeft(fate, at), "nobody cancelled it");
            case "FAILED QUEUED null",
                    "CANCELLED QUEUED null",
                    "FAILED WAITING DEPENDENCIES",
                    "CANCELLED WAITING DEPENDENCIES",
                    "FAILED WAITING TIME",
                    "CANCELLED WAITING TIME" -> {
                require(fate, !"jobyard".equals(move.event().who()), "nobody retried it");
                require(fate, !expired(fate, at), "is retried after its end");
            }
            default -> throw new Violation(fate.id(), "no such move: " + way);
        }
    }

    /** Whether a job that waits for it, or above that, is about to expire. */
    private boolean isLeft(Fate fate, Instant at) {
        return model.world.kept.above(fate.id()).anyMatch(parent -> expired(model.fate(parent), at));
    }

    private void ready(Fate fate, Move move, JobState from, Instant at) {
        if (from.reason() == Reason.CHILDREN) {
            require(fate, move.books().pending() == 0, "goes on before its children ended");
        }
        if (from.reason() == Reason.DEPENDENCIES) {
            released(fate, move, from);
        }
        if (from.reason() == Reason.PAUSED) {
            require(fate, move.books().pending() == 0, "is resumed before its dependencies ended");
            resumed(fate, move, at);
        }
        if (from.reason() == Reason.RETRY || from.reason() == Reason.SLEEP) {
            require(fate, !isAfter(fate.now.books().dueAt(), at), "the next attempt comes too early");
        } else if (from.reason() == Reason.SIGNAL) {
            boolean hasCome = model.world.kept.isSignalled(fate.id());
            require(fate, hasCome || !isAfter(fate.now.books().dueAt(), at), "is woken by nothing");
        } else {
            require(fate, !isAfter(move.terms().times().notBefore(), at), "becomes ready before notBefore");
        }
        require(
                fate,
                at.equals(move.books().readyAt()),
                () -> "is ready at " + move.books().readyAt() + ", not at " + at);
    }

    /** By somebody, or at the time that was said. */
    private static void resumed(Fate fate, Move move, Instant at) {
        boolean asked = !"jobyard".equals(move.event().who());
        require(fate, asked || !isAfter(fate.now.books().dueAt(), at), "its pause is not over");
    }

    private void start(Fate fate, Move move, Instant at) {
        require(fate, !expired(fate, at), "starts after it expired");
        require(fate, move.books().incarnation() != null, "starts on no host");
        require(fate, Objects.equals(move.books().readyAt(), fate.now.books().readyAt()), "loses its place");
        if (fate.now.books().isSuspect()) {
            Predicate<Fate> beside = other -> other != fate
                    && other.status() == JobStatus.RUNNING
                    && other.now.books().isSuspect();
            require(fate, model.fates().stream().noneMatch(beside), "starts beside another suspect");
        }
    }

    private void released(Fate fate, Move move, JobState from) {
        require(fate, from.reason() == Reason.DEPENDENCIES, () -> "is released while " + from.reason());
        require(fate, move.books().pending() == 0, "is released too early");
        for (JobId parent : fate.admitted.dependencies()) {
            boolean goesOn = fate.policy(parent) == DependencyPolicy.RUN || everEnded(parent, JobStatus.COMPLETED);
            require(fate, goesOn, () -> "runs though " + parent + " did not complete");
        }
    }

    private void badParent(Fate fate, Move move, JobState from, DependencyPolicy policy) {
        boolean waits = from.reason() == Reason.DEPENDENCIES || from.reason() == Reason.PAUSED;
        require(fate, waits, () -> "a dependency ends it while " + from.reason());
        Set<JobId> blamed = move.edges().blamed();
        require(fate, !blamed.isEmpty(), "no dependency ended badly");
        boolean fails = blamed.stream().anyMatch(parent -> fate.policy(parent) == DependencyPolicy.FAIL);
        DependencyPolicy strictest = fails ? DependencyPolicy.FAIL : DependencyPolicy.CANCEL;
        require(fate, policy == strictest, () -> "should be told to " + strictest + " by " + blamed);
    }

    private boolean everEnded(JobId parent, JobStatus how) {
        return model.fate(parent).ends.contains(how);
    }

    private boolean everEnded(JobId parent) {
        return !model.fate(parent).ends.isEmpty();
    }

    private static Object held(Fate fate) {
        return fate.now.books().incarnation();
    }

    private static boolean expired(Fate fate, Instant at) {
        return fate.terms().times().expires() != null
                && !isAfter(fate.terms().times().expires(), at);
    }

    private static boolean isAfter(@Nullable Instant time, Instant at) {
        return time != null && time.isAfter(at);
    }

    private static void require(Fate fate, boolean holds, String otherwise) {
        Violation.unless(holds, fate.id(), otherwise);
    }

    private static void require(Fate fate, boolean holds, Supplier<String> otherwise) {
        Violation.unless(holds, fate.id(), otherwise);
    }
}
