// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.StreamPiece;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Operation;
import io.jobyard.spi.handlers.HiddenFields;

/** What one caller sees of what jobs were given and what they gave. */
final class Contents {

    private final Caller caller;
    private final Access access;
    private final StatusReporterComponent all;
    private final boolean isHost;

    Contents(Caller caller, Access access, StatusReporterComponent all) {
        this(caller, access, all, false);
    }

    /** With {@code isHost} nothing is hidden. */
    Contents(Caller caller, Access access, StatusReporterComponent all, boolean isHost) {
        this.caller = caller;
        this.access = access;
        this.all = all;
        this.isHost = isHost;
    }

    /** Whether all of it is hidden. */
    boolean isHidden(JobId id) {
        return !access.allows(caller, Operation.PAYLOAD, false)
                && !access.allows(caller, Operation.PAYLOAD, isOwn(all.jobs.status(id)));
    }

    /** What is hidden of it. Throws if all of it is. */
    HiddenFields of(JobId id) {
        boolean others = access.allows(caller, Operation.PAYLOAD, false);
        if (isHost || others && !all.hidesFields()) {
            return HiddenFields.NONE;
        }
        Job job = all.jobs.status(id);
        access.require(caller, Operation.PAYLOAD, job);
        return isOwn(job) ? HiddenFields.NONE : all.hiddenFields(job.type());
    }

    private boolean isOwn(Job job) {
        return job.submitter().equals(caller.name());
    }

    static StreamPiece hidden(StreamPiece piece) {
        return new StreamPiece(piece.position(), piece.run(), piece.at(), HiddenFields.INSTEAD);
    }
}
