// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import io.jobyard.itests.forms.Forms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Jobs of a type whose newer version fails and has a share of them, of a storm: it rolls back, and they complete on the other one. */
final class StormCanary {

    private static final String TYPE = "forms";
    /** In percent; so that a call's jobs are enough to judge it by. */
    private static final int SHARE = 50;

    private static final int OF_A_CALL = 10;

    private StormCanary() {}

    static void prepare(HostProcess host) throws Exception {
        Path deploy = Files.createDirectories(host.instance().resolve("deploy"));
        for (String version : new String[] {"1.0.0", "2.0.0"}) {
            HandlerJar.write(deploy.resolve("forms-" + version + ".jar"), Forms.class, "com.acme.forms", version);
        }
        tryAgain(host, 0);
    }

    /** The lines of a call. */
    static List<String> lines(Random random) {
        String label = Long.toHexString(random.nextLong()) + " of " + OF_A_CALL;
        return Collections.nCopies(
                OF_A_CALL,
                "{\"type\":\"forms\",\"payload\":{\"text\":\"one\",\"broken\":2},\"maxRetries\":0,\"labels\":{\"call\":\""
                        + label + "\"}}");
    }

    /** With another share each time: one that has rolled back is tried again. */
    static void tryAgain(HostProcess host, int time) throws Exception {
        host.configure(
                "io.jobyard.types-" + TYPE,
                "canary = 2:" + (SHARE + time % SHARE) + " %",
                "canary.by = job",
                "canary.min.runs = 3");
    }

    /** Whether a run of a job may have been one more than its retries allow. */
    static boolean mayHaveOneMore(Row job) {
        return job.text("type").equals(TYPE);
    }

    /** How many runs the broken version had, and how often it rolled back. */
    static String summary(Database database, Story story) {
        long failed = story.jobs().entrySet().stream()
                .filter(job -> mayHaveOneMore(job.getValue()))
                .flatMap(job -> story.histories().get(job.getKey()).stream())
                .filter(event ->
                        event.from().equals("running") && event.reason().equals("retry"))
                .count();
        long stepsBack = database.rows("audit").stream()
                .filter(row -> row.text("action").equals("rollback"))
                .count();
        return failed + " runs of a broken canary, which rolled back " + stepsBack + " times";
    }
}
