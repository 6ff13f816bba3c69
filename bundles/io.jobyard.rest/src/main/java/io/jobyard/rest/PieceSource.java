// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.StreamPiece;
import io.jobyard.views.api.StepView;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** Pieces that a job's handler emits, until the job is finished. The event id is the position of a piece. */
class PieceSource extends JobFollower {

    private static final int PAGE = 200;

    private long after;

    PieceSource(StatusReporter status, JobId id, long after) {
        super(status, id);
        this.after = after;
    }

    @Override
    boolean write(Job job, ByteArrayOutputStream text) {
        List<StreamPiece> page = status.stream(id, after, PAGE);
        for (StreamPiece piece : page) {
            after = piece.position();
            text.writeBytes(SseText.event(String.valueOf(after), "piece", StepView.PIECE.json(piece)));
        }
        return page.size() < PAGE;
    }
}
