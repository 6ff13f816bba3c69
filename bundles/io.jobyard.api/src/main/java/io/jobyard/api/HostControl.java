// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Holds and configures what the hosts do. */
@ProviderType
public interface HostControl {

    /**
     * Pauses jobs: of a queue, a type, a limit, a user, or all. None of them starts until they are resumed or the time comes, also after a
     * restart of the host. What runs goes on. A queue needs no configuration to be paused. A further pause of the same target replaces the first; a job that
     * several pauses hold starts when the last of them is over.
     *
     * @param reason why, for whoever asks; null to say nothing
     * @param until when the pause ends by itself; null if only a resume ends it
     * @throws ValidationException if the name is none, the reason has more than 1,000 characters, or the time has passed
     */
    void pause(PauseTarget target, @Nullable String reason, @Nullable Instant until);

    /**
     * Ends a pause.
     *
     * @param target which jobs
     * @throws StateConflictException if nobody has paused them, or its configuration has
     */
    void resume(PauseTarget target);

    /**
     * Makes a limit, or changes one that was made so; it counts at the next decision, on all hosts, and outlives them. Beside it stand the
     * limits of files {@code io.jobyard.limits-NAME}, which have the same keys.
     *
     * @param settings keys and their values, such as {@code rate.requests} and {@code 60/m burst 10}; an empty value takes the key away,
     *     and keys that are left out stay as they are
     * @throws ValidationException if the name, a key or a value is wrong; says what, a line for each
     * @throws StateConflictException if a file says what this limit is
     * @throws AccessException if the caller is no administrator
     */
    void setLimit(String name, Map<String, String> settings);

    /**
     * Removes a limit that was made by {@link #setLimit}. Jobs that name it wait until there is one again.
     *
     * @throws StateConflictException if there is none, or a file says what it is
     * @throws AccessException if the caller is no administrator
     */
    void removeLimit(String name);

    /**
     * Makes a queue, or changes one that was made so, as {@link #setLimit} does with a limit. Beside it stand the queues of files
     * {@code io.jobyard.queues-NAME}.
     *
     * @param settings keys and their values, such as {@code running.max} and {@code 4}; an empty value takes the key away
     * @throws ValidationException if the name, a key or a value is wrong; says what, a line for each
     * @throws StateConflictException if a file says what this queue is
     * @throws AccessException if the caller is no administrator
     */
    void setQueue(String name, Map<String, String> settings);

    /**
     * Removes a queue that was made by {@link #setQueue}; its jobs stay in it, without bounds.
     *
     * @throws StateConflictException if there is none, or a file says what it is
     * @throws AccessException if the caller is no administrator
     */
    void removeQueue(String name);

    /**
     * Lets a host finish what it runs and start nothing more, until {@link #endDrain} or its end. Other hosts of its database
     * do its jobs, where they can. This is stored when the call returns, and the host hears of it in about a second:
     * {@link StatusReporter#hosts} tells whether it drains. Without effect if it drains already.
     *
     * @param host its name, with its process or without, as {@link StatusReporter#hosts} tells; null for this one
     * @throws ValidationException if no host is called so, or several are
     * @throws AccessException if the caller may not operate
     */
    void drain(@Nullable String host);

    /**
     * Lets a host start jobs again, in about a second.
     *
     * @param host its name, as of {@link #drain}
     * @throws ValidationException if no host is called so, or several are
     * @throws StateConflictException if it does not drain
     * @throws AccessException if the caller may not operate
     */
    void endDrain(@Nullable String host);

    /**
     * Lets a bundle back that the host has set aside because its handlers did harm: its jobs start again.
     *
     * @param bundle its symbolic name, for all its versions; or that and a version, with a blank between
     * @throws StateConflictException if it is not set aside
     * @throws AccessException if the caller may not operate
     */
    void release(String bundle);
}
