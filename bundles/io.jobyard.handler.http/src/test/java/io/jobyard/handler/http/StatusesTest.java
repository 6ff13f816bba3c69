// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.api.handler.RateLimitedException;
import io.jobyard.api.handler.RetryableException;
import io.jobyard.doubles.FakeJobContext;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusesTest {

    private final HttpFixture http = new HttpFixture();

    @AfterEach
    void close() throws Exception {
        http.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 409, 410, 422})
    void anotherStatusIsFinalAndTellsTheBeginningOfTheBody(int status) throws Exception {
        String url = serve(exchange -> HttpFixture.answer(exchange, status, "text/plain", "no ".repeat(1_000)));

        assertThatThrownBy(() -> http.get(url))
                .isInstanceOf(PermanentException.class)
                .hasMessage(url + " answered with status " + status + ": "
                        + "no ".repeat(1_000).substring(0, 500));
    }

    @Test
    void anAnswerIsRedactedBeforeItIsCut() throws Exception {
        String secret = "sk-0123456789/abcdefghijklmnopqrstuvwxyz";
        http.secrets.put("key", secret);
        String before = "x".repeat(480);
        String url = serve(exchange -> HttpFixture.answer(exchange, 400, "text/plain", before + secret + before));

        assertThatThrownBy(() -> http.get(url)).hasMessageEndingWith(before + "${secret:key}" + "x".repeat(7));
        for (int maxBytes = before.length() + 1; maxBytes < before.length() + secret.length(); maxBytes++) {
            Map<String, Object> payload = Map.of("url", url, "maxBytes", maxBytes);
            assertThatThrownBy(() -> http.run(payload)).message().doesNotContain("sk-0");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
    void aPassingFailureIsTriedAgain(int status) throws Exception {
        String url = serve(exchange -> HttpFixture.answer(exchange, status, "text/plain", "later"));

        assertThatThrownBy(() -> http.get(url))
                .isInstanceOf(CallFailedException.class)
                .hasMessage(url + " answered with status " + status + ": later");
    }

    @ParameterizedTest
    @CsvSource({"429, 1", "529, 1", "503, 0"})
    void aServerWithTooManyRequestsLowersTheLimitsEvenIfItSaysNoTime(int status, int overloads) throws Exception {
        String url = serve(exchange -> HttpFixture.answer(exchange, status, "text/plain", ""));
        FakeJobContext context = http.context(Map.of("url", url));

        assertThatThrownBy(() -> HttpFixture.await(http.handle(context))).isInstanceOf(CallFailedException.class);
        assertThat(context.overloads).isEqualTo(overloads);

        FakeJobContext expecting = http.context(Map.of("url", url, "expect", List.of(status)));
        HttpFixture.await(http.handle(expecting));
        assertThat(expecting.overloads).isZero();
    }

    @Test
    void anExpectedStatusIsAResult() throws Exception {
        String url = serve(exchange -> HttpFixture.answer(exchange, 404, "text/plain", "none"));

        assertThat(http.run(Map.of("url", url, "expect", List.of("2xx", 404)))).containsEntry("status", 404);
        assertThat(http.run(Map.of("url", url, "expect", List.of("4xx")))).containsEntry("status", 404);
    }

    @Test
    void whatIsNotExpectedFailsThoughItIsASuccess() throws Exception {
        String url = serve(exchange -> HttpFixture.answer(exchange, 200, "text/plain", "old"));

        assertThatThrownBy(() -> http.run(Map.of("url", url, "expect", List.of(201))))
                .isInstanceOf(PermanentException.class)
                .hasMessage(url + " answered with status 200: old");
    }

    @Test
    void aLimitOfTheOtherSideIsKept() throws Exception {
        String url = serve(retryAfter(429, "7"));

        assertThatThrownBy(() -> http.get(url))
                .isInstanceOfSatisfying(
                        RateLimitedException.class,
                        e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(7)));
    }

    @Test
    void aServerThatSaysWhenToComeBackIsAskedThen() throws Exception {
        String url = serve(retryAfter(503, "Thu, 01 Jan 2026 00:02:00 GMT"));

        assertThatThrownBy(() -> http.get(url))
                .isInstanceOfSatisfying(
                        RetryableException.class, e -> assertThat(e.delay()).isEqualTo(Duration.ofMinutes(2)));
    }

    @Test
    void nobodyIsWaitedForLongerThanADay() throws Exception {
        String url = serve(retryAfter(429, "999999999"));

        assertThatThrownBy(() -> http.get(url))
                .isInstanceOfSatisfying(
                        RateLimitedException.class,
                        e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofDays(1)));
    }

    @Test
    void aTimeThatHasPassedOrIsNoneIsNoReasonToFail() throws Exception {
        String past = serve(retryAfter(429, "Wed, 31 Dec 2025 00:00:00 GMT"));
        assertThatThrownBy(() -> http.get(past))
                .isInstanceOfSatisfying(
                        RateLimitedException.class,
                        e -> assertThat(e.retryAfter()).isEqualTo(Duration.ZERO));

        String none = serve(retryAfter(429, "soon"));
        assertThatThrownBy(() -> http.get(none)).isInstanceOf(CallFailedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH"})
    void whatMayHaveBeenDoneIsNotTriedAgain(String method) throws Exception {
        String url = serve(exchange -> HttpFixture.answer(exchange, 500, "text/plain", "broke"));

        assertThatThrownBy(() -> http.run(Map.of("method", method, "url", url)))
                .isInstanceOf(PermanentException.class)
                .hasMessage(url
                        + " answered with status 500 (not retried: the server may have processed the request, and the payload has"
                        + " no idempotencyKey): broke");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
    void whatChangesNothingASecondTimeIsTriedAgain(String method) throws Exception {
        String url = serve(exchange -> {
            exchange.sendResponseHeaders(500, -1);
        });

        assertThatThrownBy(() -> http.run(Map.of("method", method, "url", url)))
                .isInstanceOf(CallFailedException.class);
    }

    @Test
    void aPostThatWasTurnedAwayIsTriedAgain() throws Exception {
        String url = serve(retryAfter(429, "1"));

        assertThatThrownBy(() -> http.run(Map.of("method", "POST", "url", url)))
                .isInstanceOf(RateLimitedException.class);
    }

    @Test
    void aKeyLetsAPostBeTriedAgainAndIsTheSameInEveryRun() throws Exception {
        List<String> keys = new CopyOnWriteArrayList<>();
        String url = serve(exchange -> {
            keys.add(HttpRequestTest.header(exchange, "Idempotency-Key"));
            HttpFixture.answer(exchange, 500, "text/plain", "");
        });
        Map<String, Object> payload = new HashMap<>(Map.of("method", "POST", "url", url, "idempotencyKey", true));

        assertThatThrownBy(() -> http.run(payload)).isInstanceOf(CallFailedException.class);
        assertThatThrownBy(() -> http.run(payload)).isInstanceOf(CallFailedException.class);
        payload.put("idempotencyKey", "order-7");
        assertThatThrownBy(() -> http.run(payload)).isInstanceOf(CallFailedException.class);

        assertThat(keys).containsExactly(HttpFixture.ID.toString(), HttpFixture.ID.toString(), "order-7");
    }

    private String serve(HttpHandler answer) throws IOException {
        return "http://api.test:" + http.serve(answer);
    }

    private static HttpHandler retryAfter(int status, String value) {
        return exchange -> {
            exchange.getResponseHeaders().set("Retry-After", value);
            HttpFixture.answer(exchange, status, "text/plain", "");
        };
    }
}
