// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.endpoints;

import io.jobyard.handler.llm.wire.AnthropicWire;
import io.jobyard.handler.llm.wire.OpenAiWire;
import io.jobyard.handler.llm.wire.WireForm;
import io.jobyard.settings.api.SettingsReader;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Reads the configuration of an endpoint. */
final class EndpointSettings {

    static final String FACTORY = "io.jobyard.llm.endpoints";

    private static final String NAME = "[A-Za-z0-9._-]{1,64}";
    private static final String SECRET = "[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}";
    private static final String MODEL = "[A-Za-z0-9._/@-]{1,200}";
    private static final String UPSTREAM = "[!-+\\--~]{1,200}";
    private static final String MAX_TOKENS_FIELD = "max_completion_tokens";
    private static final URI NOWHERE = URI.create("https://localhost");

    private final SettingsReader reader;

    private EndpointSettings(SettingsReader reader) {
        this.reader = reader;
    }

    static Endpoint read(String name, SettingsReader reader) {
        return new EndpointSettings(reader).read(name);
    }

    private Endpoint read(String name) {
        URI url = required("url", NOWHERE, EndpointUrl::parse, "for example url = https://api.openai.com/v1");
        WireForm wire = wire();
        String secret = reader.optional("secret", matching(SECRET, "use the name of a secret"));
        Map<String, String> upstreams = required(
                "models",
                Map.of(),
                EndpointSettings::models,
                "list the models that jobs may use, for example models = gpt-4o");
        List<String> fallbacks = reader.value(
                "fallbacks",
                List.<String>of(),
                list(matching(NAME, "use names of other endpoints, separated by commas")));
        if (fallbacks.contains(name)) {
            reader.refuse("invalid fallbacks: " + name + " is this endpoint; use other endpoints");
        }
        return new Endpoint(
                name,
                url,
                wire,
                secret,
                served(upstreams),
                fallbacks,
                new AnswerBounds(
                        seconds("timeout.seconds"),
                        seconds("idle.seconds"),
                        reader.integer("max.answer.bytes", 4_194_304, 1_024, 67_108_864),
                        reader.integer("max.tokens", 4_096, 1, 1_000_000)));
    }

    private Duration seconds(String key) {
        return Duration.ofSeconds(reader.integer(key, 60, 1, 3_600));
    }

    private WireForm wire() {
        String maxTokensField = reader.value(
                "max.tokens.field",
                MAX_TOKENS_FIELD,
                matching("max_completion_tokens|max_tokens", "use max_completion_tokens or max_tokens"));
        WireForm openai = new OpenAiWire(maxTokensField);
        WireForm wire = required(
                "wire",
                openai,
                text -> switch (text) {
                    case OpenAiWire.NAME -> openai;
                    case AnthropicWire.NAME -> new AnthropicWire();
                    default -> throw new IllegalArgumentException("use openai or anthropic");
                },
                "use wire = openai or wire = anthropic");
        if (wire != openai && reader.has("max.tokens.field")) {
            reader.refuse("max.tokens.field is only for wire = openai: remove it");
        }
        return wire;
    }

    private Map<String, ServedModel> served(Map<String, String> upstreams) {
        Map<String, Price> prices = ofModels("price.", Price::parse, upstreams);
        Map<String, String> cheaper = ofModels("cheaper.", UnaryOperator.identity(), upstreams);
        cheaper.forEach((model, other) -> {
            if (!upstreams.containsKey(other) || other.equals(model)) {
                reader.refuse("invalid cheaper." + model + ": use another model of models");
            }
        });
        Map<String, ServedModel> served = new LinkedHashMap<>();
        upstreams.forEach((model, upstream) ->
                served.put(model, new ServedModel(model, upstream, prices.get(model), cheaper.get(model))));
        return served;
    }

    /** Reads the keys whose prefix is followed by a model's name. */
    private <T> Map<String, T> ofModels(String prefix, Function<String, T> parser, Map<String, String> upstreams) {
        Map<String, T> values = new LinkedHashMap<>();
        for (String key : reader.keys(prefix, prefix + "MODEL")) {
            String model = key.substring(prefix.length());
            T value = reader.optional(key, parser);
            if (!upstreams.containsKey(model)) {
                reader.refuse("invalid " + key + ": models does not include " + model);
            } else if (value != null) {
                values.put(model, value);
            }
        }
        return values;
    }

    private static Map<String, String> models(String text) {
        Map<String, String> models = new LinkedHashMap<>();
        for (String each : text.split(",", -1)) {
            String[] names = each.strip().split("=", 2);
            String alias = names[0].strip();
            String upstream = names.length == 1 ? alias : names[1].strip();
            if (!alias.matches(MODEL) || !upstream.matches(UPSTREAM) || models.put(alias, upstream) != null) {
                throw new IllegalArgumentException(
                        "use unique model names, separated by commas; NAME=OTHER for a model that the"
                                + " provider calls OTHER; NAME has 1 to 200 of the characters A-Z a-z 0-9 . _ / @ -");
            }
        }
        return models;
    }

    private <T> T required(String key, T byDefault, Function<String, T> parser, String fix) {
        if (reader.text(key, "").isEmpty()) {
            reader.refuse(key + " is missing: " + fix);
        }
        return reader.value(key, byDefault, parser);
    }

    private static UnaryOperator<String> matching(String pattern, String fix) {
        return text -> {
            if (!text.matches(pattern)) {
                throw new IllegalArgumentException(fix);
            }
            return text;
        };
    }

    private static Function<String, List<String>> list(UnaryOperator<String> each) {
        return text ->
                Stream.of(text.split(",", -1)).map(String::strip).map(each).toList();
    }
}
