// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.settings.api.SettingsReader;
import io.jobyard.testkit.settings.SettingsConformance;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebSettingsTest implements SettingsConformance {

    @Override
    public List<NumberKey> design() {
        return List.of(
                new NumberKey("port", 0, 0, 65_535),
                new NumberKey("body.max.bytes", 17_825_792, 1024, 67_108_864),
                new NumberKey("header.max.bytes", 16_384, 1024, 65_536),
                new NumberKey("idle.timeout.seconds", 30, 1, 3600),
                new NumberKey("connections.max", 2000, 1, 65_535),
                new NumberKey("threads.max", 32, 8, 512),
                new NumberKey("streams.max", 5000, 1, 65_535),
                new NumberKey("streams.per.user.max", 500, 1, 65_535));
    }

    @Override
    public Object read(SettingsReader reader) {
        return WebSettings.read(reader);
    }

    @Override
    public Class<?> metatype() {
        return WebConfiguration.class;
    }

    @Test
    void anAddressThatOthersReachNeedsTls() {
        assertThatThrownBy(() -> read(Map.of("bind.address", "0.0.0.0", "port", "8080")))
                .hasMessage("invalid bind.address: passwords would cross the network unencrypted; set tls.keystore, or"
                        + " listen on 127.0.0.1 behind a proxy that uses TLS");
        assertThat(read(Map.of("bind.address", "0.0.0.0", "tls.keystore", "etc/host.p12"))
                        .toString())
                .contains("bind.address = 0.0.0.0");
    }

    @Test
    void thePasswordIsNotShown() {
        assertThat(read(Map.of("tls.keystore", "etc/host.p12", "tls.keystore.password", "geheim"))
                        .toString())
                .doesNotContain("geheim");
    }

    @Test
    void namesHaveNoPortAndNoScheme() {
        for (String wrong : List.of("http://jobs", "jobs:8080", "a,,b", "*")) {
            assertThatThrownBy(() -> read(Map.of("allowed.hosts", wrong)))
                    .hasMessageContaining("use names without ports");
        }
        assertThat(read(Map.of("allowed.hosts", "Jobs.Example.com , jobs")).toString())
                .contains("jobs.example.com");
    }
}
