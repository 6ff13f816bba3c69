// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.api.JobState;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.SchedulingState;
import io.jobyard.spi.running.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** How a run may end: by an outcome that was offered, by a cancel, or with its host. */
final class OutcomeRules {

    /** Where a run may lead: status and reason, and what is charged. */
    private record End(String where, int attempt, int losses) {}

    private final LifeModel model;

    OutcomeRules(LifeModel model) {
        this.model = model;
    }

    void check(Fate fate, Move move, LifeRow by) {
        JobState to = move.state();
        End end = new End(
                to.status() + " " + to.reason(),
                to.run().attempt(),
                move.books().losses());
        List<End> allowed = allowed(fate, by);
        Violation.unless(allowed.contains(end), fate.id(), () -> "the run ends as " + end + ", allowed are " + allowed);
        Violation.unless(move.books().incarnation() == null, fate.id(), "is held though its run is over");
        if (to.status() == JobStatus.QUEUED) {
            boolean same =
                    Objects.equals(move.books().readyAt(), fate.now.books().readyAt());
            Violation.unless(same, fate.id(), "loses its place in the lane");
        }
        if (to.status() == JobStatus.COMPLETED) {
            boolean offered = fate.offered.get(fate.run()).contains(new Outcome.Completed(move.result()));
            Violation.unless(offered, fate.id(), () -> "has a result that nobody gave: " + move.result());
        }
    }

    private List<End> allowed(Fate fate, LifeRow by) {
        SchedulingState books = fate.now.books();
        int attempt = fate.now.job().state().run().attempt();
        boolean lost = model.world.database.hasEnded(books.incarnation());
        if (fate.cancelAsked) {
            return List.of(new End("CANCELLED null", attempt, books.losses()));
        }
        List<End> ends = new ArrayList<>();
        if (lost) { // a host that was only away for a while may come first all the same
            ends.add(lost(fate, attempt, books.losses()));
        }
        boolean isHolder = by.id().equals(books.incarnation());
        if (!isHolder && model.world.knobs.hosts() > 1) {
            return ends;
        }
        for (Outcome outcome : fate.offered.getOrDefault(fate.run(), List.of())) {
            boolean free = outcome instanceof Outcome.GivenBack || outcome instanceof Outcome.WaitsFor;
            ends.add(new End(where(fate, outcome, attempt), free ? attempt - 1 : attempt, books.losses()));
            if (outcome instanceof Outcome.WaitsFor waits && model.world.kept.hasUntaken(fate.id(), waits.on())) {
                ends.add(new End("QUEUED null", attempt - 1, books.losses()));
            }
        }
        if (fate.refused.contains(fate.run())) {
            ends.add(new End("FAILED ERROR", attempt, books.losses()));
        }
        return ends;
    }

    private static End lost(Fate fate, int attempt, int losses) {
        if (losses < 2) {
            return new End("QUEUED HOST_LOST", attempt - 1, losses + 1);
        }
        boolean last = attempt > fate.terms().runs().maxRetries();
        return new End(last ? "FAILED CRASH" : "QUEUED HOST_LOST", attempt, losses + 1);
    }

    private static String where(Fate fate, Outcome outcome, int attempt) {
        boolean last = attempt > fate.terms().runs().maxRetries();
        if (outcome instanceof Outcome.Completed) {
            return "COMPLETED null";
        } else if (outcome instanceof Outcome.Cancelled) {
            return "CANCELLED null";
        } else if (outcome instanceof Outcome.GivenBack) {
            return "QUEUED INTERRUPTED";
        } else if (outcome instanceof Outcome.WaitsFor waits) {
            return "WAITING " + Reason.valueOf(waits.on().kind().name());
        } else if (outcome instanceof Outcome.TimedOut) {
            return last ? "FAILED TIMEOUT" : "WAITING RETRY";
        } else if (outcome instanceof Outcome.Crashed) {
            return last ? "FAILED CRASH" : "WAITING RETRY";
        } else {
            boolean permanent = ((Outcome.Failed) outcome).permanent();
            return last || permanent ? "FAILED ERROR" : "WAITING RETRY";
        }
    }
}
