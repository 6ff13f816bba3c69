// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.reads;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Reads of jobs, for status, search, export and every interface. They see only committed data. The service is registered while the store is
 * open. Safe for use by several threads; an interrupted caller gets a {@link io.jobyard.api.StoreException} and keeps its interrupt.
 */
@ProviderType
public interface JobReads extends JobLookups, HistoryLookups, SearchLookups {}
