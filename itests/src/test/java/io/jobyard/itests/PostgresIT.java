// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobSpecificationBuilder;
import io.jobyard.client.sql.JobSubmissions;
import io.jobyard.store.postgres.FreePort;
import io.jobyard.store.postgres.PostgresServer;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;

/** The built program on a PostgreSQL. */
public class PostgresIT {

    private static final int JOBS = 40;
    private static final int SUBMITTED = 500;
    private static final int MANY = 5_000;

    @Rule
    public final HostProcess host = new HostProcess().withExamples();

    @Rule
    public final HostProcess other = new HostProcess().withExamples();

    private final PostgresServer server = PostgresServer.shared();
    private final String url = server.newSchema();

    @Test
    public void aKilledHostLosesNothingAndAnotherOneJoinsIt() throws Exception {
        configure(host);
        host.run();
        String sleeper =
                host.json("job:submit sleep {\"millis\":3600000}").get("id").asText();
        await().atMost(TIMEOUT).until(() -> status(sleeper).equals("running"));
        JsonNode ids = host.json("job:submit echo {\"n\":1} --times " + JOBS).get("ids");
        String waiting = host.json("job:submit echo {} --after 1h").get("id").asText();

        ask("SELECT submit('echo', '{}') FROM generate_series(1, " + SUBMITTED + ")");
        host.kill(); // while it takes them
        List<JobId> submitted = submitFromSql();
        host.run(); // the same instance waits for no lease
        await().atMost(TIMEOUT)
                .until(() -> count("completed") == JOBS + SUBMITTED + 2
                        && status(sleeper).equals("running"));
        assertThat(host.json("job:show " + submitted.get(1)).get("submitter").asText())
                .isEqualTo(PostgresServer.USER);
        assertThat(ask("SELECT why FROM refused_submission WHERE id = '" + submitted.get(2) + "'"))
                .singleElement()
                .asString()
                .contains("priority 99 is out of range");
        assertThat(ask("SELECT id FROM submission")).isEmpty();
        assertThat(status(waiting)).isEqualTo("waiting");
        JsonNode history = host.json("job:history " + sleeper).get("events");
        assertThat(history.findValuesAsText("to")).containsExactly("queued", "running", "queued", "running");
        assertThat(history.findValuesAsText("reason")).contains("host lost");
        assertThat(host.json("job:audit --verify").get("valid").asBoolean()).isTrue();
        String last = ids.get(JOBS - 1).asText(); // it may have run when the host was killed
        assertThat(host.jobyard("shell", "job:export --what events").out().lines())
                .filteredOn(event -> event.contains(last))
                .hasSameSizeAs(host.json("job:history " + last).get("events"));

        assertThat(ask("SELECT to_status FROM job_history WHERE job = '" + sleeper + "' ORDER BY version"))
                .isEqualTo(history.findValuesAsText("to"));
        assertThat(ask("SELECT DISTINCT CAST(job AS TEXT) FROM job_history WHERE to_status = 'completed'"))
                .hasSize(JOBS + SUBMITTED + 2)
                .contains(ids.get(0).asText());
        aStreamEndsOnceItsTokenIsRevokedOnAnotherHost();
        host.stop();
    }

    @Test
    @Category(Storm.class)
    public void theNextLeaderGoesOnWithABulkAndWithTheIndex() throws Exception {
        configure(host);
        configure(other);
        host.run();
        other.takeKey(host);
        other.run();
        String labelled = " --after 1h --label tenant=acme --times ";
        host.json("job:submit echo {}" + labelled + MANY);
        host.json("job:submit echo {} --after 1h --times " + JOBS);
        int number = other.json("job:cancel --label tenant=acme").get("number").asInt();
        await().atMost(TIMEOUT).until(() -> bulk(number).get("done").asInt() > 0);
        host.kill();
        assertThat(bulk(number).get("endedAt").isNull()).isTrue();

        await().atMost(TIMEOUT).until(() -> !bulk(number).get("endedAt").isNull());
        assertThat(bulk(number).get("done").asInt()).isEqualTo(MANY);
        assertThat(bulk(number).get("refused").asInt()).isZero();
        other.json("job:submit echo {}" + labelled + 1);
        assertThat(found("--status cancelled --label tenant=acme")).isEqualTo(MANY);
        assertThat(found("--status waiting --label tenant=acme")).isEqualTo(1);
        assertThat(found("--status waiting")).isEqualTo(JOBS + 1);
    }

    private void aStreamEndsOnceItsTokenIsRevokedOnAnotherHost() throws Exception {
        configure(other);
        int port = FreePort.next();
        other.configure("io.jobyard.http", "port = " + port);
        other.takeKey(host);
        other.run();
        host.configure("io.jobyard.roles-ci", "members = user:ci", "permissions = submit, view");
        other.configure("io.jobyard.roles-ci", "members = user:ci", "permissions = submit, view");
        Path password = Files.writeString(host.instance().resolve("password"), "correct horse battery staple\n");
        assertThat(host.jobyard(password, "user", "add", "ci").exit()).isZero();
        String token =
                host.json("job:token create first --user ci").get("secret").asText();
        HttpRequest events = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/events"))
                .header("Authorization", "Bearer " + token)
                .build();
        HttpClient client = HttpClient.newHttpClient();
        await().atMost(TIMEOUT) // until the role is read
                .until(() -> client.send(events, HttpResponse.BodyHandlers.ofInputStream())
                                .statusCode()
                        == 200);
        try (InputStream stream =
                client.send(events, HttpResponse.BodyHandlers.ofInputStream()).body()) {
            host.json("job:token revoke first --user ci");
            long revoked = System.nanoTime();
            stream.readAllBytes(); // to its end
            System.out.printf(
                    "A stream of another host ended %d ms after its token was revoked%n",
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - revoked));
        }
        assertThat(client.send(events, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(401);
    }

    private JsonNode bulk(int number) throws Exception {
        return other.json("job:bulk " + number);
    }

    /** Once the index knows all. */
    private int found(String filters) throws Exception {
        await().atMost(TIMEOUT)
                .until(() ->
                        other.json("job:list --count " + filters).get("asOf").isNull());
        return other.json("job:list --count " + filters).get("total").asInt();
    }

    @Test
    public void aUrlOfNoDatabaseThatIsInstalledIsRefusedWithThoseThatAre() throws Exception {
        host.configure("io.jobyard.store", "url = jdbc:oracle:thin:@//db/jobs?password=secret");
        HostProcess.Outcome refused = host.jobyard("start");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err())
                .contains("jdbc:oracle:thin:@//db/jobs", "jdbc:derby:", "jdbc:postgresql:")
                .doesNotContain("secret");
    }

    /** Two jobs that are sound, the second after the first, and one that is not; and one that is rolled back. */
    private List<JobId> submitFromSql() throws SQLException {
        JobSpecificationBuilder echo = JobSpecification.type("echo").payload(Map.of("n", 1));
        try (Connection connection = server.connect(url)) {
            connection.setAutoCommit(false);
            JobSubmissions jobs = JobSubmissions.in(connection, url.substring(url.indexOf('=') + 1));
            jobs.submit(echo.build());
            connection.rollback();
            JobId first = jobs.submit(echo.build());
            JobId second = jobs.submit(JobSpecification.type("echo")
                    .payload(Map.of())
                    .dependsOn(first)
                    .build());
            JobId refused = jobs.submit(echo.priority(99).build());
            connection.commit();
            return List.of(first, second, refused);
        }
    }

    private void configure(HostProcess of) throws Exception {
        of.configure("io.jobyard.roles-sql", "members = sql:" + PostgresServer.USER, "permissions = submit, view");
        of.configure(
                "io.jobyard.store",
                "url = " + url,
                "user = " + PostgresServer.USER,
                "password = " + server.password(),
                "lease.seconds = " + SharedHost.LEASE.toSeconds());
    }

    private String status(String id) throws Exception {
        return host.json("job:show " + id).get("status").asText();
    }

    private int count(String status) throws Exception {
        return host.json("job:stats").at("/byStatus/" + status).asInt();
    }

    private List<String> ask(String sql) throws SQLException {
        try (Connection connection = server.connect(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }
}
