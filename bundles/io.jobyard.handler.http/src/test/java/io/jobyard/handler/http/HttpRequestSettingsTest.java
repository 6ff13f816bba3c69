// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.doubles.FakeInstance;
import io.jobyard.settings.api.InvalidSettingsException;
import io.jobyard.settings.api.SettingsReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRequestSettingsTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "https://api.example.com, https://api.example.com/v1, true",
        "https://api.example.com, https://API.EXAMPLE.COM:443, true",
        "https://API.example.com:443, https://api.example.com, true",
        "https://api.example.com, http://api.example.com, false",
        "https://api.example.com, https://api.example.com:8443, false",
        "https://api.example.com, https://a.api.example.com, false",
        "https://api.example.com, https://api.example.com.evil.test, false",
        "https://*.example.com, https://a.example.com, true",
        "https://*.example.com, https://a.b.example.com, true",
        "https://*.example.com, https://example.com, false",
        "https://*.example.com, https://evilexample.com, false",
        "https://*.example.com, https://a.example.com.evil.test, false",
        "https://*.example.com:8443, https://a.example.com:8443, true",
        "http://127.0.0.1:8080, http://127.0.0.1:8080/a, true",
        "http://[2606:4700::1], http://[2606:4700::1]/, true",
        "'https://a.test, https://b.test', https://b.test, true"
    })
    void allowsWhatAnEntryNames(String allow, String url, boolean isAllowed) {
        assertThat(read(Map.of("allow", allow)).allows(CallTarget.parse(url))).isEqualTo(isAllowed);
    }

    @Test
    void allowsNothingByDefault() {
        assertThat(read(Map.of()).allows(CallTarget.parse("http://api.example.com")))
                .isFalse();
        assertThat(read(Map.of("allow", "")).allow()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "https://*",
                "https://*.com",
                "https://a.*.com",
                "https://*.10.0.0.1",
                "api.example.com",
                "https://api.example.com/",
                "https://api.example.com/v1",
                "https://api.example.com?a",
                "ftp://a.test",
                "https://u@a.test",
                "https://a.test:0",
                "https://a.test,",
                "https://a.test;https://b.test",
                "http://0x7f.1"
            })
    void refusesWhatIsNoOrigin(String allow) {
        assertThatThrownBy(() -> read(Map.of("allow", allow)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("invalid allow: ")
                .hasMessageContaining("invalid origin ")
                .hasMessageContaining("; use origins separated by commas, for example https://api.example.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "10.0.0.1/8",
                "0.0.0.0/0",
                "::/0",
                "8.8.8.0/24",
                "10.0.0.0/7",
                "10.0.0.0/33",
                "224.0.0.0/4",
                "169.254.169.254/32",
                "a/8",
                "10.0.0/8",
                "::ffff:10.0.0.0/104",
                "127.0.0.0/8,"
            })
    void refusesRangesThatAreNotPrivate(String ranges) {
        assertThatThrownBy(() -> read(Map.of("private", ranges))).isInstanceOf(InvalidSettingsException.class);
    }

    @Test
    void aRangeOpensNoMetadataService() {
        HttpRequestSettings settings = read(Map.of("private", "169.254.0.0/16,fc00::/7,100.64.0.0/10"));

        assertThat(settings.privateRanges()).hasSize(3);
        for (String address : new String[] {"169.254.169.254", "fd00:ec2::254", "100.100.100.200"}) {
            assertThat(PrivateAddresses.refusal(AddressRange.address(address), settings.privateRanges()))
                    .hasValueSatisfying(why -> assertThat(why).endsWith("is the metadata service of a cloud"));
        }
        assertThat(PrivateAddresses.refusal(AddressRange.address("169.254.1.1"), settings.privateRanges()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "93.184.215.14", "2606:4700::1111", "64:ff9b::808:808", "2002:808:808::1"})
    void publicAddressesNeedNoRange(String address) {
        assertThat(PrivateAddresses.refusal(
                        AddressRange.address(address), read(Map.of()).privateRanges()))
                .isEmpty();
    }

    @Test
    void aBadValueLeavesTheLastGoodOnesAndWithoutAnyNothingIsAllowed() {
        Map<String, Object> bad = Map.of("allow", "api.example.com", "timeout.seconds", "5");
        HttpRequestSettingsComponent component = new HttpRequestSettingsComponent(new FakeInstance(directory), bad);
        assertThat(component.current().allow()).isEmpty();
        assertThat(component.current().timeoutSeconds()).isEqualTo(60);

        component.update(Map.of("allow", "https://api.example.com"));
        component.update(bad);

        assertThat(component.current())
                .hasToString("allow = https://api.example.com, private = nothing,"
                        + " response.max.bytes = 524288, redirects.max = 5, timeout.seconds = 60");
        assertThat(component.examine())
                .singleElement()
                .satisfies(
                        finding -> assertThat(finding.problem()).startsWith("invalid allow: invalid origin (value)"));
    }

    private static HttpRequestSettings read(Map<String, String> raw) {
        SettingsReader reader = new SettingsReader(new HashMap<>(raw));
        HttpRequestSettings settings = HttpRequestSettings.read(reader);
        reader.finish();
        return settings;
    }
}
