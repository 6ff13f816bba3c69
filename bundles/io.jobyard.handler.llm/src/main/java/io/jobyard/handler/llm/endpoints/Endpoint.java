// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.endpoints;

import io.jobyard.handler.llm.wire.OpenAiWire;
import io.jobyard.handler.llm.wire.WireForm;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Endpoint that serves models: checked values of {@code io.jobyard.llm.endpoints-NAME}.
 *
 * @param url URL without a trailing slash
 * @param wire protocol of the endpoint
 * @param secret name of the secret with the API key; null if it needs none
 * @param models served models, by name; empty if its configuration was never valid
 * @param fallbacks names of the endpoints to ask instead if it fails, in order
 */
public record Endpoint(
        String name,
        URI url,
        WireForm wire,
        @Nullable String secret,
        Map<String, ServedModel> models,
        List<String> fallbacks,
        AnswerBounds answers) {

    public Endpoint {
        models = Map.copyOf(models);
        fallbacks = List.copyOf(fallbacks);
    }

    /** Returns an endpoint that serves no models. */
    static Endpoint shut(String name) {
        return new Endpoint(
                name,
                URI.create("https://localhost"),
                new OpenAiWire("max_completion_tokens"),
                null,
                Map.of(),
                List.of(),
                new AnswerBounds(Duration.ofSeconds(1), Duration.ofSeconds(1), 0, 0));
    }

    /** Returns whether its configuration has ever been valid. */
    public boolean isInForce() {
        return !models.isEmpty();
    }

    public Optional<ServedModel> model(String model) {
        return Optional.ofNullable(models.get(model));
    }

    /** Returns the URL of a call. */
    public URI at(String path) {
        return URI.create(url + path);
    }

    @Override
    public String toString() {
        return isInForce()
                ? "url = " + url + ", wire = " + wire.name() + ", secret = " + (secret == null ? "" : secret)
                        + ", models = " + names() + ", fallbacks = " + String.join(",", fallbacks)
                        + ", timeout.seconds = " + answers.firstByte().toSeconds()
                        + ", idle.seconds = " + answers.idle().toSeconds() + ", max.answer.bytes = "
                        + answers.maxBytes()
                        + ", max.tokens = " + answers.maxTokens() + prices()
                : "an endpoint without models";
    }

    private String names() {
        return new TreeMap<>(models)
                .values().stream()
                        .map(model -> model.name().equals(model.upstream())
                                ? model.name()
                                : model.name() + "=" + model.upstream())
                        .collect(Collectors.joining(","));
    }

    private String prices() {
        return new TreeMap<>(models)
                .values().stream()
                        .filter(model -> model.price() != null)
                        .map(model -> ", price." + model.name() + " = " + model.price())
                        .collect(Collectors.joining());
    }
}
