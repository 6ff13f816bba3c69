// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.summary;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.handler.llm.chat.ModelCallBounds;
import io.jobyard.handler.llm.chat.ModelFixture;
import io.jobyard.modelserver.ModelScript;
import io.jobyard.modelserver.ModelServer;
import io.jobyard.testkit.host.TestHost;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SummaryEstimatorTest {

    @RegisterExtension
    final SummaryFixture summaries = new SummaryFixture();

    @Test
    void aShortTextIsExpectedToUseItsPromptAndASummaryAsLongAsItMayBe() {
        ModelServer server = summaries.models.endpoint("a", ModelScript.summary());
        Map<String, Object> payload =
                SummaryFixture.with(SummaryFixture.texts("note", "It rains. It has rained for days."), "maxTokens", 50);
        try (TestHost host = summaries.host()) {
            host.submit(payload).await();
        }
        long prompt = server.account().charges().get(0).inputTokens();
        assertThat(estimate(payload))
                .isEqualTo(Map.of(
                        "calls", 1.0, "requests", 1.0, "tokens", prompt + 50.0, "usd", (prompt * 2 + 50 * 8) / 1e6));
    }

    @Test
    void ofMoreTheFirstChunkIsExpectedAndOfAFolderOneAsLongAsItMayBe() {
        Map<String, Object> texts = SummaryFixture.texts("note", "It rains. ".repeat(500));
        assertThat(estimate(texts)).as("nobody serves it").isEmpty();
        summaries.models.endpoint("a", ModelScript.summary());
        double empty = estimate(SummaryFixture.texts("note", " ")).get("tokens");

        Map<String, Object> chunked = new HashMap<>(texts);
        chunked.put("chunkTokens", 100);
        assertThat(estimate(chunked)).containsEntry("tokens", empty + 100);
        assertThat(estimate(Map.of("folder", "/srv/notes", "model", "m", "chunkTokens", 100)))
                .containsEntry("tokens", empty + 100);
    }

    private Map<String, Double> estimate(Map<String, Object> payload) {
        ModelCallBounds bounds = new ModelCallBounds(summaries.models.endpoints, ModelFixture.TOKENIZER);
        return new SummaryEstimator(bounds, ModelFixture.TOKENIZER).estimate(payload);
    }
}
