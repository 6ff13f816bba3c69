// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Service that creates jobs at scheduled times. Each bundle gets its own instance. The bundle owns the schedules that it adds, and its
 * roles and quotas apply to their jobs.
 *
 * <p>Each scheduled time gets exactly one job, even if hosts crash. Each change is stored before its
 * method returns.
 *
 * <p>All methods throw {@link AccessException} if the caller lacks the permission, and {@link StoreException} if the store does not answer.
 */
@ProviderType
public interface ScheduleManager {

    /** Returns all schedules. */
    List<ScheduleStatus> schedules();

    /**
     * Adds a schedule.
     *
     * @return state of the schedule
     * @throws ValidationException if a value is invalid, or its job would be rejected
     * @throws StateConflictException if the name is already taken
     */
    ScheduleStatus add(ScheduleSpecification specification);

    /**
     * Changes a stored schedule.
     *
     * @param specification the new definition; if its times differ, past ones do not count as missed
     * @return its new state
     * @throws ValidationException if a value is invalid, or its job would be rejected
     * @throws NotFoundException if the schedule is unknown
     * @throws StateConflictException if a file defines it
     */
    ScheduleStatus change(ScheduleSpecification specification);

    /**
     * Pauses a schedule; replaces an earlier pause. Scheduled times within the pause are skipped.
     *
     * @param reason null for none
     * @param until time at which the pause ends; null if only a resume ends it
     * @throws NotFoundException if the schedule is unknown
     */
    void pause(String name, @Nullable String reason, @Nullable Instant until);

    /**
     * Ends a pause.
     *
     * @throws NotFoundException if the schedule is unknown
     * @throws StateConflictException if the schedule is not paused
     */
    void resume(String name);

    /**
     * Creates a job now, in addition to those of the scheduled times. This also works while the schedule is paused.
     *
     * @return the job, with the current time as its scheduled time
     * @throws NotFoundException if the schedule is unknown
     * @throws StateConflictException if an earlier job has not finished and the policy is to skip
     */
    JobId run(String name);

    /**
     * Removes a stored schedule. Its jobs stay.
     *
     * @throws NotFoundException if the schedule is unknown
     * @throws StateConflictException if a file defines it
     */
    void remove(String name);

    /**
     * Returns the next scheduled times of a schedule.
     *
     * @param most maximum number of times, 1 to 1,000
     * @return the next scheduled times, in order
     * @throws NotFoundException if the schedule is unknown
     */
    List<PlannedFire> preview(String name, int most);

    /**
     * Returns the next scheduled times of a definition without storing it. A stored schedule with the same name counts as replaced.
     *
     * @param most maximum number of times, 1 to 1,000
     * @return the next scheduled times, in order
     * @throws ValidationException if a value is invalid, or its job would be rejected
     * @throws StateConflictException if a file defines a schedule with this name
     */
    List<PlannedFire> preview(ScheduleSpecification specification, int most);

    /**
     * Creates jobs for past scheduled times without a job. Each job is created when the previous one has finished.
     *
     * @param name a schedule with a cron expression or with an interval between times
     * @param from earliest time
     * @param to latest time, exclusive
     * @return number of times
     * @throws ValidationException if the range is not in the past, or contains more than 10,000 times
     * @throws NotFoundException if the schedule is unknown
     * @throws StateConflictException if a backfill is already in progress
     */
    int backfill(String name, Instant from, Instant to);

    /**
     * Returns the service for another user.
     *
     * @param user owner of the schedules, whose roles apply
     * @return a service of that user
     * @throws AccessException if the caller may not act as others
     */
    ScheduleManager as(String user);
}
