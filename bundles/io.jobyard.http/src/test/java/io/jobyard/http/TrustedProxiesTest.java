// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose word counts for where a request comes from. The throttle tells where it counts a failure. */
class TrustedProxiesTest {

    private static String counted(WebFixture web, String... forwarded) throws IOException {
        String[] lines = new String[forwarded.length + 3];
        lines[0] = "GET /api/v1/jobs HTTP/1.1";
        lines[1] = "Host: localhost";
        lines[2] = "Authorization: Bearer " + SignInFixture.GUESSED;
        System.arraycopy(forwarded, 0, lines, 3, forwarded.length);
        return web.send(lines).replaceAll("(?s).*\"message\":\"too many failed attempts from ([^;\"]*)[;\"].*", "$1");
    }

    @Test
    void nobodyIsBelievedByDefault() throws IOException {
        try (WebFixture web = new WebFixture()) {
            assertThat(counted(web, "X-Forwarded-For: 198.51.100.9")).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void whoIsNoProxyIsNotBelieved() throws IOException {
        try (WebFixture web = new WebFixture("proxies", "10.0.0.7")) {
            assertThat(counted(web, "X-Forwarded-For: 198.51.100.9")).isEqualTo("127.0.0.1");
            assertThat(counted(web, "X-Forwarded-For: 198.51.100.9, 10.0.0.7")).isEqualTo("127.0.0.1");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "198.51.100.9                       | 198.51.100.9",
                "198.51.100.9:4711                  | 198.51.100.9",
                "203.0.113.1, 198.51.100.9          | 198.51.100.9", // what the client wrote stands first
                "127.0.0.1, 198.51.100.9            | 198.51.100.9",
                "198.51.100.9, 10.0.0.7             | 198.51.100.9", // by two proxies
                "203.0.113.1, 198.51.100.9,10.0.0.7 | 198.51.100.9",
                "10.0.0.7                           | 10.0.0.7",
                "198.51.100.9, unknown              | 127.0.0.1",
                "198.51.100.9, localhost            | 127.0.0.1",
                "198.51.100.9, 999.1.1.1            | 127.0.0.1",
                "198.51.100.9, .:1                  | 127.0.0.1",
                "198.51.100.9, unknown, 10.0.0.7    | 10.0.0.7",
                "198.51.100.9,                      | 127.0.0.1",
            })
    void theLastThatIsNoProxyHasAsked(String header, String client) throws IOException {
        try (WebFixture web = new WebFixture("proxies", "127.0.0.1, 10.0.0.7")) {
            assertThat(counted(web, "X-Forwarded-For: " + header)).isEqualTo(client);
        }
    }

    @Test
    void severalHeadersAreOneAndIpv6StandsInBracketsOrNot() throws IOException {
        try (WebFixture web = new WebFixture("proxies", "127.0.0.1,2001:db8::7")) {
            assertThat(counted(web, "X-Forwarded-For: 203.0.113.1", "X-Forwarded-For: 198.51.100.9"))
                    .isEqualTo("198.51.100.9");
            assertThat(counted(web, "X-Forwarded-For: 198.51.100.9, [2001:db8:0::7]:443"))
                    .isEqualTo("198.51.100.9");
            assertThat(counted(web, "X-Forwarded-For: 2001:db8::9")).contains("2001:db8:0:0:0:0:0:9");
            assertThat(counted(web, "Forwarded: for=198.51.100.9")).isEqualTo("127.0.0.1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example.com", "10.0.0.0/8", "*", "10.0.0.7,,10.0.0.8", "10.0.0.256"})
    void onlyAddressesAreProxies(String wrong) {
        assertThatThrownBy(() -> WebFixture.readAll("proxies", wrong))
                .hasMessageContaining("invalid proxies: use addresses of proxies, for example 127.0.0.1,10.0.0.7");
    }
}
