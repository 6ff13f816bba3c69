// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.jobyard.api.handler.PermanentException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectsTest {

    private static final Map<String, String> CREDENTIALS =
            Map.of("Authorization", "Bearer t0ken", "Cookie", "a=1", "X-Api-Key", "s3cret", "Content-Type", "text/csv");

    private final HttpFixture http = new HttpFixture();
    /** What came to the goal of a redirect. */
    private final List<Map<String, String>> arrived = new CopyOnWriteArrayList<>();

    private int port;

    @AfterEach
    void close() throws Exception {
        http.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, 301, GET",
        "GET, 302, GET",
        "GET, 303, GET",
        "GET, 307, GET",
        "GET, 308, GET",
        "HEAD, 303, HEAD",
        "POST, 301, GET",
        "POST, 302, GET",
        "POST, 303, GET",
        "POST, 307, POST",
        "POST, 308, POST",
        "PUT, 301, PUT",
        "PUT, 302, PUT",
        "PUT, 303, GET",
        "DELETE, 307, DELETE"
    })
    void isFollowedWithTheMethodThatItsStatusAsksFor(String method, int status, String then) throws Exception {
        serve(exchange -> HttpFixture.redirect(exchange, status, "/goal?q=1"));

        Map<String, Object> result = http.run(Map.of("method", method, "url", url("/start")));

        assertThat(http.asked).containsExactly(method + " /start", then + " /goal?q=1");
        assertThat(result).containsEntry("redirects", 1).containsEntry("url", url("/goal?q=1"));
    }

    @Test
    void keepsAllHeadersAndTheBodyWithinTheOrigin() throws Exception {
        serve(exchange -> HttpFixture.redirect(exchange, 307, "/goal"));

        http.run(Map.of("method", "POST", "url", url("/start"), "headers", CREDENTIALS, "body", "1,2"));

        assertThat(arrived.get(0)).containsAllEntriesOf(CREDENTIALS).containsEntry("body", "1,2");
    }

    @Test
    void aBodyThatIsDroppedTakesWhatIsSaidOfItAlong() throws Exception {
        serve(exchange -> HttpFixture.redirect(exchange, 303, "/goal"));

        http.run(Map.of("method", "POST", "url", url("/start"), "headers", CREDENTIALS, "body", "1,2"));

        assertThat(arrived.get(0)).doesNotContainKey("Content-Type").containsEntry("body", "");
    }

    @Test
    void givesNoHeaderOfThePayloadToAnotherPort() throws Exception {
        int other = http.serve("127.0.0.1", 0, this::goal);
        serve(exchange -> HttpFixture.redirect(exchange, 307, "http://api.test:" + other + "/goal"));
        http.configuration.merge("allow", "http://api.test:" + other, (one, two) -> one + "," + two);

        http.run(Map.of("method", "POST", "url", url("/start"), "headers", CREDENTIALS, "body", "1,2"));

        assertThat(arrived.get(0))
                .doesNotContainKeys("Authorization", "Cookie", "X-Api-Key")
                .containsEntry("Content-Type", "text/csv")
                .containsEntry("body", "1,2");
    }

    @Test
    void givesNoHeaderOfThePayloadToAnotherHostAndNoneBackAfterwards() throws Exception {
        serve(exchange -> HttpFixture.redirect(
                exchange,
                302,
                exchange.getRequestURI().getPath().equals("/start")
                        ? "http://other.test:" + port + "/between"
                        : url("/goal")));
        http.names.put("other.test", List.of("127.0.0.1"));
        http.configuration.merge("allow", "http://other.test:" + port, (one, two) -> one + "," + two);

        http.run(Map.of("url", url("/start"), "headers", CREDENTIALS));

        assertThat(http.asked).containsExactly("GET /start", "GET /between", "GET /goal");
        assertThat(arrived.get(0)).doesNotContainKeys("Authorization", "Cookie", "X-Api-Key");
    }

    @Test
    void aKeyForTheOtherSideGoesAlong() throws Exception {
        int other = http.serve("127.0.0.1", 0, this::goal);
        serve(exchange -> HttpFixture.redirect(exchange, 307, "http://api.test:" + other + "/goal"));
        http.configuration.merge("allow", "http://api.test:" + other, (one, two) -> one + "," + two);

        http.run(Map.of("method", "POST", "url", url("/start"), "idempotencyKey", "k1"));

        assertThat(arrived.get(0)).containsEntry("Idempotency-Key", "k1");
    }

    @Test
    void noMoreAreFollowedThanAreAllowed() throws Exception {
        serve(exchange -> HttpFixture.redirect(exchange, 302, "/start"));
        http.configuration.put("redirects.max", "2");

        assertThatThrownBy(() -> http.get(url("/start")))
                .isInstanceOf(PermanentException.class)
                .hasMessage(url("") + " redirects again after 2 redirects, the maximum of redirects.max");
        assertThat(http.asked).hasSize(3);
    }

    @Test
    void isAnAnswerLikeOthersWhereThePayloadDoesNotFollow() throws Exception {
        serve(exchange -> HttpFixture.redirect(exchange, 302, "/goal"));

        assertThat(http.run(Map.of("url", url("/start"), "followRedirects", false, "expect", List.of(302))))
                .containsEntry("status", 302);
        assertThat(http.asked).containsExactly("GET /start");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ftp://api.test/            | it begins with neither http:// nor https://",
                "http://a@api.test/         | it has a user before its host: put credentials into headers",
                "http://0x7f.1/             | its host is a number: write an IPv4 address as four decimal numbers"
            })
    void isRefusedWhereItLeadsToNoPlace(String location, String why) throws Exception {
        serve(exchange -> HttpFixture.redirect(exchange, 302, location));

        assertThatThrownBy(() -> http.get(url("/start")))
                .isInstanceOf(PermanentException.class)
                .hasMessage("a redirect from " + url("") + " is not allowed: " + why);
    }

    private void serve(HttpHandler redirect) throws IOException {
        port = http.serve(exchange -> {
            if (exchange.getRequestURI().getPath().equals("/goal")) {
                goal(exchange);
            } else {
                redirect.handle(exchange);
            }
        });
    }

    private String url(String path) {
        return "http://api.test:" + port + path;
    }

    private void goal(HttpExchange exchange) throws IOException {
        Map<String, String> seen = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> seen.put(name, values.get(0)));
        seen.put("body", HttpRequestTest.body(exchange));
        arrived.add(seen);
        HttpFixture.answer(exchange, 200, "text/plain", "");
    }
}
