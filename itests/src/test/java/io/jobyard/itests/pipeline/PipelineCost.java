// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.pipeline;

import io.jobyard.api.handler.EstimatesJob;
import io.jobyard.api.handler.JobEstimator;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** Says what a pipeline uses. */
@Component
@EstimatesJob("pipeline")
public final class PipelineCost implements JobEstimator {

    @Override
    public Map<String, Double> estimate(Map<String, Object> payload) {
        return Map.of("step.1", payload.containsKey("notes") ? (double) Pipeline.USES : 0);
    }
}
