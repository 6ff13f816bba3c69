// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Reads the state of the hosts that share the database: statistics, configuration and findings. */
@ProviderType
public interface HostQueries {

    /** Returns statistics of all jobs. The cost does not depend on the number of jobs. */
    Statistics statistics();

    /**
     * Returns the numbers of submitted, started and failed jobs, and their wait and run times, on this host. The values cover the last
     * fifteen minutes, or the time since the start. The cost does not depend on the number of jobs.
     */
    Activity activity();

    /**
     * Returns the recent numbers of ready and running jobs, for a chart.
     *
     * @return one entry for every five seconds of the last fifteen minutes, the oldest first; none from before the start of the host
     * @throws AccessException if the caller may not see them
     */
    List<Load> load();

    /**
     * Returns stored samples of the numbers of queued, running and failed jobs, by queue and type. The leader takes them for all hosts.
     *
     * @return the samples of the range, the oldest first; none for times at which no host ran
     * @throws ValidationException for more than {@link SampleQuery#MAX_COUNTS} counts
     * @throws AccessException if the caller may not see them
     */
    List<JobSample> samples(SampleQuery query);

    /**
     * Returns the number of slots of all hosts together, and the number of slots that jobs use.
     *
     * @throws AccessException if the caller may not see them
     */
    HostStatus.HostLoad slots();

    /**
     * {@return problems that need attention, for example rejected configurations, stuck threads, or types without a handler; the host is
     * healthy if all of them are notes}
     */
    List<Finding> doctor();

    /** {@return the queues that are configured, paused, or have ready or running jobs, by name} */
    List<QueueStatus> queues();

    /** {@return the current pauses of types, limits, users and all jobs, by target; {@link #queues} returns the pauses of queues} */
    List<Pause> pauses();

    /** {@return the configured limits, and those that ready or running jobs name, by name} */
    List<LimitStatus> limits();

    /** {@return the canaries of types, by type} */
    List<CanaryStatus> canaries();

    /** {@return the hosts that share the database, including this one, by start time} */
    List<HostStatus> hosts();

    /** {@return the available handlers, and the missing handlers that jobs wait for: one entry for each type and version, by type} */
    List<HandlerStatus> handlers();

    /**
     * {@return the files in {@code deploy/} with the state of each half a second ago, by name; empty on a host without this directory, for
     * example in Karaf}
     */
    List<DeployedFile> deployed();

    /**
     * {@return the JSON Schema of a type's payload, from the handler that would get a job of it now; empty without a handler or a schema}
     */
    Optional<Map<String, Object>> schema(String type);
}
