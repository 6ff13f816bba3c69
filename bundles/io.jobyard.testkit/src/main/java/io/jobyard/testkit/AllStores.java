// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import io.jobyard.api.spi.AuditStore;
import io.jobyard.api.spi.JobReads;
import io.jobyard.api.spi.JobStore;
import io.jobyard.api.spi.LimitStore;

/** All of the store's contracts in one object, as tests have it. */
public interface AllStores extends JobStore, JobReads, LimitStore, AuditStore {}
