// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Estimates the use of a job by its payload if the submitter gives no estimate. Register it as a service with {@link EstimatesJob},
 * preferably in the bundle of the handler; if a type has several estimators, the host calls the estimator with the highest {@code
 * service.ranking}.
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
 * <p>The host calls the estimator once, when the job is submitted, on the submitting thread, with a payload that matches the handler's
 * schema. With several hosts, each host that accepts submits needs the bundle of the estimator. One instance serves many threads at once.
 * The method must return immediately and use only the payload.
 */
@ConsumerType
@FunctionalInterface
public interface JobEstimator {

    /**
     * Estimates the use of a run of the job.
     *
     * @param payload a copy of the job's payload
     * @return amounts by unit, as for {@code JobSpecificationBuilder.estimate}; units in the specification keep their values. If an amount
     * or a unit is invalid, or the method throws an exception, the host ignores the whole estimate, admits the job, and logs the type
     */
    Map<String, Double> estimate(Map<String, Object> payload);
}
