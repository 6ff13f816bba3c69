// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import io.jobyard.api.spi.auditing.AuditStore;
import io.jobyard.api.spi.following.FeedStore;
import io.jobyard.api.spi.hosting.HostNotices;
import io.jobyard.api.spi.hosting.HostStore;
import io.jobyard.api.spi.limiting.LimitStore;
import io.jobyard.api.spi.reading.JobReads;
import io.jobyard.api.spi.scheduling.JobStore;

/** All of the store's contracts in one object, as tests have it. */
public interface AllStores extends JobStore, JobReads, FeedStore, LimitStore, AuditStore, HostStore, HostNotices {}
