// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Output of a run, and its state. */
@ProviderType
public interface RunProgress {

    /**
     * Reports the progress of the work. You can call it often.
     *
     * @param done units done
     * @param total total number of units; 0 if unknown
     * @param text current activity; cut at 1,000 characters
     */
    void progress(long done, long total, String text);

    /**
     * Writes a line to the job's log, which {@code job:log} shows. Stored within a second, and at the latest with the outcome. The newest
     * 1,000 lines of a job are kept. A line is cut at 1,000 characters, and a tab at its beginning becomes blanks.
     */
    void log(String text);

    /**
     * Adds text to the job's stream, for example of a model's answer. It is stored in order, in shared commits: at once, or within {@code
     * stream.flush.ms} of {@code io.jobyard.worker} together with the texts that follow, as one piece. {@code job:stream} and {@code
     * StatusReporter.stream} read the stream while it grows. Output of an earlier run remains: each piece names its run. Waits while the
     * store is slow.
     *
     * <p>It is redacted like a line of the log, but not cut. The end of a text that may be the start of a secret is stored with the next
     * text, with the next step or wait, or when the run ends.
     *
     * @param text the text, of any length; nothing happens if it is empty
     * @throws io.jobyard.api.StoreException if the store does not accept earlier pieces, and no more fit in memory
     * @throws PermanentException if the streams of the job have more than 16,777,216 characters
     */
    void emit(String text);

    /**
     * Sends a heartbeat, which shows that the run is alive. Every other call of this context is also a heartbeat. A handler that works
     * for a long time without such a call calls this method. A handler that declares its interval ({@code HandlesJob.heartbeat}) is
     * interrupted when heartbeats are missing, long before its timeout. You can call it often.
     */
    void heartbeat();

    /**
     * Returns whether the run must end early; {@link #endReason} returns the reason. The thread is interrupted too. A result that the
     * handler returns afterwards may be dropped.
     *
     * @return whether the run has been asked to end
     */
    boolean cancelled();

    /** {@return the reason why the run must end early; empty while it may continue} */
    Optional<EndReason> endReason();

    /** Returns the latest end of this run: its timeout, with its {@linkplain #extend extension}, or the deadline of its job. */
    Instant endsBy();

    /**
     * Extends the timeout of this run, so that the run may last at least this long from now. The run gets less if it would end after the
     * deadline of its job, or last longer in total than {@code timeout.max} of its type ({@code io.jobyard.types-NAME}; default 86,400 s);
     * then the returned time is earlier, and the first such call writes a line to the job's log. A run never ends earlier than before. If it
     * must end already ({@link #cancelled}), nothing changes. The next run begins with the timeout of the job.
     *
     * @param more time from now; a zero time changes nothing
     * @return the new value of {@link #endsBy}
     * @throws IllegalArgumentException if the time is negative
     * @throws IllegalStateException if the run has ended
     */
    Instant extend(Duration more);
}
