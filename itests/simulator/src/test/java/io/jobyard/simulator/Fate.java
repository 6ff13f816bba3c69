// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.JobTerms;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.running.Outcome;
import io.jobyard.spi.store.AdmittedJob;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the model knows of one job. */
final class Fate {

    final AdmittedJob admitted;
    final Set<JobId> edges;
    /** Whose bad end ended it, in its latest life. */
    final Set<JobId> blames = new HashSet<>();
    /** How it ever ended: an operator may have retried it since. */
    final Set<JobStatus> ends = EnumSet.noneOf(JobStatus.class);
    /** The outcomes that were offered for each run. */
    final Map<Integer, List<Outcome>> offered = new HashMap<>();
    /** Runs of which the store refused a change. */
    final Set<Integer> refused = new HashSet<>();
    /** Runs whose handler was called. */
    final Set<Integer> begun = new HashSet<>();
    /** Runs of which an outcome was accepted. */
    final Set<Integer> accepted = new HashSet<>();

    StoredJob now;
    boolean cancelAsked;
    boolean operated;
    int events = 1;
    long liveUntil = Long.MAX_VALUE;

    Fate(AdmittedJob admitted) {
        this.admitted = admitted;
        this.now = admitted.stored();
        this.edges = new HashSet<>(admitted.edges());
    }

    JobId id() {
        return now.id();
    }

    JobTerms terms() {
        return now.job().terms();
    }

    /** As it was admitted: its own, or that for all. */
    DependencyPolicy policy(JobId parent) {
        JobTerms agreed = admitted.stored().job().terms();
        return agreed.dependencies()
                .policies()
                .getOrDefault(parent, agreed.dependencies().ifFails());
    }

    JobStatus status() {
        return now.job().status();
    }

    int run() {
        return now.job().state().run().number();
    }

    void offer(int run, Outcome outcome) {
        offered.computeIfAbsent(run, any -> new ArrayList<>()).add(outcome);
    }

    void follow(Move move, long commit) {
        boolean wasFinal = status().isFinished();
        now = move.after();
        edges.removeAll(move.edges().released());
        edges.addAll(move.edges().awaited());
        blames.addAll(move.edges().blamed());
        if (wasFinal && !status().isFinished()) {
            blames.clear();
        }
        events += move.event() == null ? 0 : 1;
        if (status().isFinished()) {
            ends.add(status());
            cancelAsked = false;
            liveUntil = commit;
        } else if (wasFinal) {
            operated = true;
            liveUntil = Long.MAX_VALUE;
        }
    }
}
