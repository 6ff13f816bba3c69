// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;

/** What the audit of a whole host tells, and what of it can be taken away unseen. */
public class AuditIT {

    private static final String ROLE = "io.jobyard.roles-ops";
    private static final int LIVES = 3;

    @Rule
    public final HostProcess host = new HostProcess();

    @Test
    @Category(Storm.class)
    public void aLifeThatWasDeletedWithAllItsRowsIsNamed() throws Exception {
        List<String> lives = new ArrayList<>();
        for (int n = 0; n < LIVES; n++) {
            host.run();
            host.json("job:pause q" + n);
            lives.add(host.json("job:audit --action pause --limit 1")
                    .at("/entries/0/incarnation")
                    .asText());
            assertThat(host.json("job:audit --verify").get("valid").asBoolean()).isTrue();
            host.stop();
        }
        String middle = lives.get(1);
        Database.change(host.instance(), "DELETE FROM audit WHERE incarnation = X'" + middle.replace("-", "") + "'");
        Path heads = host.instance().resolve("data/audit.heads");
        List<String> lines = Files.readAllLines(heads);
        assertThat(lines).hasSize(LIVES);
        Files.write(
                heads, lines.stream().filter(line -> !line.startsWith(middle)).toList());

        host.run();
        HostProcess.Outcome verified = host.jobyard("shell", "job:audit --verify");
        assertThat(verified.exit()).isEqualTo(1);
        assertThat(verified.err())
                .contains("all rows of incarnation " + middle + " are missing: incarnation " + lives.get(2)
                        + " follows its row");
    }

    @Test
    public void bundlesAndFilesStandThereWithWhoWhatAndBothValues() throws Exception {
        host.configure(ROLE, "members = user:ann", "permissions = submit");
        host.run();
        Path deploy = host.instance().resolve("deploy");
        HandlerJar.write(deploy.resolve("words.jar"), "1.0.0");
        host.configure("com.acme.words", "url = https://ann:hunter2@example.org/", "api.key = hunter2");
        awaitEntry("configure " + ROLE + " new: members = user:ann; permissions = submit");
        awaitEntry("configure com.acme.words new: api.key = (hidden); url = https://(hidden)@example.org/");
        awaitEntry("install bundle com.acme.words version 1.0.0, file deploy/words.jar, sha-256 ");
        host.configure(ROLE, "members = user:ann, user:bob", "permissions = submit");
        awaitEntry("configure " + ROLE + " changed: members: user:ann → user:ann, user:bob");
        host.stop();

        HandlerJar.write(deploy.resolve("words.jar"), "1.2.0");
        host.configure("com.acme.words", "url = https://ann:hunter3@example.org/", "api.key = hunter2");
        Files.delete(host.instance().resolve("etc/" + ROLE + ".cfg"));
        host.run();
        awaitEntry("update bundle com.acme.words version 1.0.0 → 1.2.0, file deploy/words.jar, sha-256 ");
        awaitEntry(
                "configure com.acme.words changed: url: https://(hidden)@example.org/ → https://(hidden)@example.org/");
        awaitEntry("configure " + ROLE + " removed: members was user:ann, user:bob");
        Files.delete(deploy.resolve("words.jar"));
        awaitEntry("uninstall bundle com.acme.words version 1.2.0, file deploy/words.jar, sha-256 ");

        String owner = "file owner " + Files.getOwner(host.instance()).getName();
        JsonNode entries = host.json("job:audit").get("entries");
        for (JsonNode entry : entries) {
            assertThat(entry.get("who").asText())
                    .isEqualTo(entry.get("action").asText().equals("begin") ? "jobyard" : owner);
            assertThat(entry.toString()).doesNotContain("hunter");
        }
        assertThat(entries.findValuesAsText("action"))
                .containsExactlyInAnyOrder(
                        "begin",
                        "configure",
                        "configure",
                        "install",
                        "configure",
                        "begin",
                        "update",
                        "configure",
                        "configure",
                        "uninstall");
        assertThat(host.json("job:audit --verify").get("valid").asBoolean()).isTrue();
    }

    private void awaitEntry(String start) {
        await().atMost(TIMEOUT).untilAsserted(() -> {
            List<String> told = new ArrayList<>();
            host.json("job:audit")
                    .get("entries")
                    .forEach(entry -> told.add(entry.get("action").asText() + " "
                            + entry.get("target").asText() + " "
                            + entry.get("detail").asText()));
            assertThat(told).anyMatch(entry -> entry.startsWith(start));
        });
    }
}
