// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.store.postgres.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;

/**
 * kill -9 of a host that tells many clients of events, each of which comes back with its last id: {@code -Dkills=N}, {@code -Dfollowers=N},
 * {@code -Dseed=N}. Run by name, and with the storms.
 */
@Category(Storm.class)
public class FollowersKill {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int JOBS = 100;
    private static final int LONGEST_MILLIS = 2_000;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    @Rule
    public final HostProcess host = new HostProcess();

    private int port;
    private EventFollowers followers;

    @Test
    public void eachHearsEachEventOnceInOneOrder() throws Exception {
        int kills = Integer.getInteger("kills", 5);
        int many = Integer.getInteger("followers", 1_000);
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("FollowersKill: seed " + seed + ", " + kills + " kills, " + many + " followers");
        Random random = new Random(seed);
        port = FreePort.next();
        host.configure("io.jobyard.http", "port = " + port);
        host.configure("io.jobyard.roles-watchers", "members = user:watch", "permissions = view, view:all");
        host.run();
        Path password = Files.writeString(host.instance().resolve("password"), "correct horse battery staple\n");
        assertThat(host.jobyard(password, "user", "add", "watch").exit()).isZero();
        String token =
                host.json("job:token create all --user watch").get("secret").asText();
        String begin = host.json("job:export --what cursor").get("cursor").asText();
        List<Long> caughtUp = new ArrayList<>();
        try (EventFollowers open = new EventFollowers(port, token, begin, many)) {
            followers = open;
            for (int kill = 0; kill < kills; kill++) {
                submit();
                kill(random.nextInt(LONGEST_MILLIS));
                host.run();
                caughtUp.add(millisUntilAllHaveAll(begin));
            }
            submit();
            millisUntilAllHaveAll(begin);
            List<String> all = ids(begin);
            assertThat(followers.refused()).isEmpty();
            assertThat(followers.told()).as("each follower's events").allMatch(all::equals);
            System.out.println("FollowersKill: seed " + seed + ", " + kills + " kills, " + many + " followers, each "
                    + all.size() + " events, none lost or doubled; " + followers.connections()
                    + " connections; from the host's word that it takes jobs until all had all " + caughtUp + " ms");
        }
        host.stop();
    }

    private void submit() throws Exception {
        host.json("job:submit echo {} --times " + JOBS);
    }

    private void kill(int afterMillis) {
        CompletableFuture<Void> pressed = CompletableFuture.runAsync(this::press);
        CompletableFuture.runAsync(host::kill, CompletableFuture.delayedExecutor(afterMillis, TimeUnit.MILLISECONDS))
                .join();
        pressed.join();
    }

    /** Until the host is gone. */
    private void press() {
        try (Dialogue dialogue = host.dialogue()) {
            for (int n = 0; n < JOBS; n++) {
                if (dialogue.ask("job:submit echo {\"n\":" + n + "}").isEmpty()) {
                    return;
                }
            }
        } catch (IOException e) {
            return; // it was killed before it was asked
        }
    }

    private long millisUntilAllHaveAll(String begin) throws Exception {
        long begun = System.nanoTime();
        await().atMost(LONGEST)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> HostStorm.open(host.json("job:stats")) == 0);
        int all = ids(begin).size();
        await().atMost(LONGEST).pollInterval(Duration.ofMillis(50)).until(() -> followers.allHave(all));
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    }

    /** As the feed has them. */
    private List<String> ids(String begin) throws Exception {
        List<String> ids = new ArrayList<>();
        host.jobyard("shell", "job:export --what events --after " + begin)
                .out()
                .lines()
                .forEach(line -> ids.add(cursor(line)));
        return ids;
    }

    private static String cursor(String line) {
        try {
            return JSON.readTree(line).get("cursor").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(line, e);
        }
    }
}
