// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.store.postgres.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;

/** The store of the built program, moved from Derby to PostgreSQL and back. */
@Category(Storm.class)
public class MoveStoreIT {

    private static final int JOBS = 40;

    @Rule
    public final HostProcess host = new HostProcess();

    private final PostgresServer server = PostgresServer.shared();
    private final String url = server.newSchema();

    @Test
    public void theJobsAreThereOnTheOtherDatabaseAndComeBack() throws Exception {
        host.run();
        host.json("job:submit echo {\"n\":1} --times " + JOBS + " --await");
        String waiting = host.json("job:submit echo {} --after 1h").get("id").asText();
        JsonNode history = host.json("job:history " + waiting);
        refused("a host already runs on " + host.instance(), "--to", url);
        host.stop();

        HostProcess.Outcome there = move("--to", url, "--user", PostgresServer.USER);
        assertThat(there.err()).isEmpty();
        assertThat(there.exit()).isZero();
        assertThat(there.out())
                .containsPattern("(?m)^" + (JOBS + 1) + " jobs copied") // a slow machine says before how far it is
                .contains("  url = " + url, "  user = " + PostgresServer.USER)
                .doesNotContain(server.password());
        refused("is not empty", "--to", url, "--user", PostgresServer.USER);

        host.configure(
                "io.jobyard.store", "url = " + url, "user = " + PostgresServer.USER, "password = " + server.password());
        host.run();
        isAllThere(waiting, history, 2);
        host.stop();

        refused("is not empty", "--to", "embedded");
        Path database = host.instance().resolve("data/db");
        Files.move(database, database.resolveSibling("db.before"));
        HostProcess.Outcome back = move("--to", "embedded");
        assertThat(back.err()).isEmpty();
        assertThat(back.exit()).isZero();
        host.configure("io.jobyard.store", "");
        host.run();
        isAllThere(waiting, history, 3);
        host.stop();
        assertThat(database.resolve("db.lck")).doesNotExist();
    }

    private void isAllThere(String waiting, JsonNode history, int lives) throws Exception {
        assertThat(host.json("job:stats").at("/byStatus/completed").asInt()).isEqualTo(JOBS);
        assertThat(host.json("job:history " + waiting)).isEqualTo(history);
        assertThat(host.json("job:audit --verify").get("valid").asBoolean()).isTrue();
        assertThat(host.jobyard("shell", "job:export --what events").out().lines())
                .hasSize(3 * JOBS + 1)
                .last()
                .asString()
                .contains(waiting);
        assertThat(host.json("job:check").toString()).doesNotContain("error");
        assertThat(host.json("job:audit --limit 1000").toString().split("\"begin\""))
                .hasSizeGreaterThanOrEqualTo(lives);
    }

    private HostProcess.Outcome move(String... arguments) throws Exception {
        return host.jobyard(Map.of("JOBYARD_STORE_PASSWORD", server.password()), "move-store", arguments);
    }

    private void refused(String why, String... arguments) throws Exception {
        HostProcess.Outcome refused = move(arguments);
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).hasLineCount(1).contains(why);
    }
}
