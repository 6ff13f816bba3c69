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

/** Queries of a job's history and output. */
@ProviderType
public interface HistoryLookups {

    /** Returns the log of a job, the oldest line first; may be empty. */
    List<LogLine> log(JobId id);

    /** Returns the lines of a job's log after the line with a number, the oldest first; 0 for all retained lines. The list may be empty. */
    List<NumberedLine> log(JobId id, int after);

    /** Returns every change of a job, the oldest first; empty if the job is unknown. */
    List<HistoryEvent> history(JobId id);

    /** Returns every change of several jobs, the oldest first, in a few queries; without unknown jobs. */
    Map<JobId, List<HistoryEvent>> histories(Collection<JobId> ids);
}
