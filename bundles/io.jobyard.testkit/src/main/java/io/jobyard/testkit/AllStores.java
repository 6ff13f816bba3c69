// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import io.jobyard.spi.audit.AuditStore;
import io.jobyard.spi.cluster.HostNotices;
import io.jobyard.spi.cluster.HostStore;
import io.jobyard.spi.feed.FeedStore;
import io.jobyard.spi.limits.LimitStore;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.store.JobStore;

/** All contracts of the store in one object, for tests. */
public interface AllStores extends JobStore, JobReads, FeedStore, LimitStore, AuditStore, HostStore, HostNotices {}
