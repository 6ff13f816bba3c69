// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.spi.Committed;
import io.jobyard.api.spi.LoadedJob;
import io.jobyard.api.spi.StoredJob;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The jobs that became ready last, as the last commit has them: most are started at once, and need not be read for it.
 * The committer tells of each commit before anybody else hears of it. Safe for use by several threads.
 */
final class Fresh {

    private static final int JOBS = 512;
    private static final int LONGEST_PAYLOAD = Texts.SMALL;

    private final Map<JobId, LoadedJob> ready = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<JobId, LoadedJob> eldest) {
            return size() > JOBS;
        }
    };

    /** Follows a commit; of some jobs, the payload is at hand. */
    synchronized void committed(List<Committed> changes, Map<JobId, String> payloads) {
        for (Committed change : changes) {
            StoredJob after = change.after();
            LoadedJob known = ready.remove(after.id());
            String payload = known == null ? payloads.get(after.id()) : known.payload();
            if (payload != null
                    && payload.length() <= LONGEST_PAYLOAD
                    && after.job().status() == JobStatus.QUEUED) {
                ready.put(after.id(), new LoadedJob(after, payload));
            }
        }
    }

    /** Those that are known, each given once. */
    synchronized List<LoadedJob> take(List<JobId> ids) {
        List<LoadedJob> known = new ArrayList<>();
        for (JobId id : ids) {
            LoadedJob job = ready.remove(id);
            if (job != null) {
                known.add(job);
            }
        }
        return known;
    }
}
