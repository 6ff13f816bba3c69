// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.feed;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.Pause;
import io.jobyard.api.PauseTarget;
import io.jobyard.api.StreamPiece;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.jobs.JobSummary;
import io.jobyard.spi.limits.LimitDefinition;
import io.jobyard.spi.limits.UseReport;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears of every change after its commit, in the order of the commits: those of this host, and, where several hosts share a
 * database, of the others too; of one job always in the order in which they were made. Registered as a service; the store calls all
 * its listeners on its one writing thread, so they must be quick and must not wait for a change of their own.
 *
 * <p>A listener that throws has missed a change. It hears nothing more until it begins again, with {@link #opened} and {@link #hosts},
 * which is before the caller is told who made that change.
 *
 * <p>Who made a change is told after all listeners, but for {@link io.jobyard.spi.store.JobStore#admit}: who submits
 * is told first. So what a listener keeps may miss a job for a moment that its submitter knows of, until
 * {@link io.jobyard.spi.reads.JobReads#awaitListeners} returns.
 */
@ConsumerType
public interface CommitListener {

    /**
     * Begins: forget everything and start from this. Comes once before any {@link #committed}, and again if the store
     * was opened anew or the listener has thrown: then it has missed something, and so have those to whom it hands on.
     *
     * @param snapshot what the store holds
     */
    void opened(StoreSnapshot snapshot);

    /**
     * Some changes are stored.
     *
     * @param changes in the order in which they were made, which is that of their events in the feed
     */
    void committed(List<Committed> changes);

    /**
     * Some jobs, all of which had ended, are no longer in the store.
     *
     * @param elsewhere whether another host removed them
     */
    default void removed(List<? extends JobSummary> jobs, boolean elsewhere) {}

    /**
     * Somebody has paused jobs.
     *
     * @param pause which, until when, and why; it replaces an earlier pause of the same target
     */
    default void paused(Pause pause) {}

    /**
     * Somebody has ended a pause.
     *
     * @param target which jobs; they may not have been paused
     */
    default void resumed(PauseTarget target) {}

    /**
     * The hosts of the database are others than before, or offer something else, or another one is the leader. Comes once
     * after {@link #opened}, and then whenever it changes; before anything that the new leader did.
     *
     * @param hosts as they are now
     */
    default void hosts(Hosts hosts) {}

    /**
     * A run of this host has emitted. Runs of other hosts are not told.
     *
     * @param job its job, as it was when the run began
     * @param pieces what is stored, in order, with their positions
     */
    default void emitted(Job job, List<StreamPiece> pieces) {}

    /** A run of this host has written to its job's log. Runs of other hosts are not told. */
    default void logged(JobId job) {}

    /** A run on another host tells of the limits of its job. Those of this host are not told. */
    default void reported(UseReport report) {}

    /**
     * Somebody has made, changed or removed a limit or a queue, on this host or another.
     *
     * @param definition as it is now; without settings if it is gone
     */
    default void defined(LimitDefinition definition) {}

    /**
     * Somebody has made, changed, paused or removed a schedule, on this host or another.
     *
     * @param schedule its name; the store has it as it is now
     */
    default void scheduled(String schedule) {}

    /** A user, a token or a session is another than before, or is gone, on this host or another: what is known of them may be wrong. */
    default void identitiesChanged() {}
}
