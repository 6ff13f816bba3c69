// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.StatusReporter;
import io.jobyard.views.api.ChangeView;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** Source about one job, which ends with the event {@code end} when the job is finished and everything about it was read. */
abstract class JobFollower implements LiveSource {

    final StatusReporter status;
    final JobId id;
    private boolean over;

    JobFollower(StatusReporter status, JobId id) {
        this.status = status;
        this.id = id;
    }

    /** Writes the events since the last call; returns false if more can be read at once. */
    abstract boolean write(Job job, ByteArrayOutputStream text);

    @Override
    public final byte @Nullable [] next() {
        if (over) {
            return null;
        }
        Job job = status.status(id);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        over = write(job, text) && job.status().isFinished();
        if (over) {
            text.writeBytes(SseText.event(null, "end", ChangeView.CHANGED_JOB.json(job)));
        }
        return text.size() == 0 ? null : text.toByteArray();
    }

    @Override
    public final boolean isFinished() {
        return over;
    }

    @Override
    public final boolean polls() {
        return true; // nothing notifies this host of runs on other hosts
    }

    @Override
    public final boolean isAbout(JobId job) {
        return id.equals(job);
    }
}
