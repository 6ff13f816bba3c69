// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.summary;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.handler.EstimatesJob;
import io.jobyard.api.handler.JobEstimator;
import io.jobyard.handler.llm.chat.ModelCallBounds;
import io.jobyard.handler.llm.tools.Tokenizer;
import io.jobyard.handler.llm.wire.TokenUsage;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Estimator for the first summary at its maximum size. Each summary is a separate call with its own use of limits. */
@Component
@EstimatesJob(SummarizeDocuments.TYPE)
public final class SummaryEstimator implements JobEstimator {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ModelCallBounds bounds;
    private final Tokenizer tokenizer;

    @Activate
    public SummaryEstimator(@Reference ModelCallBounds bounds, @Reference Tokenizer tokenizer) {
        this.bounds = bounds;
        this.tokenizer = tokenizer;
    }

    /**
     * Estimates the chunks of a folder's files at their maximum length, because only the run reads the files. Returns an empty estimate
     * if no endpoint serves the model: the job then fails with this reason.
     */
    @Override
    public Map<String, Double> estimate(Map<String, Object> payload) {
        SummaryRequest request = JSON.convertValue(payload, SummaryRequest.class);
        return bounds.of(request.query(""))
                .map(empty ->
                        empty.using(with(firstChunk(request), empty.usage())).estimate())
                .orElse(Map.of());
    }

    private int firstChunk(SummaryRequest request) {
        List<Document> texts = request.texts();
        return texts == null
                ? request.chunkTokens()
                : texts.stream()
                        .map(Document::text)
                        .filter(text -> !text.isBlank())
                        .findFirst()
                        .map(text -> Math.min(tokenizer.count(text), request.chunkTokens()))
                        .orElse(0);
    }

    private static TokenUsage with(int chunk, TokenUsage empty) {
        return new TokenUsage(empty.inputTokens() + chunk, 0, empty.outputTokens());
    }
}
