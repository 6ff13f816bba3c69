// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.endpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.handler.llm.wire.TokenUsage;
import io.jobyard.settings.api.InvalidSettingsException;
import io.jobyard.settings.api.SettingsReader;
import io.jobyard.testkit.settings.SettingsConformance;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EndpointSettingsTest implements SettingsConformance {

    private static final Map<String, String> GOOD =
            Map.of("url", "https://a.example/v1/", "wire", "openai", "models", "m");

    @Override
    public List<NumberKey> design() {
        return List.of(
                new NumberKey("timeout.seconds", 60, 1, 3_600),
                new NumberKey("idle.seconds", 60, 1, 3_600),
                new NumberKey("max.answer.bytes", 4_194_304, 1_024, 67_108_864),
                new NumberKey("max.tokens", 4_096, 1, 1_000_000));
    }

    /** With the keys that must be there. */
    @Override
    public Object read(Map<String, ?> raw) {
        Map<String, Object> all = new HashMap<>(GOOD);
        all.putAll(raw);
        SettingsReader reader = new SettingsReader(all);
        Object settings = read(reader);
        reader.finish();
        return settings;
    }

    @Override
    public Object read(SettingsReader reader) {
        return EndpointSettings.read("a", reader);
    }

    @Override
    public Class<?> metatype() {
        return EndpointConfiguration.class;
    }

    @Test
    void readsAllThatThereIs() {
        Endpoint endpoint = endpoint(
                "secret",
                "key",
                "models",
                "big=up/big-2026, small, local=llama3:8b",
                "price.big",
                "2.5/10/1.25",
                "price.small",
                "0.5 / 1",
                "cheaper.big",
                "small",
                "fallbacks",
                "b, c",
                "timeout.seconds",
                "7");
        assertThat(endpoint.at("/chat/completions")).isEqualTo(URI.create("https://a.example/v1/chat/completions"));
        assertThat(endpoint.secret()).isEqualTo("key");
        assertThat(endpoint.model("big").orElseThrow().upstream()).isEqualTo("up/big-2026");
        assertThat(endpoint.model("big").orElseThrow().cheaper()).isEqualTo("small");
        assertThat(endpoint.model("local").orElseThrow().upstream()).isEqualTo("llama3:8b");
        assertThat(endpoint.fallbacks()).containsExactly("b", "c");
        assertThat(endpoint.answers().firstByte()).isEqualTo(Duration.ofSeconds(7));
        assertThat(endpoint.toString())
                .isEqualTo("url = https://a.example/v1, wire = openai, secret = key, models ="
                        + " big=up/big-2026,local=llama3:8b,small, fallbacks = b,c, timeout.seconds = 7,"
                        + " idle.seconds = 60, max.answer.bytes = 4194304, max.tokens = 4096, price.big ="
                        + " 2.5/10/1.25, price.small = 0.5/1/0.5");
    }

    @Test
    void whatIsCachedHasAPriceOfItsOwn() {
        Price price =
                endpoint("price.m", "2.5/10/1.25").model("m").orElseThrow().price();
        assertThat(price.cost(new TokenUsage(1_000_000, 400_000, 100_000))).isEqualTo(1.5 + 0.5 + 1.0);
        assertThat(price.cost(new TokenUsage(1, 0, 1))).isEqualTo(0.0000125);
    }

    @Test
    void refusesWhatIsMissing() {
        assertThatThrownBy(() -> {
                    SettingsReader reader = new SettingsReader(Map.of());
                    read(reader);
                    reader.finish();
                })
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage(
                        "url is missing: for example url = https://api.openai.com/v1; wire is missing: use wire = openai"
                                + " or wire = anthropic; models is missing: list the models that jobs may use, for example models ="
                                + " gpt-4o");
    }

    @Test
    void aKeyGoesOverNoWireThatOthersCanRead() {
        assertRefused(
                "invalid url: use https; http is allowed only for this machine, for example"
                        + " http://127.0.0.1:8080/v1",
                "url",
                "http://a.example/v1");
        assertRefused("use https", "url", "ftp://127.0.0.1/");
        assertRefused("use https", "url", "http://127.0.0.1.example/v1");
        assertRefused("without user", "url", "https://key@a.example/v1");
        assertRefused("without user", "url", "https://a.example/v1?key=1");
        assertRefused("without user", "url", "not a url");
        for (String local : List.of("http://localhost:1/v1", "http://127.0.0.1:1/v1", "http://[::1]:1/v1")) {
            assertThat(endpoint("url", local).url()).isEqualTo(URI.create(local));
        }
    }

    @Test
    void refusesWhatNamesNoModel() {
        assertRefused("invalid price.x: models does not include x", "price.x", "1/2");
        assertRefused("invalid price.m: use input/output or input/output/cached", "price.m", "1");
        assertRefused("invalid price.m", "price.m", "-1/2");
        assertRefused("invalid cheaper.m: use another model of models", "cheaper.m", "x");
        assertRefused("invalid cheaper.m: use another model of models", "cheaper.m", "m");
        assertRefused("invalid models: use unique model names", "models", "a,,b");
        assertRefused("invalid models", "models", "a,a");
        assertRefused("invalid fallbacks: a is this endpoint; use other endpoints", "fallbacks", "a");
        assertRefused("invalid wire: use openai or anthropic", "wire", "grpc");
        assertRefused(
                "max.tokens.field is only for wire = openai", "wire", "anthropic", "max.tokens.field", "max_tokens");
    }

    private void assertRefused(String message, String... keysAndValues) {
        assertThatThrownBy(() -> endpoint(keysAndValues))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(message);
    }

    private Endpoint endpoint(String... keysAndValues) {
        Map<String, Object> raw = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            raw.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return (Endpoint) read(raw);
    }
}
