// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.spi;

import io.jobyard.api.JobId;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** All of the store's contracts at once, for those who do not name the one they need yet. */
@ProviderType
public interface JobRepository extends JobStore, JobReads, LimitStore, AuditStore {

    /**
     * Looks several jobs up, with their payloads.
     *
     * @param ids the jobs
     * @return those that exist, in the order asked
     */
    List<LoadedJob> load(List<JobId> ids);
}
