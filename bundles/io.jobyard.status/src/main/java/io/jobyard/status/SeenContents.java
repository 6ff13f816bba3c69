// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.JobContents;
import io.jobyard.api.JobId;
import io.jobyard.api.JobResult;
import io.jobyard.api.JobSignal;
import io.jobyard.api.JobStep;
import io.jobyard.api.StreamPiece;
import io.jobyard.spi.handlers.HiddenFields;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Payloads and results, as far as one caller may see them. */
interface SeenContents extends JobContents {

    CallerSight view();

    @Override
    default boolean hidesPayload(JobId id) {
        return view().isHidden(view().seen(id));
    }

    @Override
    default Map<String, Object> payload(JobId id) {
        return view().of(view().seen(id))
                .inObject(HiddenFields.PAYLOAD, view().all.jobs.payload(id));
    }

    @Override
    default JobResult result(JobId id) {
        boolean hides = view().isHidden(view().seen(id));
        JobResult whole = view().all.jobs.result(id);
        Map<String, Object> result = whole.result();
        if (result == null) {
            return whole;
        }
        return hides ? whole.withResult(null) : whole.withResult(view().of(id).inObject(HiddenFields.RESULT, result));
    }

    @Override
    default List<JobStep> steps(JobId id) {
        return view().all.steps.steps(view().seen(id));
    }

    @Override
    default Optional<Object> stepValue(JobId id, String name) {
        HiddenFields hidden = view().of(view().seen(id));
        return view().all.steps.value(id, name).map(value -> hidden.in(HiddenFields.STEPS, value));
    }

    @Override
    default List<JobSignal> signals(JobId id) {
        return view().all.steps.signals(view().seen(id));
    }

    @Override
    default List<StreamPiece> stream(JobId id, long after, int limit) {
        HiddenFields hidden = view().of(view().seen(id));
        List<StreamPiece> pieces = view().all.steps.stream(id, after, limit);
        return hidden.concern(HiddenFields.STREAM)
                ? pieces.stream().map(SeenContents::hidden).toList()
                : pieces;
    }

    private static StreamPiece hidden(StreamPiece piece) {
        return new StreamPiece(piece.position(), piece.run(), piece.at(), HiddenFields.INSTEAD);
    }
}
