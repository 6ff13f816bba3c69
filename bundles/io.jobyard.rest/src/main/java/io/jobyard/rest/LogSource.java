// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.NumberedLine;
import io.jobyard.api.StatusReporter;
import io.jobyard.views.api.EventView;
import java.io.ByteArrayOutputStream;

/** Log of a job until the job is finished. The event id is the number of a line. */
final class LogSource extends JobFollower {

    private int after;

    LogSource(StatusReporter status, JobId id, int after) {
        super(status, id);
        this.after = after;
    }

    @Override
    boolean write(Job job, ByteArrayOutputStream text) {
        for (NumberedLine line : status.logAfter(id, after)) {
            after = line.number();
            text.writeBytes(SseText.event(String.valueOf(after), "line", EventView.LOG_LINE.json(line.line())));
        }
        return true;
    }
}
