// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import io.jobyard.spi.audit.AuditStore;
import io.jobyard.spi.cluster.HostStore;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.FeedStore;
import io.jobyard.spi.jobs.Routing;
import io.jobyard.spi.limits.LimitStore;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.samples.SampleStore;
import io.jobyard.spi.schedules.ScheduleStore;
import io.jobyard.spi.steps.WorkStore;
import io.jobyard.spi.store.JobStore;
import io.jobyard.spi.usage.UsageStore;

/** A separate store for one test. */
public interface StoreUnderTest extends AutoCloseable {

    <T> T service(Class<T> role);

    /** Store for changes of jobs, of the current incarnation. */
    default JobStore jobs() {
        return service(JobStore.class);
    }

    /** What reads jobs. */
    default JobReads reads() {
        return service(JobReads.class);
    }

    /** Returns the feed of commits. */
    default FeedStore feed() {
        return service(FeedStore.class);
    }

    /** Returns the limits of the queue. */
    default LimitStore limits() {
        return service(LimitStore.class);
    }

    default ScheduleStore schedules() {
        return service(ScheduleStore.class);
    }

    /** Use by runs. */
    default UsageStore usage() {
        return service(UsageStore.class);
    }

    /** Samples of the numbers of jobs. */
    default SampleStore samples() {
        return service(SampleStore.class);
    }

    /** Stored work of jobs. */
    default WorkStore work() {
        return service(WorkStore.class);
    }

    /** Returns the audit. */
    default AuditStore audit() {
        return service(AuditStore.class);
    }

    /** Returns the hosts of the database. */
    default HostStore hosts() {
        return service(HostStore.class);
    }

    /** Sets the routing that the store asks, until it restarts. */
    void ask(Routing routing);

    /** Adds a listener for the commits. */
    void listen(CommitListener listener);

    /** Begins the next incarnation of the host on the same data, without a clean end of the current incarnation. */
    void restart();

    @Override
    void close();
}
