// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Says what a job of a type is expected to use, by its payload, where whoever submits it does not. Register it as a service with {@link
 * EstimatesJob}, best in the bundle of the handler; of several for one type the one with the highest {@code service.ranking} is asked.
 *
 * <pre>{@code
 * @Component
 * @EstimatesJob("summarize")
 * public final class SummaryCost implements JobEstimator {
 *     public Map<String, Double> estimate(Map<String, Object> payload) {
 *         return Map.of("tokens", ((String) payload.get("text")).length() / 4.0);
 *     }
 * }
 * }</pre>
 *
 * <p>It is asked once, when the job is submitted, on the thread that submits, of a payload that fits the handler's schema, and on the
 * host that takes the submit: of several hosts each of these needs its bundle. One instance serves many threads at once. It answers at
 * once and from the payload alone.
 */
@ConsumerType
@FunctionalInterface
public interface JobEstimator {

    /**
     * Estimates what a run of the job will use.
     *
     * @param payload the job's payload, a copy
     * @return by unit, as {@code JobSpecificationBuilder.estimate} takes it; units that the specification names keep what it says. If an
     *     amount or a unit is none, or it throws, nothing of it counts: the job is admitted, and the host's log names the type
     */
    Map<String, Double> estimate(Map<String, Object> payload);
}
