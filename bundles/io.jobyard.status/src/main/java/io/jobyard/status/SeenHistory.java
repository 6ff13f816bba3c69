// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.EventCursor;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.HistoryQueries;
import io.jobyard.api.JobEvent;
import io.jobyard.api.JobId;
import io.jobyard.api.LogLine;
import io.jobyard.api.NumberedLine;
import io.jobyard.spi.access.AccessRule;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** History, as far as one caller may see it. */
interface SeenHistory extends HistoryQueries {

    CallerSight view();

    @Override
    default List<HistoryEvent> history(JobId id) {
        return view().all.jobs.history(view().seen(id));
    }

    @Override
    default Map<JobId, List<HistoryEvent>> histories(Collection<JobId> ids) {
        if (view().seesAll()) {
            return view().all.store.histories(ids);
        }
        view().require(AccessRule.OVERVIEW);
        return view().all
                .store
                .histories(view().all.jobs.ofSubmitter(ids, view().caller.name()));
    }

    @Override
    default List<JobEvent> events(EventCursor after, int limit) {
        view().require(AccessRule.FOLLOW);
        return view().all.jobs.events(after, limit);
    }

    @Override
    default EventCursor newestCursor() {
        view().require(AccessRule.FOLLOW);
        return view().all.jobs.newestCursor();
    }

    @Override
    default List<LogLine> log(JobId id) {
        return view().all.jobs.log(view().seen(id));
    }

    @Override
    default List<NumberedLine> logAfter(JobId id, int after) {
        return view().all.jobs.log(view().seen(id), after);
    }

    @Override
    default Map<Integer, String> stacks(JobId id) {
        return view().all.jobs.stacks(view().seen(id));
    }
}
