// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;

@Category(Storm.class)
public class GoneFileIT {

    /** PIDs that nobody reads: the doctor names each that is in force. */
    private static final String GONE = "io.jobyard.gone";

    private static final String KEPT = "io.jobyard.kept";
    private static final String BAD = "invalid worker.threads";

    @Rule
    public final HostProcess host = new HostProcess();

    private Path etc;

    @Before
    public void start() throws Exception {
        etc = Files.createDirectories(host.instance().resolve("etc"));
        Files.writeString(file(GONE), "key = value\n");
        Files.writeString(file(KEPT), "key = value\n");
        Files.writeString(file("io.jobyard.worker"), "worker.threads = 64\n");
        assertThat(host.jobyard("start").exit()).isZero();
        assertThat(findings()).contains(GONE, BAD);
    }

    @Test
    public void aFileTakenOutWhileTheHostIsDownIsNoLongerInForce() throws Exception {
        host.jobyard("stop");
        Files.delete(file(GONE));
        Files.delete(file("io.jobyard.worker"));
        assertThat(host.jobyard("start").exit()).isZero();
        assertThat(host.log()).contains(GONE + ": file " + file(GONE) + " was deleted");
        assertThat(file("io.jobyard.worker")).as("comes back with the defaults").exists();
        assertThat(findings()).doesNotContain(GONE, BAD);
    }

    @Test
    public void rolesWhoseFilesAreTakenOutWhileTheHostIsDownAreGoneAndLeaveNothing() throws Exception {
        List<String> users = List.of("ann", "bob");
        for (String user : users) {
            host.configure("io.jobyard.roles-" + user, "members = user:" + user, "permissions = submit, view");
        }
        for (String user : users) {
            await().atMost(TIMEOUT).until(() -> may(user));
        }
        host.jobyard("stop");
        for (String user : users) {
            Files.delete(file("io.jobyard.roles-" + user));
        }
        assertThat(host.jobyard("start").exit()).isZero();
        for (String user : users) {
            assertThat(may(user)).as(user).isFalse();
        }
        assertThat(findings()).doesNotContain("io.jobyard.roles-");

        host.configure("io.jobyard.roles-ann", "members = user:ann", "permissions = sbumit");
        await().atMost(TIMEOUT).until(() -> findings().contains("invalid permissions"));
        assertThat(may("ann")).isFalse();
    }

    @Test
    public void whatWasKeptOfAConfigurationThatIsGoneIsGoneAfterAKillToo() throws Exception {
        host.configure("io.jobyard.roles-ann", "members = user:ann", "permissions = submit, view");
        await().atMost(TIMEOUT).until(() -> may("ann"));
        host.kill();
        Files.delete(file("io.jobyard.roles-ann"));
        assertThat(host.jobyard("start").exit()).isZero();
        assertThat(may("ann")).isFalse();
        assertThat(host.instance().resolve("data/last-good/io.jobyard.roles~ann.properties"))
                .doesNotExist();
    }

    private boolean may(String user) throws Exception {
        return host.json("job:submit echo {} --as " + user).has("id");
    }

    private Path file(String pid) {
        return etc.resolve(pid + ".cfg");
    }

    /** Those who look at the configurations are there a moment after the shell is. */
    private String findings() {
        return await().atMost(Duration.ofSeconds(60))
                .until(() -> host.jobyard("shell", "job:doctor --json").out(), out -> out.contains(KEPT));
    }
}
