// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.itests.HostileRequests.Row;
import io.jobyard.itests.door.Canary;
import io.jobyard.itests.door.Door;
import io.jobyard.itests.front.Front;
import io.jobyard.store.postgres.FreePort;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.After;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/** Requests of people who mean no good, to a host that knows one user: none gets through, and the host works on. */
public class HttpHostileIT {

    private static final Pattern COOKIE =
            Pattern.compile("Set-Cookie: jobyard_session_80=([^;]+); Path=/; HttpOnly; SameSite=Strict\r\n");
    private static final String TOKEN = "Authorization: Bearer " + Door.TOKEN;
    private static final String BODY_BYTES = "1024";

    @ClassRule
    public static final HostProcess HOST = new HostProcess();

    private static RawHttp http;

    @BeforeClass
    public static void start() throws Exception {
        http = new RawHttp(FreePort.next());
        HandlerJar.writeDoor(HOST);
        HOST.configure(
                "io.jobyard.http",
                "port = " + http.port(),
                "body.max.bytes = " + BODY_BYTES,
                "idle.timeout.seconds = 2",
                "access.log = true");
        HOST.run();
        await().atMost(HostProcess.TIMEOUT)
                .until(() -> http.ask("GET /canary/count", TOKEN).contains(Canary.SONG));
    }

    @After
    public void theHostWorksOn() throws Exception {
        assertThat(http.ask("GET /livez")).startsWith("HTTP/1.1 200").endsWith("alive\n");
        assertThat(http.ask("GET /readyz")).startsWith("HTTP/1.1 200").endsWith("ready\n");
        HOST.json("job:submit echo {} --await");
    }

    private static String reached() throws IOException {
        return http.ask("GET /canary/count", TOKEN)
                .replaceFirst("(?s).*count ", "")
                .strip();
    }

    private static String enter() throws IOException {
        Matcher cookie = COOKIE.matcher(http.ask("GET /enter?once=" + Door.ONCE));
        assertThat(cookie.find()).isTrue();
        return cookie.group(1);
    }

    @Test
    public void noneOfThemReachesTheCanary() throws Exception {
        List<Row> rows = HostileRequests.all(enter());
        assertThat(rows).hasSizeGreaterThan(100);
        String before = reached();
        SoftAssertions all = new SoftAssertions();
        for (Row row : rows) {
            String answer = http.send(row.bytes());
            List<Integer> statuses = RawHttp.statuses(answer);
            all.assertThat(row.allowed()).as(row.name()).contains(statuses.isEmpty() ? 0 : statuses.get(0));
            all.assertThat(answer).as(row.name()).doesNotContain(Canary.SONG).doesNotContain("\tat ");
            if (!statuses.isEmpty()) {
                all.assertThat(answer).as(row.name()).doesNotContain("Set-Cookie");
            }
        }
        all.assertAll();
        assertThat(reached()).isEqualTo(before);
        assertThat(HOST.log())
                .as("what clients do wrong is no fault of a servlet")
                .doesNotContain("Exception while processing request");
    }

    @Test
    public void thoseWhoAreAllowedGetThrough() throws Exception {
        String own = "Sec-Fetch-Site: same-origin";
        String cookie = "Cookie: jobyard_session_80=" + enter();
        assertThat(http.ask("GET /canary", TOKEN)).contains(Canary.SONG + " for user ann");
        assertThat(http.ask("GET /canary", cookie)).contains(Canary.SONG + " for user ann");
        assertThat(http.ask("POST /canary", cookie, own, "Content-Length: 0")).contains(Canary.SONG);
        assertThat(http.ask("POST /canary", TOKEN, "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0"))
                .contains("3 bytes");
        assertThat(http.ask("GET /", cookie)).startsWith("HTTP/1.1 200").contains("<jobyard-console>");
        assertThat(http.ask("GET /nothing", TOKEN)).startsWith("HTTP/1.1 404").contains("application/problem+json");
    }

    @Test
    public void eachSignInHasANewSessionAndSignOutEndsIt() throws Exception {
        String fixed = "Cookie: jobyard_session_80=chosen-by-me";
        String password = "{\"user\": \"ann\", \"password\": \"" + Door.PASSWORD + "\"}";
        String json = "Content-Type: application/json";
        String answer =
                http.ask("POST /sign-in", fixed, json, "Content-Length: " + password.length() + "\r\n\r\n" + password);
        assertThat(answer).startsWith("HTTP/1.1 204");
        Matcher cookie = COOKIE.matcher(answer);
        assertThat(cookie.find()).isTrue();
        assertThat(cookie.group(1)).isNotEqualTo("chosen-by-me").isNotEqualTo(enter());
        assertThat(http.ask("GET /canary", fixed)).startsWith("HTTP/1.1 401");

        String session = "Cookie: jobyard_session_80=" + cookie.group(1);
        assertThat(http.ask("GET /canary", session)).startsWith("HTTP/1.1 200");
        assertThat(http.ask("POST /sign-out", session, "Origin: http://localhost", "Content-Length: 0"))
                .startsWith("HTTP/1.1 204")
                .contains("jobyard_session_80=; Max-Age=0");
        assertThat(http.ask("GET /canary", session)).startsWith("HTTP/1.1 401");
    }

    @Test
    public void whoFailsToSignInLearnsNothing() throws Exception {
        List<String> answers = new ArrayList<>();
        for (String body : List.of("user=ann&password=wrong", "user=nobody&password=wrong")) {
            String answer = http.ask(
                    "POST /sign-in",
                    "Content-Type: application/x-www-form-urlencoded",
                    "Content-Length: " + body.length() + "\r\n\r\n" + body);
            assertThat(answer).startsWith("HTTP/1.1 401").doesNotContain("Set-Cookie");
            answers.add(answer.replaceFirst("Date: .*", ""));
        }
        assertThat(answers.get(0)).isEqualTo(answers.get(1));
    }

    @Test
    public void anotherPageTakesThePlaceOfTheConsoleAtTheRoot() throws Exception {
        assertThat(http.ask("GET /")).contains("<jobyard-console>");
        Path jar = HOST.instance().resolve("deploy/front.jar");
        HandlerJar.write(jar, Front.class, "com.acme.front", "1.0.0");
        await().atMost(HostProcess.TIMEOUT).until(() -> http.ask("GET /").contains(Front.GREETING));
        assertThat(http.ask("GET /"))
                .contains("Content-Security-Policy: default-src 'self'")
                .doesNotContain("default-src 'none'");
        Files.delete(jar);
        await().atMost(HostProcess.TIMEOUT).until(() -> http.ask("GET /").contains("<jobyard-console>"));
    }

    @Test
    public void thoseWhoTakeTheirTimeAreCutOffAndHoldUpNobody() throws Exception {
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Socket socket = new Socket("127.0.0.1", http.port());
            socket.getOutputStream().write("GET /canary HTTP/1.1\r\nX:".getBytes(StandardCharsets.US_ASCII));
            slow.add(socket);
        }
        assertThat(http.ask("GET /livez")).startsWith("HTTP/1.1 200");
        for (Socket socket : slow) {
            try (socket) {
                socket.setSoTimeout((int) Duration.ofSeconds(60).toMillis());
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer).doesNotContain(Canary.SONG);
            }
        }
    }

    @Test
    public void eachIsALineOfTheLogWithoutWhatIsSecret() throws Exception {
        http.ask("GET /canary?secret=in-the-query", TOKEN);
        await().atMost(HostProcess.TIMEOUT).until(() -> HOST.log().contains(" 127.0.0.1 ann GET /canary 200 "));
        assertThat(HOST.log()).doesNotContain("in-the-query").doesNotContain(Door.TOKEN);
    }
}
