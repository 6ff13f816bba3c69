// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.StreamPiece;
import io.jobyard.views.api.ChangeView;
import io.jobyard.views.api.StepView;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pieces that a job's handler emits, until the job is finished. The event id is the position of a piece. */
final class PieceSource implements LiveSource {

    private static final int PAGE = 200;

    private final StatusReporter status;
    private final JobId id;
    private long after;
    private boolean over;

    PieceSource(StatusReporter status, JobId id, long after) {
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
        List<StreamPiece> page = status.stream(id, after, PAGE);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (StreamPiece piece : page) {
            after = piece.position();
            text.writeBytes(SseText.event(String.valueOf(after), "piece", StepView.PIECE.json(piece)));
        }
        if (job.status().isFinished() && page.size() < PAGE) {
            over = true;
            text.writeBytes(end(job));
        }
        return text.size() == 0 ? null : text.toByteArray();
    }

    static byte[] end(Job job) {
        return SseText.event(null, "end", ChangeView.CHANGED_JOB.json(job));
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
