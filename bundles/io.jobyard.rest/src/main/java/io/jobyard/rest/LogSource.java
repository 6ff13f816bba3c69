// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.NumberedLine;
import io.jobyard.api.StatusReporter;
import io.jobyard.views.api.EventView;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** Log of a job until the job is finished. The event id is the number of a line. */
final class LogSource implements LiveSource {

    private final StatusReporter status;
    private final JobId id;
    private int after;
    private boolean over;

    LogSource(StatusReporter status, JobId id, int after) {
        this.status = status;
        this.id = id;
        this.after = after;
    }

    @Override
    public byte @Nullable [] next() {
        if (over) {
            return null;
        }
        Job job = status.status(id);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (NumberedLine line : status.logAfter(id, after)) {
            after = line.number();
            text.writeBytes(SseText.event(String.valueOf(after), "line", EventView.LOG_LINE.json(line.line())));
        }
        if (job.status().isFinished()) {
            over = true;
            text.writeBytes(PieceSource.end(job));
        }
        return text.size() == 0 ? null : text.toByteArray();
    }

    @Override
    public boolean isFinished() {
        return over;
    }

    @Override
    public boolean polls() {
        return true; // nothing notifies this host of runs on other hosts
    }

    @Override
    public boolean isAbout(JobId job) {
        return id.equals(job);
    }
}
