// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** State of the hosts that share the database: figures, configuration, and findings. */
@ProviderType
public interface HostQueries {

    /** Numbers over all jobs. Costs the same however many there are. */
    Statistics statistics();

    /**
     * Returns recent activity: how many jobs came and went, and how long they waited and ran. The cost does not depend on the number of
     * jobs.
     *
     * @return activity of this host in the last fifteen minutes, or since its start
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
     * Returns problems that need attention: rejected configurations, stuck threads, types without a handler.
     *
     * @return the findings; the host is healthy if all of them are notes
     */
    List<Finding> doctor();

    /**
     * The queues: those that are configured, paused, or hold jobs that are ready or run.
     *
     * @return one entry each, by name
     */
    List<QueueStatus> queues();

    /**
     * Returns the current pauses of types, limits, users and all jobs; {@link #queues} returns those of queues.
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
     * Returns the available handlers, and the missing ones that jobs wait for.
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
     * Returns the schema of a type's payload, from the handler that would get a job of it now.
     *
     * @return a JSON Schema; empty without a handler or a schema
     */
    Optional<Map<String, Object>> schema(String type);
}
