// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/** kill -9 while a new instance starts for the first time: {@code -Dmoments=N} spreads as many kills over the start. */
@Category(Storm.class)
@RunWith(Parameterized.class)
public class FirstStartIT {

    private static final long EARLIEST_MILLIS = 25;

    @Rule
    public final HostProcess host = new HostProcess();

    private final DatabaseKind kind;

    public FirstStartIT(DatabaseKind kind) {
        this.kind = kind;
    }

    @Parameters(name = "{0}")
    public static DatabaseKind[] kinds() {
        return DatabaseKind.values();
    }

    @Test
    public void whateverAKillLeavesOfTheFirstStartTheNextOneSucceeds() throws Exception {
        int moments = Integer.getInteger("moments", 3);
        long usual = firstStart();
        int inTheMaking = 0;
        for (int moment = 0; moment < moments; moment++) {
            Folder.empty(host.instance());
            kind.choose(host);
            Process start = host.begin("run");
            boolean ended = start.waitFor(EARLIEST_MILLIS + moment * usual / moments, TimeUnit.MILLISECONDS);
            assertThat(ended)
                    .as(Files.readString(host.instance().resolve("said.txt")))
                    .isFalse();
            start.destroyForcibly().waitFor();
            host.awaitEnd();
            inTheMaking += Files.exists(unfinished()) ? 1 : 0;

            host.run();
            assertThat(host.json("job:submit echo {} --await").get("status").asText())
                    .as("after a kill at moment " + moment)
                    .isEqualTo("completed");
            assertThat(unfinished()).doesNotExist();
            host.kill();
        }
        System.out.println("FirstStartIT: " + kind + ", " + moments + " kills within " + usual + " ms, " + inTheMaking
                + " while the database was made");
    }

    private Path unfinished() {
        return host.instance().resolve("data").resolve(kind.folder() + ".new");
    }

    /** How long one takes, in milliseconds. */
    private long firstStart() throws Exception {
        kind.choose(host);
        long begun = System.nanoTime();
        host.run();
        long taken = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        host.kill();
        return taken;
    }
}
