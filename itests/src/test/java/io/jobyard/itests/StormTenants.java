// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;

/** Jobs that draw on a limit with a value each and on one that was set while the host ran, of a storm: neither is exceeded. */
final class StormTenants {

    private static final String TENANTS = "tenants";
    private static final int OF_A_TENANT = 1;
    private static final String STORED = "stored";
    private static final int OF_ALL = 2;
    private static final int COUNT = 3;
    private static final int OF_A_CALL = 9;

    private StormTenants() {}

    static void prepare(HostProcess host) throws IOException {
        host.configure("io.jobyard.limits-" + TENANTS, "key = payload.tenant", "running.max = " + OF_A_TENANT);
    }

    /** On a host that is up. */
    static void begin(Dialogue dialogue) {
        dialogue.answer("job:limit set " + STORED + " running.max=" + OF_ALL);
    }

    /** The lines of a call: more jobs of each tenant than may run at once. */
    static List<String> lines(Random random) {
        String label = Long.toHexString(random.nextLong()) + " of " + OF_A_CALL;
        List<String> lines = new ArrayList<>();
        for (int n = 0; n < OF_A_CALL; n++) {
            lines.add("{\"type\":\"sleep\",\"payload\":{\"millis\":" + random.nextInt(10, 120) + ",\"tenant\":\"t"
                    + n % COUNT
                    + "\"},\"limits\":[\"" + TENANTS + (n % 2 == 0 ? "\",\"" + STORED : "")
                    + "\"],\"labels\":{\"call\":\"" + label
                    + "\"}}");
        }
        return lines;
    }

    /** Holds at every moment. How many of these jobs there are. */
    static int check(Story story) {
        int jobs = 0;
        for (int n = 0; n < COUNT; n++) {
            String tenant = "\"tenant\":\"t" + n + "\"";
            jobs += check(story, tenant, OF_A_TENANT, job -> job.text("payload").contains(tenant));
        }
        check(story, STORED, OF_ALL, job -> job.text("limits").contains(STORED));
        return jobs;
    }

    private static int check(Story story, String what, int most, Predicate<Row> which) {
        List<List<Event>> histories = story.jobs().entrySet().stream()
                .filter(job -> which.test(job.getValue()))
                .map(Map.Entry::getKey)
                .map(story.histories()::get)
                .toList();
        new LimitsKept(what, histories).checkRunningAtOnce(most);
        return histories.size();
    }
}
