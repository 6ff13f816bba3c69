// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.modelserver.ModelScript;
import io.jobyard.modelserver.ModelServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EstimatorsTest {

    @RegisterExtension
    final ModelFixture models = new ModelFixture();

    @Test
    void aCallIsExpectedToUseItsPromptAndAnAnswerAsLongAsItMayBe() throws Exception {
        ModelServer server = models.endpoint("a", ModelScript.echo(), "max.tokens", "1000");
        Map<String, Object> payload = ModelFixture.payload("How much will that be?");
        models.handle(ModelFixture.asking("How much will that be?"));
        long prompt = server.account().charges().get(0).inputTokens();

        assertThat(chat(payload))
                .isEqualTo(Map.of(
                        "calls", 1.0, "requests", 1.0, "tokens", prompt + 1_000.0, "usd", (prompt * 2 + 8_000) / 1e6));
        payload = new HashMap<>(payload);
        payload.put("maxTokens", 10);
        assertThat(chat(payload)).containsEntry("tokens", prompt + 10.0);
    }

    @Test
    void whatNobodyServesIsNotEstimated() {
        assertThat(chat(ModelFixture.payload("hi"))).isEmpty();
        models.endpoint("a", ModelScript.echo(), "price.m", "");
        assertThat(chat(ModelFixture.payload("hi"))).containsOnlyKeys("calls", "requests", "tokens");
        Map<String, Object> elsewhere = new HashMap<>(ModelFixture.payload("hi"));
        elsewhere.put("endpoint", "b");
        assertThat(chat(elsewhere)).isEmpty();
    }

    @Test
    void theFirstBatchOfTextsIsExpectedToUseWhatItIsCharged() {
        models.endpoint("a", ModelScript.echo(), "fallbacks", "b");
        models.endpoint("b", ModelScript.echo());
        Map<String, Object> payload = Map.of("model", "m", "texts", List.of("one", "two words", "three"), "batch", 2);
        ModelCallBounds bounds = new ModelCallBounds(models.endpoints, ModelFixture.TOKENIZER);
        assertThat(new EmbedEstimator(bounds).estimate(payload))
                .as("with a request to the endpoint that stands in")
                .isEqualTo(Map.of("calls", 1.0, "requests", 2.0, "tokens", 3.0, "usd", 6 / 1e6));
    }

    private Map<String, Double> chat(Map<String, Object> payload) {
        return new ChatEstimator(new ModelCallBounds(models.endpoints, ModelFixture.TOKENIZER)).estimate(payload);
    }
}
