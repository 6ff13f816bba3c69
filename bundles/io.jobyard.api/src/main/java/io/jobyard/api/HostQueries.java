// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Tells how the hosts are that share the database: in numbers, by what they are configured with, and by what needs a look. */
@ProviderType
public interface HostQueries {

    /** Numbers over all jobs. Costs the same however many there are. */
    Statistics statistics();

    /**
     * What jobs did lately: how many came and went, how long they waited and ran. Costs the same however many jobs
     * there are.
     *
     * @return the activity of the last fifteen minutes, of this host since its start at the most
     */
    Activity activity();

    /**
     * How many jobs were ready and ran lately, so that a chart has a beginning.
     *
     * @return one for each five seconds of the last fifteen minutes since the host started, the oldest first
     * @throws AccessException if the caller may not look
     */
    List<Load> load();

    /**
     * What somebody should look at: refused configurations, stuck threads, types without a handler.
     *
     * @return the findings; all is well if there is none but notes
     */
    List<Finding> doctor();

    /**
     * The queues: those that are configured, paused, or hold jobs that are ready or run.
     *
     * @return one entry each, by name
     */
    List<QueueStatus> queues();

    /**
     * The pauses of types, limits, users and all jobs that are in force; those of queues are told by {@link #queues}.
     *
     * @return one entry each, by target
     */
    List<Pause> pauses();

    /**
     * The limits: those that are configured, and those that ready or running jobs name.
     *
     * @return one entry each, by name
     */
    List<LimitStatus> limits();

    /**
     * The canaries of types: versions that are tried with a share of the jobs.
     *
     * @return one entry each, by type
     */
    List<CanaryStatus> canaries();

    /**
     * The hosts that share the database, this one among them.
     *
     * @return one entry each, the first that began first
     */
    List<HostStatus> hosts();

    /**
     * The handlers that are there, and those that jobs wait for.
     *
     * @return one entry for each type and version, by type
     */
    List<HandlerStatus> handlers();

    /**
     * The files in {@code deploy/} and what became of each, as of half a second ago.
     *
     * @return by name; empty in a host that has no such directory of its own, such as Karaf
     */
    List<DeployedFile> deployed();

    /**
     * What the payload of a type must be, as the handler says that would get a job of it now.
     *
     * @return a JSON Schema; empty if there is no handler or it says nothing
     */
    Optional<Map<String, Object>> schema(String type);
}
