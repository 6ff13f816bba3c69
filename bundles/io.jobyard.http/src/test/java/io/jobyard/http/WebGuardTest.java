// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.spi.access.Permission;
import io.jobyard.spi.identity.Credential;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebGuardTest {

    private static final List<String> METHODS = List.of(
            "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "TRACK", "PROPFIND", "LOCK", "get");

    private static final WebFixture WEB = open();

    private static WebFixture open() {
        try {
            return new WebFixture("allowed.hosts", "jobs.example.com");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @BeforeEach
    void forget() {
        WEB.reached.clear();
        WEB.shown.clear();
        WEB.present = WEB.signIn;
        WEB.access.allow(Permission.values());
    }

    @AfterAll
    static void close() throws IOException {
        WEB.close();
    }

    private static int ask(String method, String path, String... headers) throws IOException {
        String[] lines = new String[headers.length + 2];
        lines[0] = method + " " + path + " HTTP/1.1";
        lines[1] = "Host: localhost";
        System.arraycopy(headers, 0, lines, 2, headers.length);
        return WebFixture.status(WEB.send(lines));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/console", "/console/app.js", "/enter", "/sign-in", "/livez", "/readyz"})
    void somePathsAreForEverybody(String path) throws IOException {
        assertThat(ask(WebPaths.methods(path).get(0), path)).isEqualTo(200);
        assertThat(WEB.reached).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/v1/jobs", "/metrics", "/sign-out", "/openapi.json", "/mcp", "/consoles", "/livez/x", "/x"})
    void allElseNeedsACaller(String path) throws IOException {
        String method = WebPaths.methods(path).contains("GET") ? "GET" : "POST";
        assertThat(ask(method, path)).isEqualTo(401);
        assertThat(ask(method, path, "Authorization: Bearer other")).isEqualTo(401);
        assertThat(ask(method, path, "Authorization: Basic YW5uOnNlY3JldA==")).isEqualTo(401);
        assertThat(ask(method, path, "Cookie: jobyard_session_80=other")).isEqualTo(method.equals("GET") ? 401 : 403);
        assertThat(ask("TRACE", path)).isEqualTo(401);
        assertThat(WEB.reached).isEmpty();
        assertThat(ask(method, path, "Authorization: bearer " + SignInFixture.TOKEN))
                .isEqualTo(200);
    }

    @Test
    void whatWasShownIsThereToBeAskedAgain() throws IOException {
        String cookie = WEB.signIn.open().cookie();
        ask("GET", "/x", "Cookie: jobyard_session_80=" + cookie);
        ask("GET", "/x", "Authorization: Bearer " + SignInFixture.TOKEN);
        assertThat(WEB.shown).extracting(Credential::isGood).containsExactly(true, true);
        WEB.signIn.signOut(cookie);
        assertThat(WEB.shown).extracting(Credential::isGood).containsExactly(false, true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/metrics", "/api/v1/jobs", "/mcp", "/events", "/"})
    void whoMaySpeakForAUserIsThatUserWhereverTheRequestGoes(String path) throws IOException {
        String[] request = {
            (path.equals("/mcp") ? "POST " : "GET ") + path + " HTTP/1.1",
            "Host: localhost",
            "Authorization: Bearer " + SignInFixture.TOKEN,
            "Jobyard-As: bea"
        };
        assertThat(WEB.send(request)).contains("user bea sent 0").doesNotContain("user ann");
        WEB.access.allow(Permission.VIEW);
        WEB.reached.clear();
        assertThat(WEB.send(request)).startsWith("HTTP/1.1 403").contains("may not act as other users");
        assertThat(WEB.reached).isEmpty();
        WEB.access.allow(Permission.values());
        request[3] = "Jobyard-As: jobyard";
        assertThat(WEB.send(request)).startsWith("HTTP/1.1 400");
    }

    @Test
    void whatIsNotThereYetIsToldSoWhileTheHostStarts() throws IOException {
        String token = "Authorization: Bearer " + SignInFixture.TOKEN;
        WEB.isStarting = true;
        String answer = WEB.send("GET /none HTTP/1.1", "Host: localhost", token);
        assertThat(WebFixture.status(answer)).isEqualTo(503);
        assertThat(answer)
                .contains("Retry-After: 1", "\"message\":\"the host is starting or busy\",\"fix\":\"try again\"");
        WEB.isStarting = false;
        assertThat(ask("GET", "/none", token)).isEqualTo(404);
    }

    @Test
    void withoutSignInOnlyThePagesForEverybodyAnswer() throws IOException {
        WEB.present = null;
        assertThat(ask("GET", "/livez")).isEqualTo(200);
        assertThat(ask("GET", "/readyz")).isEqualTo(200);
        assertThat(ask("GET", "/console/console.css")).isEqualTo(200);
        assertThat(WEB.send("GET / HTTP/1.1", "Host: localhost"))
                .startsWith("HTTP/1.1 503")
                .contains("Retry-After: 1", "the store is not open");
        assertThat(ask("GET", "/enter?once=x")).isEqualTo(503);
        assertThat(ask("POST", "/sign-in")).isEqualTo(503);
        assertThat(ask("GET", "/api/v1/jobs", "Authorization: Bearer " + SignInFixture.TOKEN))
                .isEqualTo(503);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,,,200",
        "GET,none,,200",
        "GET,same-origin,,200",
        "GET,same-site,,403",
        "GET,cross-site,,403",
        "POST,same-origin,,200",
        "POST,none,,403",
        "POST,same-site,http://localhost,403",
        "POST,cross-site,http://localhost,403",
        "POST,,http://localhost,200",
        "POST,,https://localhost,200",
        "POST,,http://localhost:81,403",
        "POST,,http://localhost.evil.example,403",
        "POST,,http://evil.example,403",
        "POST,,null,403",
        "POST,,,403",
        "DELETE,,,403",
        "PUT,,http://localhost,200",
    })
    void aCookieCountsForOwnPagesOnly(String method, String site, String origin, int status) throws IOException {
        String cookie = WEB.signIn.open().cookie();
        assertThat(ask(
                        method,
                        "/api/v1/jobs",
                        "Cookie: jobyard_session_80=" + cookie,
                        site == null ? "X: 1" : "Sec-Fetch-Site: " + site,
                        origin == null ? "Y: 1" : "Origin: " + origin))
                .isEqualTo(status);
        assertThat(WEB.reached).hasSize(status == 200 ? 1 : 0);
    }

    @Test
    void theCookieOfAHostAtAnotherPortIsNotTakenForItsOwn() throws IOException {
        String cookie = WEB.signIn.open().cookie();
        String[] request = {"GET /x HTTP/1.1", "Host: localhost:8080", "Cookie: jobyard_session_8081=" + cookie};
        assertThat(WebFixture.status(WEB.send(request))).isEqualTo(401);
        request[2] = "Cookie: jobyard_session_8081=other; jobyard_session_8080=" + cookie;
        assertThat(WebFixture.status(WEB.send(request))).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        ",200",
        "http://localhost,200",
        "https://localhost,200",
        "http://localhost:81,403",
        "http://evil.example,403",
        "null,403"
    })
    void agentsAreAskedForByNoPageOfAnotherSite(String origin, int status) throws IOException {
        String token = "Authorization: Bearer " + SignInFixture.TOKEN;
        assertThat(ask("POST", "/mcp", token, origin == null ? "X: 1" : "Origin: " + origin))
                .isEqualTo(status);
        assertThat(WEB.reached).hasSize(status == 200 ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "chunked,200",
        "CHUNKED,200",
        "'identity, chunked',400",
        "'gzip, chunked',400",
        "identity,400",
        "'chunked, chunked',400"
    })
    void aBodyIsChunkedOrHasALength(String coding, int status) throws IOException {
        String answer =
                WEB.sendRaw("POST /x HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + SignInFixture.TOKEN
                        + "\r\nTransfer-Encoding: " + coding + "\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
                        + "GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(WebFixture.status(answer)).isEqualTo(status);
        if (status != 200) {
            assertThat(WEB.reached).isEmpty();
            assertThat(answer.split("HTTP/1.1 ", -1))
                    .as("one answer, and then the connection is closed")
                    .hasSize(2);
        }
    }

    @Test
    void aCallbackIsAnsweredByWhoeverHasItsToken() throws IOException {
        String path = "/api/v1/callbacks/0197.secret";
        String[] others = {
            "X: 1", "Authorization: Bearer of-the-other-side", "Authorization: Bearer " + SignInFixture.GUESSED
        };
        for (String header : others) {
            assertThat(WEB.send("POST " + path + " HTTP/1.1", "Host: localhost", header, "Content-Length: 0"))
                    .startsWith("HTTP/1.1 200")
                    .contains("null sent 0");
        }
        assertThat(WEB.send(
                        "POST " + path + " HTTP/1.1",
                        "Host: localhost",
                        "Authorization: Bearer " + SignInFixture.TOKEN,
                        "Content-Length: 0"))
                .contains("user ann sent 0");
        assertThat(ask("POST", "/api/v1/callbacks", "Content-Length: 0")).isEqualTo(401);
    }

    @Test
    void twoCookiesAreNone() throws IOException {
        String cookie = WEB.signIn.open().cookie();
        assertThat(ask("GET", "/x", "Cookie: jobyard_session_80=" + cookie + "; jobyard_session_80=other"))
                .isEqualTo(401);
    }

    @Test
    void whoShowsATokenIsNotTakenForTheCookie() throws IOException {
        String cookie = WEB.signIn.open().cookie();
        assertThat(ask("GET", "/x", "Authorization: Bearer wrong", "Cookie: jobyard_session_80=" + cookie))
                .isEqualTo(401);
    }

    @Test
    void overTlsOnlyTheCookieOfThisVeryHostCounts() throws IOException {
        String cookie = WEB.signIn.open().cookie();
        String proxy = "X-Forwarded-Proto: https";
        assertThat(ask("GET", "/x", proxy, "Cookie: jobyard_session_80=" + cookie))
                .isEqualTo(401);
        assertThat(ask("GET", "/x", proxy, "Cookie: __Host-jobyard_session_80=" + cookie))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost,200",
        "LOCALHOST:8080,200",
        "127.0.0.1,200",
        "jobs.example.com,200",
        "Jobs.Example.com:443,200",
        "[::1]:8080,200",
        "[0:0::1],200",
        "[::2],421",
        "evil.example,421",
        "localhost.evil.example,421",
        "127.0.0.1.evil.example,421",
        "10.0.0.1,421",
        "localhost.,421",
        "jobs.example.com.evil.example,421"
    })
    void onlyItsOwnNamesAreAnswered(String host, int status) throws IOException {
        assertThat(WebFixture.status(WEB.send("GET /livez HTTP/1.1", "Host: " + host)))
                .isEqualTo(status);
    }

    @Test
    void whoComesTooSoonIsToldWhenToTryAgain() throws IOException {
        assertThat(WEB.send(
                        "GET /api/v1/jobs HTTP/1.1",
                        "Host: localhost",
                        "Authorization: Bearer " + SignInFixture.GUESSED))
                .startsWith("HTTP/1.1 429")
                .containsIgnoringCase("\r\nRetry-After: 7\r\n")
                .contains("\"retryAt\":\"2030-01-01T00:00:06.001000Z\"");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/jobs,token-of-ann,200",
        "/events,token-of-ann,200",
        "/live,token-of-ann,200",
        "/api/v1/jobs,other,401",
        "/livez,token-of-ann,405",
        "/metrics,token-of-ann,405",
        "/sign-in,token-of-ann,405",
        "/openapi.json,token-of-ann,200"
    })
    void whichMethodsThereAreIsToldWhereItIsKnown(String path, String token, int status) throws IOException {
        assertThat(ask("OPTIONS", path, "Authorization: Bearer " + token)).isEqualTo(status);
        assertThat(WEB.reached).hasSize(status == 200 ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "CONNECT", "OPTIONS", "TRACK", "PROPFIND", "get"})
    void otherMethodsAreRefused(String method) throws IOException {
        assertThat(ask(method, "/livez")).isIn(400, 405);
        assertThat(WEB.reached).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ':',
            value = {
                "/:GET, HEAD",
                "/console:GET, HEAD",
                "/console/app.js:GET, HEAD",
                "/enter:GET, HEAD",
                "/livez:GET, HEAD",
                "/readyz:GET, HEAD",
                "/metrics:GET, HEAD",
                "/sign-in:POST",
                "/sign-out:POST",
                "/mcp:POST",
                "/of-a-plugin:DELETE, GET, HEAD, PATCH, POST, PUT"
            })
    void aMethodThatAPathDoesNotTakeIsRefusedWithThoseItTakes(String path, String allow) throws IOException {
        List<String> allowed = List.of(allow.split(", "));
        for (String method : METHODS) {
            WEB.reached.clear();
            String answer = WEB.send(
                    method + " " + path + " HTTP/1.1",
                    "Host: localhost",
                    "Authorization: Bearer " + SignInFixture.TOKEN,
                    "Origin: http://localhost");
            if (allowed.contains(method)) {
                assertThat(WebFixture.status(answer)).as(method).isEqualTo(200);
                assertThat(WEB.reached).containsExactly(method + " " + path);
            } else {
                assertThat(WebFixture.status(answer)).as(method).isEqualTo(405);
                assertThat(answer).containsIgnoringCase("\r\nAllow: " + allow + "\r\n");
                assertThat(answer.contains("\"code\":\"method_not_allowed\"")).isEqualTo(!method.equals("HEAD"));
                assertThat(WEB.reached).isEmpty();
            }
        }
    }

    /** Those are told by what answers there. */
    @ParameterizedTest
    @ValueSource(strings = {"/api/v1", "/api/v1/jobs", "/events", "/live", "/openapi.json"})
    void everyMethodReachesWhatTellsItsMethods(String path) throws IOException {
        for (String method : METHODS) {
            WEB.reached.clear();
            ask(method, path, "Authorization: Bearer " + SignInFixture.TOKEN);
            assertThat(WEB.reached).containsExactly(method + " " + path);
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                LiveServlet.class,
                ReadyServlet.class,
                MetricsServlet.class,
                EnterServlet.class,
                SignInServlet.class,
                SignOutServlet.class,
                RootServlet.class
            })
    void theMethodsOfAPathAreThoseOfItsServlet(Class<?> servlet) {
        Set<String> methods = new TreeSet<>();
        for (Method each : servlet.getDeclaredMethods()) {
            if (each.getName().equals("doGet")) {
                methods.addAll(Set.of("GET", "HEAD"));
            } else if (each.getName().matches("do[A-Z][a-z]+")) {
                methods.add(each.getName().substring(2).toUpperCase(Locale.ROOT));
            }
        }
        String path = servlet.getSimpleName()
                .replaceFirst("Servlet$", "")
                .replaceFirst("^(Live|Ready)$", "$1z")
                .replaceFirst("^Root$", "")
                .replaceFirst("(?<=[a-z])(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT);
        assertThat(methods).containsExactlyElementsOf(WebPaths.methods("/" + path));
    }
}
