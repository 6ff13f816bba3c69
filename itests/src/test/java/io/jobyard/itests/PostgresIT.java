// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.store.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;

/** The built program on a PostgreSQL. */
public class PostgresIT {

    private static final int JOBS = 40;

    @Rule
    public final HostProcess host = new HostProcess();

    @Rule
    public final HostProcess other = new HostProcess();

    private final PostgresServer server = PostgresServer.shared();
    private final String url = server.newSchema();

    @Test
    public void aKilledHostLosesNothingAndASecondOneIsRefused() throws Exception {
        configure(host);
        configure(other);
        host.start();
        String sleeper =
                host.json("job:submit sleep {\"millis\":3600000}").get("id").asText();
        await().atMost(PATIENCE).until(() -> status(sleeper).equals("running"));
        JsonNode ids = host.json("job:submit echo {\"n\":1} --times " + JOBS).get("ids");
        String waiting = host.json("job:submit echo {} --after 1h").get("id").asText();

        HostProcess.Outcome refused = other.jobyard("start");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("in use by host", "stop that host");

        host.kill();
        host.start(); // the same instance waits for no lease
        await().atMost(PATIENCE)
                .until(() -> count("completed") == JOBS && status(sleeper).equals("running"));
        assertThat(status(waiting)).isEqualTo("waiting");
        JsonNode history = host.json("job:history " + sleeper).get("events");
        assertThat(history.findValuesAsText("to")).containsExactly("queued", "running", "queued", "running");
        assertThat(history.findValuesAsText("reason")).contains("host lost");
        assertThat(host.json("job:audit --verify").get("sound").asBoolean()).isTrue();
        assertThat(host.jobyard("shell", "job:export --what events").out().lines())
                .filteredOn(event -> event.contains(ids.get(JOBS - 1).asText()))
                .hasSize(3);

        assertThat(ask("SELECT to_status FROM job_history WHERE job = '" + sleeper + "' ORDER BY version"))
                .isEqualTo(history.findValuesAsText("to"));
        assertThat(ask("SELECT DISTINCT CAST(job AS TEXT) FROM job_history WHERE to_status = 'completed'"))
                .hasSize(JOBS)
                .contains(ids.get(0).asText());
        host.stop();
        other.start(); // at once: the first one said good-bye
        other.stop();
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

    private void configure(HostProcess of) throws Exception {
        of.configure(
                "io.jobyard.store", "url = " + url, "user = " + PostgresServer.USER, "password = " + server.password());
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
