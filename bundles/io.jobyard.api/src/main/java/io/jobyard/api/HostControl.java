// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Pauses, drains and configures hosts and queues. */
@ProviderType
public interface HostControl {

    /**
     * Pauses the jobs of a queue, a type, a limit, a user, or all jobs. They do not start until they are resumed or the time is reached,
     * even after a restart of the host. Running jobs continue. You can pause a queue that has no configuration. A further pause of the same
     * target replaces the first; a job with several pauses starts when the last of them has ended.
     *
     * @param reason shown to users; null for none
     * @param until time at which the pause ends; null if only a resume ends it
     * @throws ValidationException if the name is invalid, the reason has more than 1,000 characters, or the time has passed
     */
    void pause(PauseTarget target, @Nullable String reason, @Nullable Instant until);

    /**
     * Ends a pause.
     *
     * @param target the paused jobs
     * @throws StateConflictException if the jobs are not paused, or a configuration file pauses them
     */
    void resume(PauseTarget target);

    /**
     * Creates or changes a stored limit. The definition applies to all later starts on all hosts, and survives restarts. Limits can also be
     * defined by files {@code io.jobyard.limits-NAME}, with the same keys.
     *
     * @param settings keys and their values, for example {@code rate.requests} and {@code 60/m burst 10}; an empty value removes the key,
     * and omitted keys keep their values
     * @throws ValidationException if the name, a key or a value is invalid, one line for each
     * @throws StateConflictException if a file defines this limit
     * @throws AccessException if the caller is not an administrator
     */
    void setLimit(String name, Map<String, String> settings);

    /**
     * Removes a limit created by {@link #setLimit}. Jobs that name it wait until it is defined again.
     *
     * @throws StateConflictException if it is unknown, or a file defines it
     * @throws AccessException if the caller is not an administrator
     */
    void removeLimit(String name);

    /**
     * Creates or changes a stored queue, as {@link #setLimit} does with a limit. Queues can also be defined by files {@code
     * io.jobyard.queues-NAME}.
     *
     * @param settings keys and their values, for example {@code running.max} and {@code 4}; an empty value removes the key
     * @throws ValidationException if the name, a key or a value is invalid, one line for each
     * @throws StateConflictException if a file defines this queue
     * @throws AccessException if the caller is not an administrator
     */
    void setQueue(String name, Map<String, String> settings);

    /**
     * Removes a queue created by {@link #setQueue}; its jobs stay in it, without limits.
     *
     * @throws StateConflictException if it is unknown, or a file defines it
     * @throws AccessException if the caller is not an administrator
     */
    void removeQueue(String name);

    /**
     * Drains a host: the host finishes its runs and starts no others until {@link #endDrain} is called or the host stops. Other hosts of its database take its
     * jobs if they have the handlers. The drain is stored when the call returns, and takes effect after about a second; {@link
     * StatusReporter#hosts} shows it. A second call has no effect.
     *
     * @param host name of the host, with or without its process, as in {@link StatusReporter#hosts}; null for this host
     * @throws ValidationException if no host has this name, or several have
     * @throws AccessException if the caller may not operate hosts
     */
    void drain(@Nullable String host);

    /**
     * Ends the drain of a host. The host starts jobs again after about a second.
     *
     * @param host its name, as in {@link #drain}
     * @throws ValidationException if no host has this name, or several have
     * @throws StateConflictException if the host is not draining
     * @throws AccessException if the caller may not operate hosts
     */
    void endDrain(@Nullable String host);

    /**
     * Releases a quarantined bundle, so that its jobs start again.
     *
     * @param bundle symbolic name, for all versions of the bundle; or the name and a version, separated by a space
     * @throws StateConflictException if the bundle is not quarantined
     * @throws AccessException if the caller may not operate hosts
     */
    void release(String bundle);
}
