// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.LogLine;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.StreamPiece;
import io.jobyard.views.api.EventView;
import io.jobyard.views.api.JobView;
import io.jobyard.views.api.Reported;
import io.jobyard.views.api.StepView;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stream about one job until the job is finished: its state after each change, its log (first all of it, then new lines) and the
 * pieces that its handler emits. The event id is the position of a piece. Callers who may not see the job's payload receive no
 * pieces.
 */
final class JobSource implements LiveSource {

    private static final int PAGE = 200;

    private final StatusReporter status;
    private final JobId id;
    private final boolean hidesPieces;
    private Map<String, @Nullable Object> told = Map.of();
    private @Nullable List<LogLine> log;
    private long after;
    private boolean over;

    JobSource(StatusReporter status, JobId id, long after) {
        this.status = status;
        this.id = id;
        this.after = after;
        hidesPieces = status.hidesPayload(id);
    }

    @Override
    public byte @Nullable [] next() {
        if (over) {
            return null;
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        Job job = status.status(id);
        Map<String, @Nullable Object> now = JobView.LISTED_JOB.json(new Reported<>(job, status));
        if (!now.equals(told)) {
            told = now;
            text.writeBytes(SseText.event(null, "job", now));
        }
        writeLog(text);
        List<StreamPiece> page = hidesPieces ? List.of() : status.stream(id, after, PAGE);
        for (StreamPiece piece : page) {
            after = piece.position();
            text.writeBytes(SseText.event(String.valueOf(after), "piece", StepView.PIECE.json(piece)));
        }
        if (job.status().isFinished() && page.size() < PAGE) {
            over = true;
            text.writeBytes(PieceSource.end(job));
        }
        return text.size() == 0 ? null : text.toByteArray();
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

    @Override
    public boolean isFinished() {
        return over;
    }

    @Override
    public boolean polls() {
        return true;
    }

    @Override
    public boolean isAbout(JobId job) {
        return id.equals(job);
    }
}
