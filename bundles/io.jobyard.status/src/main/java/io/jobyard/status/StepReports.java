// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.JobId;
import io.jobyard.api.JobNotFoundException;
import io.jobyard.api.JobSignal;
import io.jobyard.api.JobStep;
import io.jobyard.api.StreamPiece;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.steps.CallbackToken;
import io.jobyard.spi.steps.StepByName;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.spi.steps.WorkStore;
import java.util.List;
import java.util.Optional;

/** Reads the data that jobs keep between runs, for any caller. */
final class StepReports {

    private static final int MOST_PIECES = 10_000;

    private final JobReads jobs;
    private final WorkStore work;

    StepReports(JobReads jobs, WorkStore work) {
        this.jobs = jobs;
        this.work = work;
    }

    List<JobStep> steps(JobId id) {
        return ofKnown(id, work.steps(id)).stream().map(StoredStep::told).toList();
    }

    Optional<Object> value(JobId id, String name) {
        StoredStep step = StepByName.find(id, ofKnown(id, work.steps(id)), name);
        String small = step.value();
        Optional<String> json = small != null
                ? Optional.of(small)
                : step.characters() == 0 ? Optional.empty() : work.value(id, step.number());
        return json.map(StoredJson::value);
    }

    /** Returns the signals. A callback's name is a secret, and its wait is one of the steps. */
    List<JobSignal> signals(JobId id) {
        return ofKnown(id, work.signals(id)).stream()
                .filter(signal -> !CallbackToken.isName(signal.name()))
                .map(signal -> new JobSignal(signal.name(), signal.at(), signal.by()))
                .toList();
    }

    List<StreamPiece> stream(JobId id, long after, int limit) {
        if (limit < 1 || limit > MOST_PIECES) {
            throw new ValidationException("limit " + limit + " is out of range: use 1 to " + MOST_PIECES);
        }
        return ofKnown(id, work.stream(id, after, limit));
    }

    /** Checks that the job exists if the list is empty. */
    private <T> List<T> ofKnown(JobId id, List<T> found) {
        if (found.isEmpty() && jobs.job(id).isEmpty()) {
            throw new JobNotFoundException(id.toString());
        }
        return found;
    }
}
