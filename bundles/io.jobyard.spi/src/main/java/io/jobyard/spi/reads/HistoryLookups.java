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

/** History and output of a job. */
@ProviderType
public interface HistoryLookups {

    /**
     * Returns the log of a job.
     *
     * @return the oldest line first; may be empty
     */
    List<LogLine> log(JobId id);

    /**
     * Returns the log of a job after a line.
     *
     * @param after returns lines after the one with this number; 0 for all retained ones
     * @return the oldest line first; may be empty
     */
    List<NumberedLine> log(JobId id, int after);

    /**
     * Returns every change of a job.
     *
     * @return the oldest first; empty if the job is unknown
     */
    List<HistoryEvent> history(JobId id);

    /**
     * Returns every change of several jobs, in a few queries.
     *
     * @return the history of each that exists, the oldest change first
     */
    Map<JobId, List<HistoryEvent>> histories(Collection<JobId> ids);
}
