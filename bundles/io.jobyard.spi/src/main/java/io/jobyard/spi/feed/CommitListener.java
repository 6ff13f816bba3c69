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
 * Listener for every change after its commit, in the order of the commits. If several hosts share the database, it also receives the
 * changes of the other hosts. Changes of one job are always in order. Registered as a service. The store calls all listeners on its one
 * writing thread, so they must be quick and must not wait for a change of their own.
 *
 * <p>A listener that throws an exception has missed a change. It gets no further changes until it restarts with {@link #opened} and {@link
 * #hosts}. This happens before the caller of the change gets an answer.
 *
 * <p>The caller of a change is answered after all listeners, except for {@link io.jobyard.spi.store.JobStore#admit}, whose submitter is
 * answered first. So a listener's state may lack a job for a moment that its submitter already knows, until {@link
 * io.jobyard.spi.reads.JobReads#awaitListeners} returns.
 */
@ConsumerType
public interface CommitListener {

    /**
     * Starts from a snapshot and discards earlier state. The store calls this once before any {@link #committed}, and again after it was
     * reopened or the listener has thrown an exception. In these cases, the listener, and those that it notifies, have missed changes.
     */
    void opened(StoreSnapshot snapshot);

    /** Reports stored changes in the order in which they were made, which is the order of their events in the feed. */
    void committed(List<Committed> changes);

    /** Reports that finished jobs were removed from the store, by this host or another. */
    default void removed(List<? extends JobSummary> jobs, boolean elsewhere) {}

    /** Reports a pause of jobs by a user. It replaces an earlier pause of the same target. */
    default void paused(Pause pause) {}

    /** Reports the end of a pause by a user. The jobs may not have been paused. */
    default void resumed(PauseTarget target) {}

    /**
     * Reports the current hosts. Called once after {@link #opened}, and then after each change of hosts, offers or the leader, before any
     * change by the new leader.
     */
    default void hosts(Hosts hosts) {}

    /**
     * Reports stored pieces of the stream that a run of this host has emitted, in order, with the state of the job when the run began. Runs
     * of other hosts are not reported.
     */
    default void emitted(Job job, List<StreamPiece> pieces) {}

    /** Reports that a run of this host has written to the log of its job. Runs of other hosts are not reported. */
    default void logged(JobId job) {}

    /** Reports use of limits by a run on another host. Runs of this host are not reported. */
    default void reported(UseReport report) {}

    /** Reports a limit or a queue that a user has created, changed or removed, on any host. A removed one has no settings. */
    default void defined(LimitDefinition definition) {}

    /** Reports a schedule that a user has created, changed, paused or removed, on any host. */
    default void scheduled(String schedule) {}

    /** Reports that a user, a token or a session has changed or was removed, on any host. Cached state may be outdated. */
    default void identitiesChanged() {}
}
