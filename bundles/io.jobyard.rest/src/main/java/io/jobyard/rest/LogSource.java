// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.LogLine;
import io.jobyard.api.StatusReporter;
import io.jobyard.views.api.EventView;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The log of a job, until the job is over. */
final class LogSource implements LiveSource {

    private final StatusReporter status;
    private final JobId id;
    private @Nullable LogLine last;
    private boolean over;

    LogSource(StatusReporter status, JobId id) {
        this.status = status;
        this.id = id;
    }

    @Override
    public byte @Nullable [] next() {
        if (over) {
            return null;
        }
        Job job = status.status(id);
        List<LogLine> lines = status.log(id);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (LogLine line :
                lines.subList(lines.lastIndexOf(last) + 1, lines.size())) { // the oldest go when there are many
            text.writeBytes(SseText.event(null, "line", EventView.LOG_LINE.json(line)));
            last = line;
        }
        if (job.status().isFinal()) {
            over = true;
            text.writeBytes(PieceSource.end(job));
        }
        return text.size() == 0 ? null : text.toByteArray();
    }

    @Override
    public boolean isOver() {
        return over;
    }

    @Override
    public boolean polls() {
        return true;
    }
}
