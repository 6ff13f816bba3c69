// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.spi;

import org.osgi.annotation.versioning.ProviderType;

/** All of the store's contracts at once, for those who do not name the one they need yet. */
@ProviderType
public interface JobRepository extends JobStore, JobReads, LimitStore, AuditStore {}
