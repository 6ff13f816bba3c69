// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** State of the hosts that share the database: figures, configuration, and findings. */
@ProviderType
public interface HostQueries {

    /** Returns figures for all jobs. The cost does not depend on their number. */
    Statistics statistics();

    /**
     * {@return how many jobs came and went, and how long they waited and ran, on this host in the last fifteen minutes, or since its start}
     * The cost does not depend on the number of jobs.
     */
    Activity activity();

    /**
     * Returns the recent numbers of ready and running jobs, for a chart.
     *
     * @return one entry for every five seconds of the last fifteen minutes since the host started, the oldest first
     * @throws AccessException if the caller may not see them
     */
    List<Load> load();

    /**
     * {@return problems that need attention: rejected configurations, stuck threads, types without a handler; the host is healthy if all of
     * them are notes}
     */
    List<Finding> doctor();

    /** {@return the queues that are configured, paused, or have ready or running jobs, by name} */
    List<QueueStatus> queues();

    /** {@return the current pauses of types, limits, users and all jobs, by target; {@link #queues} returns those of queues} */
    List<Pause> pauses();

    /** {@return the limits that are configured, or that ready or running jobs name, by name} */
    List<LimitStatus> limits();

    /** {@return the canaries of types, by type} */
    List<CanaryStatus> canaries();

    /** {@return the hosts that share the database, including this one, by start} */
    List<HostStatus> hosts();

    /** {@return the available handlers, and the missing ones that jobs wait for: one entry for each type and version, by type} */
    List<HandlerStatus> handlers();

    /**
     * {@return the files in {@code deploy/} with the state of each, as of half a second ago, by name; empty in a host without such a
     * directory, for example in Karaf}
     */
    List<DeployedFile> deployed();

    /**
     * {@return the JSON Schema of a type's payload, from the handler that would get a job of it now; empty without a handler or a schema}
     */
    Optional<Map<String, Object>> schema(String type);
}
