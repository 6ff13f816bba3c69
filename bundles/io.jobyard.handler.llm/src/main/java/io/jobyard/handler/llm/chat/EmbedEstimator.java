// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.handler.EstimatesJob;
import io.jobyard.api.handler.JobEstimator;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Estimator of the first batch's usage. Each batch draws on the limits as a separate call. */
@Component
@EstimatesJob(EmbedTexts.TYPE)
public final class EmbedEstimator implements JobEstimator {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ModelCallBounds bounds;

    @Activate
    public EmbedEstimator(@Reference ModelCallBounds bounds) {
        this.bounds = bounds;
    }

    /** Returns the estimate; empty if no endpoint serves the model, in which case the job fails with that error. */
    @Override
    public Map<String, Double> estimate(Map<String, Object> payload) {
        EmbedPayload read = JSON.convertValue(payload, EmbedPayload.class);
        return bounds.ofEmbedding(read, read.batches().get(0))
                .map(ModelCallBounds.Most::estimate)
                .orElse(Map.of());
    }
}
