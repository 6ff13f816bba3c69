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
     * Changes a stored schedule.
     *
     * @param specification the new definition; if its times differ, past ones do not count as missed
     * @return its new state
     * @throws ValidationException if a value is invalid, or its job would be rejected
     * @throws StateConflictException if the schedule is unknown, or a file defines it
     */
    ScheduleStatus change(ScheduleSpecification specification);

    /**
     * Pauses a schedule; replaces an earlier pause. Times within the pause are skipped.
     *
     * @param reason null for none
     * @param until when the pause ends; null if only a resume ends it
     * @throws StateConflictException if the schedule is unknown
     */
    void pause(String name, @Nullable String reason, @Nullable Instant until);

    /**
     * Ends a pause.
     *
     * @throws StateConflictException if the schedule is unknown, or not paused
     */
    void resume(String name);

    /**
     * Creates a job now, in addition to those of its times; also works while it is paused.
     *
     * @return the job, with the current time as its scheduled time
     * @throws StateConflictException if the schedule is unknown, or an earlier job has not ended and its policy is to skip
     */
    JobId run(String name);

    /**
     * Removes a stored schedule. Its jobs stay.
     *
     * @throws StateConflictException if the schedule is unknown, or a file defines it
     */
    void remove(String name);

    /**
     * Returns the next times.
     *
     * @param most largest number, 1 to 1,000
     * @return the first of them, in order
     * @throws StateConflictException if the schedule is unknown
     */
    List<PlannedFire> preview(String name, int most);

    /**
     * Returns the next times of a definition as if it were stored, as a new schedule or in place of the one with its name; changes nothing.
     *
     * @param most largest number, 1 to 1,000
     * @return the first of them, in order
     * @throws ValidationException if a value is invalid, or its job would be rejected
     * @throws StateConflictException if a file defines a schedule with this name
     */
    List<PlannedFire> preview(ScheduleSpecification specification, int most);

    /**
     * Creates jobs for past times that have none, one after the other: the next when the previous one has ended.
     *
     * @param name a schedule with a cron expression or with an interval between times
     * @param from the first possible time
     * @param to the end, exclusive
     * @return the number of times
     * @throws ValidationException if the range is not in the past, or contains more than 10,000 times
     * @throws StateConflictException if the schedule is unknown, or a backfill is already in progress
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
