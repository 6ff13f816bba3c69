// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.reads;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.LogLine;
import io.jobyard.api.NumberedLine;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** What happened to a job, and what it has told. */
@ProviderType
public interface HistoryLookups {

    /**
     * The log of a job.
     *
     * @return the oldest line first; empty if there is none
     */
    List<LogLine> log(JobId id);

    /**
     * The log of a job behind a place.
     *
     * @param after only the lines behind the one with this number; 0 for all that are kept
     * @return the oldest line first; empty if there is none
     */
    List<NumberedLine> log(JobId id, int after);

    /**
     * Every change of a job.
     *
     * @return the oldest first; empty if there is no such job
     */
    List<HistoryEvent> history(JobId id);

    /**
     * Every change of several jobs, in a few questions to the database.
     *
     * @return the history of each that exists, the oldest change first
     */
    Map<JobId, List<HistoryEvent>> histories(Collection<JobId> ids);
}
