// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.handler.EstimatesJob;
import io.jobyard.api.handler.JobEstimator;
import io.jobyard.handler.llm.wire.ModelQuery;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Estimator of the maximum usage of a call: the estimated tokens of its prompt, and the longest answer allowed. */
@Component
@EstimatesJob(ChatCompletion.TYPE)
public final class ChatEstimator implements JobEstimator {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ModelCallBounds bounds;

    @Activate
    public ChatEstimator(@Reference ModelCallBounds bounds) {
        this.bounds = bounds;
    }

    @Override
    public Map<String, Double> estimate(Map<String, Object> payload) {
        return bounds.of(JSON.convertValue(payload, ModelQuery.class))
                .map(ModelCallBounds.Most::estimate)
                .orElse(Map.of());
    }
}
