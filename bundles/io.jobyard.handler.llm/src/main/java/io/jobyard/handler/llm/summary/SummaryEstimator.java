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

/** What summaries of texts use, if each is as long as it may be. */
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

    /** Nothing for a folder, whose files are read in the run alone, and if no endpoint serves it: the job then fails and says so. */
    @Override
    public Map<String, Double> estimate(Map<String, Object> payload) {
        SummaryRequest request = JSON.convertValue(payload, SummaryRequest.class);
        if (request.texts() == null) {
            return Map.of();
        }
        List<Integer> tokens = request.texts().stream()
                .filter(document -> !document.text().isBlank())
                .map(document -> tokenizer.count(document.text()))
                .toList();
        SummaryCount count = SummaryCount.of(tokens, request.chunkTokens(), request.maxTokens());
        return bounds.of(request.query(""))
                .map(empty -> empty.using(new TokenUsage(
                                count.read() + count.calls() * empty.usage().inputTokens(), 0, count.written()))
                        .estimate())
                .orElse(Map.of());
    }
}
