// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.LogLine;
import io.jobyard.api.StatusReporter;
import io.jobyard.views.api.EventView;
import io.jobyard.views.api.JobView;
import io.jobyard.views.api.Reported;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stream about one job until the job is finished: its state after each change, its log (first all of it, then new lines) and the
 * pieces that its handler emits. The event id is the position of a piece. Callers who may not see the job's payload receive no
 * pieces.
 */
final class JobSource extends PieceSource {

    private final boolean hidesPieces;
    private Map<String, @Nullable Object> told = Map.of();
    private @Nullable List<LogLine> log;

    JobSource(StatusReporter status, JobId id, long after) {
        super(status, id, after);
        hidesPieces = status.hidesPayload(id);
    }

    @Override
    boolean write(Job job, ByteArrayOutputStream text) {
        Map<String, @Nullable Object> now = JobView.LISTED_JOB.json(new Reported<>(job, status));
        if (!now.equals(told)) {
            told = now;
            text.writeBytes(SseText.event(null, "job", now));
        }
        writeLog(text);
        return hidesPieces || super.write(job, text);
    }

    private void writeLog(ByteArrayOutputStream text) {
        List<LogLine> lines = status.log(id);
        if (log == null) {
            text.writeBytes(SseText.event(null, "log", EventView.LOG.json(lines)));
        } else if (!lines.isEmpty()) {
            LogLine last = log.isEmpty() ? null : log.get(log.size() - 1);
            for (LogLine line : lines.subList(lines.lastIndexOf(last) + 1, lines.size())) {
                text.writeBytes(SseText.event(null, "line", EventView.LOG_LINE.json(line)));
            }
        }
        log = lines;
    }
}
