// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Makes jobs at their times. The host offers it to each bundle as a service of its own: what a bundle adds belongs to the bundle, and
 * its roles and quotas apply to each of the jobs.
 *
 * <p>There is exactly one job for each time of a schedule, whatever becomes of hosts meanwhile. Everything is stored before a method returns.
 *
 * <p>All methods throw {@link AccessException} where the caller may not do that, and {@link StoreException} if the store does not
 * answer.
 */
@ProviderType
public interface ScheduleManager {

    /** All schedules. */
    List<ScheduleStatus> schedules();

    /**
     * Adds a schedule.
     *
     * @return as it is now
     * @throws ValidationException if a value is not right, or its job would be refused
     * @throws StateConflictException if there is one with that name
     */
    ScheduleStatus add(ScheduleSpecification specification);

    /**
     * Changes a schedule that was added.
     *
     * @param specification what it is from now on; if its times are others, those that have passed are not missed
     * @return as it is now
     * @throws ValidationException if a value is not right, or its job would be refused
     * @throws StateConflictException if there is none with that name, or a file says what it is
     */
    ScheduleStatus change(ScheduleSpecification specification);

    /**
     * Pauses a schedule; what was paused already is paused anew. The times that fall into the pause are left out.
     *
     * @param reason why; null for no word on that
     * @param until when it goes on by itself; null if only a resume ends the pause
     * @throws StateConflictException if there is none with that name
     */
    void pause(String name, @Nullable String reason, @Nullable Instant until);

    /**
     * Ends a pause.
     *
     * @throws StateConflictException if there is none with that name, or it is not paused
     */
    void resume(String name);

    /**
     * Makes a job now, beside those for its times; also while it is paused.
     *
     * @return the job, whose time is now
     * @throws StateConflictException if there is none with that name, or an earlier job has not ended and the schedule skips then
     */
    JobId run(String name);

    /**
     * Removes a schedule that was added. Its jobs stay.
     *
     * @throws StateConflictException if there is none with that name, or it is from a file
     */
    void remove(String name);

    /**
     * What comes next.
     *
     * @param most how many times, 1 to 1,000
     * @return the first of them, in order
     * @throws StateConflictException if there is none with that name
     */
    List<PlannedFire> preview(String name, int most);

    /**
     * What would come next if this were stored, as a new schedule or in place of the one of its name; nothing is changed.
     *
     * @param most how many times, 1 to 1,000
     * @return the first of them, in order
     * @throws ValidationException if a value is not right, or its job would be refused
     * @throws StateConflictException if a file says what the schedule of that name is
     */
    List<PlannedFire> preview(ScheduleSpecification specification, int most);

    /**
     * Makes jobs for past times that have none, one after the other: the next when the one before has ended.
     *
     * @param name the schedule, which goes by a cron expression or an interval from time to time
     * @param from the first possible time
     * @param to the end; times from then on get none by this
     * @return how many times there are
     * @throws ValidationException if it is not in the past, or there are more than 10,000 times
     * @throws StateConflictException if there is none with that name, or one is at work already
     */
    int backfill(String name, Instant from, Instant to);

    /**
     * Speaks for a user.
     *
     * @param user whose schedules and roles count from there on
     * @return a service of that user
     * @throws AccessException if the caller may not do that
     */
    ScheduleManager as(String user);
}
