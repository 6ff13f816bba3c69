// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.endpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.jobyard.api.Finding;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.api.handler.RetryableException;
import io.jobyard.api.handler.SleepException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EndpointsTest {

    private final Endpoints endpoints = new Endpoints(Duration.ZERO);

    @Test
    void theFirstByNameThatServesTheModelIsTakenIfNoneIsNamed() {
        add("b", "models", "x,y");
        add("a", "models", "y");
        assertThat(endpoints.serving(null, "x").name()).isEqualTo("b");
        assertThat(endpoints.serving(null, "y").name()).isEqualTo("a");
        assertThat(endpoints.serving("b", "y").name()).isEqualTo("b");
    }

    @Test
    void whoAsksForWhatIsNotThereHearsWhatIs() {
        assertThatThrownBy(() -> endpoints.serving(null, "x"))
                .isInstanceOf(PermanentException.class)
                .hasMessage("no endpoint serves model x: write etc/io.jobyard.llm.endpoints-NAME.cfg");
        add("a", "models", "y, z");
        add("bad", "wire", "grpc");
        String listed = "a serves y, z; bad serves nothing, because its configuration is invalid";
        assertThatThrownBy(() -> endpoints.serving(null, "x")).hasMessage("no endpoint serves model x: " + listed);
        assertThatThrownBy(() -> endpoints.serving("c", "x")).hasMessage("unknown endpoint c: " + listed);
        assertThatThrownBy(() -> endpoints.serving("a", "x"))
                .isInstanceOf(PermanentException.class)
                .hasMessage("endpoint a does not serve model x: " + listed);
    }

    @Test
    void whatIsMissingMayStillComeWhileTheBundleBegins() {
        Endpoints begins = new Endpoints(Duration.ofHours(1));
        assertThatThrownBy(() -> begins.serving(null, "x"))
                .isInstanceOf(SleepException.class)
                .hasMessage("no endpoint serves model x yet");
    }

    @Test
    void anEndpointWhoseConfigurationWasNeverGoodIsTriedAgainLater() {
        add("bad", "wire", "grpc");
        assertThatThrownBy(() -> endpoints.serving("bad", "m"))
                .isInstanceOf(RetryableException.class)
                .hasMessage("invalid configuration of endpoint bad: see the doctor");
    }

    @Test
    void aBadChangeLeavesTheLastGoodConfigurationInForce() {
        ConfiguredEndpoint endpoint = add("a", "models", "m");
        endpoint.update(raw("a", "models", "n", "price.m", "1/2"));
        assertThat(endpoints.serving("a", "m").models()).containsOnlyKeys("m");
        assertThat(endpoint.examine())
                .extracting(Finding::subject, Finding::problem)
                .containsExactly(tuple("io.jobyard.llm.endpoints-a", "invalid price.m: models does not include m"));
        endpoint.update(raw("a", "models", "n"));
        assertThat(endpoints.serving("a", "n").models()).containsOnlyKeys("n");
    }

    @Test
    void fallbacksAreThoseThatServeTheModelInOrder() {
        add("a", "models", "m", "fallbacks", "d, c, b, gone");
        add("b", "models", "m");
        add("c", "models", "other");
        add("d", "models", "m=another");
        assertThat(endpoints.fallbacks(endpoints.serving("a", "m"), "m"))
                .extracting(Endpoint::name)
                .containsExactly("d", "b");
        assertThat(endpoints.examine())
                .containsExactly(new Finding(
                        "io.jobyard.llm.endpoints-a",
                        "unknown fallback endpoint gone",
                        "write etc/io.jobyard.llm.endpoints-gone.cfg, or remove it from fallbacks"));
    }

    private ConfiguredEndpoint add(String name, String... keysAndValues) {
        ConfiguredEndpoint endpoint = new ConfiguredEndpoint(raw(name, keysAndValues));
        endpoints.bindEndpoint(endpoint);
        return endpoint;
    }

    private static Map<String, Object> raw(String name, String... keysAndValues) {
        Map<String, Object> raw = new HashMap<>(Map.of(
                "service.pid",
                EndpointSettings.FACTORY + "~" + name,
                "url",
                "https://a.example",
                "wire",
                "openai",
                "models",
                "m"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            raw.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return raw;
    }
}
