// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import io.jobyard.spi.audit.AuditStore;
import io.jobyard.spi.bulk.BulkStore;
import io.jobyard.spi.cluster.HostStore;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.FeedStore;
import io.jobyard.spi.feed.FollowerStore;
import io.jobyard.spi.identity.IdentityStore;
import io.jobyard.spi.jobs.Routing;
import io.jobyard.spi.limits.LimitStore;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.schedules.ScheduleStore;
import io.jobyard.spi.steps.WorkStore;
import io.jobyard.spi.store.JobStore;
import io.jobyard.spi.store.RequestStore;
import io.jobyard.spi.usage.UsageStore;

/** A store of its own for one test. */
public interface StoreUnderTest extends AutoCloseable {

    /** What changes jobs, as the host's present life has it. */
    JobStore jobs();

    /** What reads jobs. */
    JobReads reads();

    /** What the latest commits changed. */
    FeedStore feed();

    /** What the queue keeps beside the jobs. */
    LimitStore limits();

    /** What is kept of schedules. */
    ScheduleStore schedules();

    /** What is kept of what runs have used. */
    UsageStore usage();

    /** What jobs keep from one run to the next. */
    WorkStore work();

    /** What is done to many jobs. */
    BulkStore bulks();

    /** Users, tokens and sessions. */
    IdentityStore identities();
    /** How far followers are. */
    FollowerStore followers();

    /** Requests that are done once. */
    RequestStore requests();

    /** The audit. */
    AuditStore audit();

    /** The hosts of the database. */
    HostStore hosts();

    /** Lets it ask where jobs are routed, until it restarts. */
    void ask(Routing routing);

    /** Lets a listener hear of the commits. */
    void listen(CommitListener listener);

    /** Begins the next life of the host on the same data; the present one did not say good-bye to its runs. */
    void restart();

    @Override
    void close();
}
