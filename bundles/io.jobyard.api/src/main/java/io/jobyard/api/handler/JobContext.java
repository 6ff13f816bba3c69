// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One run of a job, as its handler sees it. Valid until the handler returns, or is given up because it does not; safe for
 * use by its own threads. Afterwards {@link #progress}, {@link #log} and {@link #used} throw an {@link
 * IllegalStateException} and change nothing.
 */
@ProviderType
public interface JobContext {

    /**
     * The job at the start of this run.
     *
     * @return a snapshot
     */
    Job job();

    /**
     * What the job is to work on.
     *
     * @return a JSON object, unmodifiable
     */
    Map<String, Object> payload();

    /**
     * The payload as a type of the handler's own, best a record.
     *
     * @param <T> the type
     * @param type its class
     * @return the payload, converted
     * @throws PermanentException if the payload does not fit; says what and where
     */
    <T> T payload(Class<T> type);

    /**
     * Makes a result of a type of the handler's own, best a record: {@code return context.result(new Count(3));}
     *
     * @param value what becomes a JSON object
     * @return its members by name, to be returned by the handler
     * @throws PermanentException if it cannot be written as a JSON object of at most {@code max.result.bytes}
     */
    Map<String, Object> result(Object value);

    /**
     * The number of this run, from 1; never the same twice for one job. {@code id:run} is a key that may be passed on.
     *
     * @return the run
     */
    int run();

    /**
     * Which attempt this is, from 1; runs that were given back do not count.
     *
     * @return the attempt
     */
    int attempt();

    /**
     * The results of the jobs this one depends on. Read from the store at the call.
     *
     * @return by id, in the order of the specification; without those that did not complete
     */
    Map<JobId, Map<String, Object>> dependencyResults();

    /**
     * Says how far the work is. Cheap; call it as often as it is true.
     *
     * @param done units done
     * @param total units in all; 0 if unknown
     * @param text what it is at; cut at 1,000 characters
     */
    void progress(long done, long total, String text);

    /**
     * Writes a line to the job's log, which {@code job:log} shows. Stored within a second, and at the latest with the
     * outcome; the newest 1,000 lines of a job are kept, a line is cut at 1,000 characters, a
     * tab at its beginning becomes blanks.
     *
     * @param text the line
     */
    void log(String text);

    /**
     * Says that the run has used so much of a unit, such as 812 tokens. What exceeds the estimate is taken from the
     * limits of the job at once and may bring them below zero, which holds what comes next. What was estimated of the
     * unit and not used by the end of the run is given back, if this was called for the unit at all.
     *
     * <p>It is kept, at once and apart from the outcome, whether a limit counts the unit or not: {@code job:usage} tells it by
     * users, types, models and labels, also after the job is removed. What a run used before its host was killed is known but for the
     * last milliseconds.
     *
     * @param unit the unit, such as {@code tokens}: 1 to 32 of the characters {@code A-Z a-z 0-9 . _ -}, at most 32 of them in a run
     * @param amount how much more than before; not negative
     * @throws IllegalArgumentException if the amount is negative or no number, or the unit is none
     */
    void used(String unit, double amount);

    /**
     * Tells whether the run is to end early; the thread is interrupted too. What a handler returns afterwards may be
     * dropped.
     *
     * @return true once the run has been asked to end
     */
    boolean cancelled();
}
